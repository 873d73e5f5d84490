import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/engine/index";
import { decodeLine, encodeLine } from "../../../src/engine/journal/line";
import { quickSeq } from "../../../src/engine/journal/linePlace";
import { sealLine, unsealLine } from "../../../src/engine/journal/sealedLine";
import { testHasher } from "../../fakes/testHasher";
import { checkedElsewhere, codec, lineOf, own, placed } from "./journalSetting";

const keys = "v,id,type,at,hlc,seq,device,vault,canvas,subject,origin,priority,data,crc".split(",");
const anyData = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
const anyEvent = fc
  .record({
    data: anyData,
    type: fc.string({ minLength: 1 }),
    at: fc.integer(),
    seq: fc.integer({ min: 1 }),
    path: fc.string({ minLength: 1, unit: "binary" }),
  })
  .map(({ data, type, at, seq, path }) => ({ ...placed(1, seq), data, type, at, canvas: { id: "c", path } }));

function sealed(json: string): string {
  return sealLine(json, testHasher);
}

describe("a journal line", () => {
  it("has its keys in one order, the checksum last, and a newline", () => {
    const shuffled = Object.fromEntries(Object.entries(placed(1, 7)).reverse()) as unknown as ReturnType<typeof placed>;
    const line = encodeLine(shuffled, testHasher);
    expect(Object.keys(JSON.parse(line) as object)).toEqual(keys);
    expect(line).toBe(lineOf(1, 7));
    expect(line.endsWith("\n")).toBe(true);
    expect(line.slice(0, -1)).not.toContain("\n");
  });

  it("comes back as the event it was, also through a reader that knows only JSON and CRC-32", () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const line = encodeLine(event, testHasher).slice(0, -1);
        const plain: unknown = JSON.parse(JSON.stringify(event));
        expect(decodeLine(line, codec)).toEqual({ kind: "event", event: plain });
        expect(checkedElsewhere(line)).toEqual(plain);
      }),
    );
  });

  it("tells its seq without being parsed", () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const line = encodeLine(event, testHasher);
        const expected = event.at >= 0 ? event.seq : null;
        expect(quickSeq(line, own)).toBe(expected);
        expect(quickSeq(line, "device-x")).toBeNull();
      }),
    );
  });

  it("is not trusted without parsing when its keys stand otherwise", () => {
    const { seq, data, ...rest } = placed(1, 3);
    const reordered = JSON.stringify({ ...rest, data: { ...data, at: 1, seq: 99 }, seq });
    expect(quickSeq(reordered, own)).toBeNull();
    expect(decodeLine(sealed(reordered), codec)).toMatchObject({ kind: "event", event: { seq: 3 } });
    const type = JSON.stringify('x","at":1,"hlc":"1","seq":99,');
    const sneaky = lineOf(1, 3).replace('"type":"node_moved"', `"type":${type}`);
    expect(quickSeq(sneaky, own)).toBe(3);
  });

  it("may have been written with white space and another order of keys", () => {
    const event = placed(1, 3);
    const json = JSON.stringify(Object.fromEntries(Object.entries(event).reverse()), null, 1).replaceAll("\n", " ");
    const crc = testHasher.crc32(json);
    expect(decodeLine(`${json.slice(0, -1)}, "crc": "${crc}" } \r`, codec)).toMatchObject({ kind: "bad" });
    const spaced = `${json.slice(0, -2)}}`;
    const line = `${spaced.slice(0, -1)}, "crc": "${testHasher.crc32(spaced)}"}\r`;
    expect(decodeLine(line, codec)).toEqual({ kind: "event", event });
  });

  it.each([
    ["a cut line", lineOf(1, 1).slice(0, 200), "checksum"],
    ["no checksum", JSON.stringify(placed(1, 1)), "checksum"],
    ["a checksum that is not last", `{"crc":"00000000","v":1}`, "checksum"],
    ["another checksum", lineOf(1, 1).replace(/.{3}"\}\n$/, 'xyz"}'), "checksum"],
    ["no JSON", sealed("{nonsense}"), "JSON"],
    ["no event", sealed(`{"v":1}`), "id"],
    ["a seq of 0", sealed(JSON.stringify({ ...placed(1, 1), seq: 0 })), "seq"],
  ])("is bad with a reason: %s", (_, line, reason) => {
    const expected = expect.stringContaining(reason) as string;
    expect(decodeLine(line.trimEnd(), codec)).toEqual({ kind: "bad", reason: expected });
  });

  it.each([
    [`{"v":2,"seq":5}`, 5],
    [`{"v":3,"seq":"five"}`, null],
  ])("of a newer version is known for it: %s", (json, seq) => {
    expect(decodeLine(sealed(json), codec)).toEqual({ kind: "newer", seq });
  });

  it("is checked again whenever any of its bytes changes", () => {
    const line = Buffer.from(lineOf(1, 1).trimEnd());
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const damaged = Buffer.from(line);
        damaged[position] = (damaged[position] ?? 0) ^ change;
        expect(unsealLine(damaged.toString("utf8"), testHasher).kind).toBe("broken");
      }),
    );
  });
});
