import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import type { TimelineEntry } from "../../../../src/engine/index";
import { canvasCreated, canvasId, made, nodeCreated, otherCanvasId } from "../../graph/madeEvents";
import { histories } from "../../graph/eventArbitraries";
import { RecallSetting } from "./recallSetting";

async function pages(setting: RecallSetting, node: string | undefined, limit: number): Promise<readonly TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  for (;;) {
    const before = all.at(-1)?.hlc;
    const page = await setting.recall.timeline({ canvas: canvasId, limit, ...(node === undefined ? {} : { node }), ...(before === undefined ? {} : { before }) });
    all.push(...page.entries);
    if (!page.more) return all;
  }
}

function newestFirst(events: readonly LearningEvent[]): readonly string[] {
  return [...events].sort((a, b) => (a.hlc < b.hlc ? 1 : -1)).map(({ id }) => id);
}

describe("a timeline", () => {
  it("has every event of a canvas or card but moves once, the newest first, whatever the size of the pages", async () => {
    await fc.assert(
      fc.asyncProperty(histories(50), fc.integer({ min: 1, max: 7 }), async (events, limit) => {
        const on = events.filter(({ canvas, type }) => canvas?.id === canvasId && type !== "node_moved");
        const setting = new RecallSetting(events);
        expect((await pages(setting, undefined, limit)).map(({ id }) => id)).toEqual(newestFirst(on));
        const about = on.filter(({ subject }) => subject.kind === "node" && subject.id === "n1");
        expect((await pages(setting, "n1", limit)).map(({ id }) => id)).toEqual(newestFirst(about));
      }),
      { numRuns: 60 },
    );
  });

  it("leaves out the cards that a first look found, but not in the timeline of such a card", async () => {
    const found = (event: LearningEvent): LearningEvent => ({ ...event, origin: "index" });
    const setting = new RecallSetting([found(canvasCreated(1)), found(nodeCreated(2, "a", {})), found(nodeCreated(3, "b", {})), nodeCreated(4, "c", {})]);
    expect((await pages(setting, undefined, 10)).map(({ subject, what }) => [subject.id, what.kind])).toEqual([["c", "created"], [canvasId, "canvas-created"]]);
    expect((await pages(setting, "a", 10)).map(({ what }) => what.kind)).toEqual(["created"]);
  });

  it("says who, when and what", async () => {
    const setting = new RecallSetting([
      made({ ms: 10, type: "color_changed", subject: ["node", "a"], device: "d2", origin: "task", data: { oldColor: "1", newColor: "4", oldLevel: "not_understood", newLevel: "understood", concept: "Limits" } }),
      made({ ms: 11, type: "node_updated", subject: ["node", "a"], data: { changes: { text: ["old", "n".repeat(500)] }, level: null, concept: "Limits" } }),
      made({ ms: 12, type: "review_rated", subject: ["node", "a"], origin: "review", data: { rating: "good", due: "2030-02-01", interval: null, ease: null, concept: null } }),
      made({ ms: 13, type: "custom:seen", subject: ["node", "a"], origin: "api", data: {} }),
    ]);
    const [custom, review, text, level] = await pages(setting, "a", 10);
    expect(level).toMatchObject({ at: 10, device: "d2", origin: "task", concept: "Limits", canvas: "Maths.canvas", what: { kind: "level", from: "not_understood", to: "understood", fromColor: "1", toColor: "4" } });
    expect(text?.what).toEqual({ kind: "text", before: "old", after: `${"n".repeat(199)}…` });
    expect(review?.what).toEqual({ kind: "review", rating: "good", due: "2030-02-01" });
    expect(custom?.what).toEqual({ kind: "other", type: "custom:seen" });
  });

  it("shows what is recorded from then on without reading the journal again", async () => {
    const setting = new RecallSetting([nodeCreated(1, "a", {}), nodeCreated(2, "b", {})]);
    expect(await pages(setting, undefined, 10)).toHaveLength(2);
    const { read } = setting.journal;
    setting.record(nodeCreated(3, "c", {}));
    expect((await pages(setting, undefined, 10)).map(({ subject }) => subject.id)).toEqual(["c", "b", "a"]);
    expect(setting.journal.read).toBe(read);
  });

  it("reads what another device brought, and only that", async () => {
    const setting = new RecallSetting([nodeCreated(1, "a", {}), nodeCreated(2, "b", {})]);
    await setting.recall.movement({ days: 1, canvases: 1 });
    const { read } = setting.journal;
    setting.journal.add([nodeCreated(9, "c", {}, { device: "d2" })]);
    await setting.recall.movement({ days: 1, canvases: 1 });
    expect(setting.journal.read).toBe(read + 1);
  });

  it("forgets events that no journal has any more", async () => {
    const gone = nodeCreated(2, "b", {});
    const setting = new RecallSetting([nodeCreated(1, "a", {}), gone]);
    await pages(setting, undefined, 10);
    setting.journal.remove(gone);
    expect((await pages(setting, undefined, 10)).map(({ subject }) => subject.id)).toEqual(["a"]);
  });

  it("is empty for a canvas that nobody knows", async () => {
    expect(await new RecallSetting().recall.timeline({ canvas: otherCanvasId, limit: 5 })).toEqual({ entries: [], more: false, complete: true });
  });
});

describe("a long history", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => made({ ms: index + 1, type: "score_submitted", subject: ["node", "a"], data: { score: 1, previous: null, concept: null } }));

  it("is answered from its newest part first, and says when there is more", async () => {
    const setting = new RecallSetting(many);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const read = setting.journal.readPlaces.bind(setting.journal);
    setting.journal.readPlaces = async function* (device, places) {
      if (!places.has(20_000)) await held;
      yield* read(device, places);
    };
    let grown = 0;
    setting.recall.onGrown(() => (grown += 1));
    const asked = setting.recall.timeline({ canvas: canvasId, limit: 1 });
    await setting.clock.advance(0);
    while (setting.journal.read < 16_000) await setting.clock.flush();
    await setting.clock.advance(250);
    expect(await asked).toMatchObject({ complete: false, more: true, entries: [{ at: 20_000 }] });
    release();
    while (grown === 0) await setting.clock.advance(0);
    expect(await setting.recall.timeline({ canvas: canvasId, limit: 1 })).toMatchObject({ complete: true });
  });

  it("tells a reading that fails to whoever waits, and begins again with the next question", async () => {
    const setting = new RecallSetting(many.slice(0, 5));
    setting.journal.failure = new Error("the folder is gone");
    await expect(setting.recall.movement({ days: 1, canvases: 1 })).rejects.toThrow("the folder is gone");
    setting.journal.failure = null;
    expect(await setting.recall.timeline({ canvas: canvasId, limit: 9 })).toMatchObject({ complete: true, entries: { length: 5 } });
  });
});
