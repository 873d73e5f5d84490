import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/engine/index";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { canvasCreated, canvasId, made, nodeCreated } from "../../graph/madeEvents";
import { RecallSetting } from "./recallSetting";

function reviewed(ms: number, kind: "node" | "note", id: string, due: JsonValue): LearningEvent {
  return made({ ms, type: "review_rated", subject: [kind, id], data: { rating: null, due, interval: null, ease: null, concept: null } });
}

// The clock of the setting stands at the beginning of 2030 in UTC.
const events = [
  canvasCreated(1),
  nodeCreated(2, "card", { type: "text", text: "Limits" }, { concept: "Limits" }),
  nodeCreated(3, "file", { type: "file", file: "topics/On it.md" }),
  nodeCreated(4, "gone", { type: "text", text: "Gone" }),
  made({ ms: 5, type: "node_removed", subject: ["node", "gone"], data: { node: {}, level: null, concept: null } }),
  reviewed(10, "node", "card", "2029-12-30"),
  reviewed(11, "node", "gone", "2029-12-01"),
  reviewed(12, "note", "topics/On it.md", "2030-01-01"),
  reviewed(13, "note", "Elsewhere.md", "2030-01-03"),
  reviewed(14, "note", "Odd.md", "no date"),
  reviewed(15, "note", "Moment.md", Date.parse("2030-01-02T23:30:00Z")),
];

describe("what is due", () => {
  it("is listed for the whole vault, the longest overdue first", async () => {
    const { items, total } = await new RecallSetting(events).recall.due({ days: 7, limit: 10 });
    expect(items.map(({ day, days, title }) => [title, day, days])).toEqual([
      ["Limits", "2029-12-30", -2],
      ["On it", "2030-01-01", 0],
      ["Moment", "2030-01-02", 1],
      ["Elsewhere", "2030-01-03", 2],
    ]);
    expect(total).toBe(4);
  });

  it("is today's and older where nothing ahead is asked for, and counts beyond the limit", async () => {
    const { items, total } = await new RecallSetting(events).recall.due({ days: 0, limit: 1 });
    expect([items.length, total]).toEqual([1, 2]);
  });

  it("of a canvas are its cards and the notes on it", async () => {
    const { items } = await new RecallSetting(events).recall.due({ canvas: canvasId, days: 30, limit: 10 });
    expect(items.map(({ subject }) => subject)).toEqual([
      { kind: "node", canvas: "Maths.canvas", node: "card" },
      { kind: "note", path: "topics/On it.md" },
    ]);
  });

  it("falls on the day of the place", async () => {
    const { items } = await new RecallSetting(events, "Europe/Berlin").recall.due({ days: 7, limit: 10 });
    expect(items.find(({ title }) => title === "Moment")?.day).toBe("2030-01-03");
  });
});
