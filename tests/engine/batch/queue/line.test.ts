import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line, type InLine } from "../../../../src/engine/batch/queue/line";

class Member implements InLine<Member> {
  next: Member | null = null;

  constructor(readonly name: number) {}
}

function drained(line: Line<Member>): readonly number[] {
  const names: number[] = [];
  for (let member = line.take(); member !== null; member = line.take()) names.push(member.name);
  return names;
}

function lineOf(count: number): { readonly line: Line<Member>; readonly members: readonly Member[] } {
  const line = new Line<Member>();
  const members = Array.from({ length: count }, (_, name) => new Member(name));
  for (const member of members) line.append(member);
  return { line, members };
}

describe("a line", () => {
  it("passes over who left from the middle, the last one included", () => {
    const { line, members } = lineOf(5);
    for (const place of [1, 2, 4]) line.remove(members[place] as Member);
    expect([line.length, line.first?.name]).toEqual([2, 0]);
    line.append(new Member(9));
    expect(line.take()?.name).toBe(0);
    expect(line.first?.name).toBe(3);
    expect(drained(line)).toEqual([3, 9]);
    expect([line.length, line.first]).toEqual([0, null]);
  });

  it("takes a member back to its front that was taken from there", () => {
    const { line } = lineOf(3);
    const taken = [line.take(), line.take()].flatMap((member) => member ?? []);
    for (const member of taken.reverse()) line.prepend(member);
    expect(drained(line)).toEqual([0, 1, 2]);
  });

  it("keeps few of those who left, however long its first one stays", () => {
    const { line, members } = lineOf(1);
    const left: Member[] = [];
    for (let name = 1; name <= 10_000; name += 1) {
      const member = new Member(name);
      line.append(member);
      line.remove(member);
      left.push(member);
    }
    let kept = 0;
    for (let member = members[0]?.next ?? null; member !== null; member = member.next) kept += 1;
    expect(kept).toBeLessThan(20);
    expect(line.length).toBe(1);
    line.append(new Member(-1));
    expect(drained(line)).toEqual([0, -1]);
  });

  it("does what a list does that is searched, in any sequence", () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant({ kind: "append" } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: "prepend" } as const) },
      { weight: 2, arbitrary: fc.constant({ kind: "take" } as const) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("remove" as const), at: fc.nat(1_000) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const line = new Line<Member>();
        const list: Member[] = [];
        steps.forEach((one, name) => {
          const member = new Member(name);
          if (one.kind === "append") {
            line.append(member);
            list.push(member);
          } else if (one.kind === "prepend") {
            line.prepend(member);
            list.unshift(member);
          } else if (one.kind === "take") expect(line.take()).toBe(list.shift() ?? null);
          else if (list.length > 0) {
            const [gone] = list.splice(one.at % list.length, 1);
            if (gone !== undefined) line.remove(gone);
          }
          expect(line.length).toBe(list.length);
          expect(line.first).toBe(list[0] ?? null);
        });
        expect(drained(line)).toEqual(list.map(({ name }) => name));
      }),
    );
  });
});
