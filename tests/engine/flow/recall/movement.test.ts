import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelChange } from "../../../../src/engine/flow/recall/levelChange";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { canvasCreated, canvasId, made, nodeCreated, otherCanvasId } from "../../graph/madeEvents";
import { histories } from "../../graph/eventArbitraries";
import { RecallSetting } from "./recallSetting";

const day = (date: string, hour = 12): number => Date.parse(`${date}T00:00:00Z`) + hour * 3_600_000;

function recolored(ms: number, node: string, oldLevel: string | null, newLevel: string | null, canvas = { id: canvasId, path: "Maths.canvas" }): LearningEvent {
  return made({ ms, type: "color_changed", subject: ["node", node], canvas, data: { oldColor: null, newColor: "1", oldLevel, newLevel, concept: null } });
}

describe("what moved", () => {
  it("adds up to the events of each day", async () => {
    const span = 6 * 86_400_000;
    const spread = histories(60).map((events) => events.map((event, index) => ({ ...event, at: day("2029-12-27") + Math.floor((index * span) / events.length) })));
    await fc.assert(
      fc.asyncProperty(spread, async (events) => {
        const setting = new RecallSetting(events);
        const { days } = await setting.recall.movement({ days: 7, canvases: 5 });
        expect(days.map((one) => one.day)).toEqual(["2029-12-26", "2029-12-27", "2029-12-28", "2029-12-29", "2029-12-30", "2029-12-31", "2030-01-01"]);
        for (const one of days) {
          const changes = events.filter((event) => new Date(event.at).toISOString().startsWith(one.day)).flatMap((event) => levelChange(event) ?? []);
          expect(one.total).toBe(changes.length);
          for (const [level, count] of Object.entries(one.levels)) expect(count).toBe(changes.filter(({ to }) => (to ?? "none") === level).length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("counts what changed a level and nothing else", async () => {
    const now = day("2030-01-01", 0);
    const setting = new RecallSetting([
      { ...nodeCreated(now + 1, "found", { color: "4" }, { level: "understood" }), origin: "index" },
      nodeCreated(now + 2, "made", { color: "4" }, { level: "understood" }),
      nodeCreated(now + 3, "plain", {}),
      recolored(now + 4, "a", "learning", "learning"),
      recolored(now + 5, "a", "learning", "mastered"),
      made({ ms: now + 6, type: "color_removed", subject: ["node", "a"], data: { oldColor: "5", oldLevel: "mastered", concept: null } }),
      made({ ms: now + 7, type: "mastery_changed", subject: ["note", "N.md"], data: { oldLevel: null, newLevel: "learning", concept: "N.md" } }),
    ]);
    const { canvases, days, moved } = await setting.recall.movement({ days: 1, canvases: 5 });
    expect(days[0]?.levels).toEqual({ not_understood: 0, learning: 1, understood: 1, mastered: 1, none: 1 });
    expect(canvases).toEqual([{ path: "Maths.canvas", live: true, changes: 3, up: 1, down: 0 }]);
    expect(moved).toBe(1);
  });

  it("puts a change into the day of the place, not of UTC", async () => {
    const at = Date.parse("2029-12-31T23:30:00Z");
    const events = [recolored(at, "a", null, "learning")];
    const here = await new RecallSetting(events, "UTC").recall.movement({ days: 2, canvases: 1 });
    const there = await new RecallSetting(events, "Europe/Berlin").recall.movement({ days: 2, canvases: 1 });
    expect(here.days.map(({ total }) => total)).toEqual([1, 0]);
    expect(there.days.map(({ total }) => total)).toEqual([0, 1]);
  });

  it("names the canvases that moved most, and those that moved up and down", async () => {
    const now = day("2030-01-01", 0);
    const other = { id: otherCanvasId, path: "Other.canvas" };
    const setting = new RecallSetting([
      canvasCreated(now, "Other.canvas", otherCanvasId),
      recolored(now + 1, "x", "learning", "understood", other),
      recolored(now + 2, "a", "mastered", "learning"),
      recolored(now + 3, "b", "not_understood", "learning"),
    ]);
    const all = await setting.recall.movement({ days: 1, canvases: 1 });
    expect(all.canvases).toEqual([{ path: "Maths.canvas", live: true, changes: 2, up: 1, down: 1 }]);
    expect(all.moved).toBe(2);
    const one = await setting.recall.movement({ days: 1, canvases: 5, canvas: otherCanvasId });
    expect(one.days[0]?.total).toBe(1);
  });

  it("refuses a number of days that makes no sense", async () => {
    const { recall } = new RecallSetting();
    await expect(recall.movement({ days: 0, canvases: 1 })).rejects.toThrow("days must be a whole number from 1 to 366, got 0");
    expect(() => recall.daySpan("2030-02-31x")).toThrow("expected a day such as 2030-12-31");
  });
});
