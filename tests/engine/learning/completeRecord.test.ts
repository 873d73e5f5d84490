import { describe, expect, it } from "vitest";
import { completeRecord, type SubjectFacts } from "../../../src/engine/learning/completeRecord";
import { validateRecord, type ValidRecord } from "../../../src/engine/learning/record";

const facts: SubjectFacts = { canvasId: "c1", concept: "Sets", score: 40, level: "learning" };
const onNode = { canvas: "a.canvas", node: "n1" };

function valid(input: unknown): ValidRecord {
  const record = validateRecord(input);
  if (record.kind === "invalid") throw new Error(record.message);
  return record;
}

describe("what the graph adds to a record", () => {
  it.each<[string, object, object]>([
    ["the score before and the concept", { type: "score_submitted", ...onNode, score: 80 }, { score: 80, previous: 40, concept: "Sets" }],
    ["nothing that the caller said", { type: "score_submitted", ...onNode, score: 80, data: { previous: 0, concept: "Mine" } }, { score: 80, previous: 0, concept: "Mine" }],
    ["the level before", { type: "mastery_changed", ...onNode, level: "mastered" }, { oldLevel: "learning", newLevel: "mastered", concept: "Sets" }],
    ["the concept of a review", { type: "review_rated", ...onNode, rating: 3 }, { rating: 3, due: null, interval: null, ease: null, concept: "Sets" }],
    ["nothing to data of its own", { type: "custom:x", ...onNode, data: { a: 1 } }, { a: 1 }],
  ])("is %s", (_, input, data) => {
    const record = valid(input);
    expect(completeRecord(record, facts)).toEqual({ ...record.draft, data });
  });

  it("is no earlier value when the caller gives the time: a repeat must be the same event", () => {
    const score = valid({ type: "score_submitted", ...onNode, score: 80, timestamp: 5 });
    expect(completeRecord(score, facts).data).toEqual({ score: 80, previous: null, concept: "Sets" });
    const level = valid({ type: "mastery_changed", ...onNode, level: "mastered", timestamp: 5 });
    expect(completeRecord(level, facts).data).toEqual({ oldLevel: null, newLevel: "mastered", concept: "Sets" });
  });

  it("is the id of a canvas that is the subject", () => {
    const record = valid({ type: "custom:x", canvas: "a.canvas" });
    expect(completeRecord(record, facts).subject).toEqual({ kind: "canvas", id: "c1" });
    expect(completeRecord(valid({ type: "custom:x", ...onNode }), facts).subject).toEqual({ kind: "node", id: "n1" });
  });
});
