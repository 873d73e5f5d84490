import { describe, expect, it } from "vitest";
import { deadLetterViews } from "../../../../src/engine/flow/deliver/deadLetterViews";
import type { DeadLetter } from "../../../../src/engine/journal/deadLetters";
import { own, placed } from "../../journal/journalSetting";

const letter: DeadLetter = { target: "bolt://localhost:7687/neo4j 1234", event: placed(1, 1, own), reason: "It is too large.", class: "data", code: "Neo.Large", attempts: 3, firstAt: 1, lastAt: 2 };

describe("dead letters as people see them", () => {
  it("say what and why, without what the event says", () => {
    const [view] = deadLetterViews({ list: () => [letter] });
    const { event } = letter;
    expect(view).toEqual({
      id: event.id,
      store: "bolt://localhost:7687/neo4j",
      type: event.type,
      canvasPath: event.canvas?.path ?? null,
      subject: event.subject,
      reason: "It is too large.",
      class: "data",
      code: "Neo.Large",
      attempts: 3,
      firstAt: 1,
      lastAt: 2,
    });
  });

  it("are made once for one list", () => {
    let letters = [letter];
    const dead = { list: () => letters };
    const views = deadLetterViews(dead);
    expect(deadLetterViews(dead)).toBe(views);
    letters = [letter, letter];
    expect(deadLetterViews(dead)).toHaveLength(2);
  });
});
