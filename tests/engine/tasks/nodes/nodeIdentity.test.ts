import { describe, expect, it } from "vitest";
import { explanationIds, type Question } from "../../../../src/engine/tasks/nodes/nodeIdentity";
import { baseName, noteName } from "../../../../src/engine/tasks/nodes/noteName";
import { testHasher } from "../../../fakes/testHasher";

const question: Question = { vault: "v1", canvas: "c1", target: { kind: "node", id: "n1" }, style: "comparison", generator: "template" };
const ids = (change: Partial<Question> = {}): ReturnType<typeof explanationIds> => explanationIds(testHasher, { ...question, ...change });

describe("the ids of an explanation", () => {
  it("are the same for the same question, and made like those of the app", () => {
    expect(ids()).toEqual(ids());
    const { edge, key, node } = ids();
    expect([key, node, edge].map((id) => /^[0-9a-f]+$/.test(id) && id.length)).toEqual([10, 16, 16]);
    expect(ids().node).not.toBe(ids().edge);
  });

  it.each<Partial<Question>>([{ target: { kind: "node", id: "n2" } }, { target: { kind: "edge", id: "n1" } }, { style: "plain-words" }, { generator: "model" }])("are others for %j", (change) => {
    const [one, other] = [ids(), ids(change)];
    expect([one.identity === other.identity, one.node === other.node, one.edge === other.edge]).toEqual([false, false, false]);
  });

  it("keep the card where a canvas has another name, and give a copy of a canvas a note of its own", () => {
    const [one, other] = [ids(), ids({ canvas: "c2" })];
    expect([one.node === other.node, one.identity === other.identity, one.key === other.key]).toEqual([true, false, false]);
  });
});

describe("the name of a note", () => {
  it.each([
    ["Limits", "Limits"],
    ["a/b\\c:d*e?f\"g<h>i|j#k^l[m]n", "a b c d e f g h i j k l m n"],
    ["  two\n lines\t", "two lines"],
    ["...hidden", "hidden"],
    ["ends with. . ", "ends with"],
    ["", "Card"],
    ["///", "Card"],
    ["😀".repeat(80), "😀".repeat(60)],
  ])("of %j is %j", (title, name) => {
    expect(noteName(title, "Card")).toBe(name);
  });

  it.each([
    ["Courses/Maths.canvas", "Maths"],
    ["a.b.md", "a.b"],
    ["plain", "plain"],
  ])("of %s begins with %s", (path, name) => {
    expect(baseName(path)).toBe(name);
  });
});
