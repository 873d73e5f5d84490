import { describe, expect, it } from "vitest";
import type { Happening, LevelFigures, Movement, PastState, TimelineEntry } from "../../../src/engine/index";
import type { LearningState } from "../../../src/panel/session/learningState";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { createFormat } from "../../../src/panel/text/format";
import { dueView } from "../../../src/panel/view/dueView";
import { learningView } from "../../../src/panel/view/learningView";
import { movesView, movementView } from "../../../src/panel/view/movementView";
import { timelineView } from "../../../src/panel/view/timelineView";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus } from "../../fakes/engineStatus";

const format = createFormat("en");
const none: LevelFigures = { not_understood: 0, learning: 0, understood: 0, mastered: 0, none: 0 };
const movement: Movement = {
  complete: true,
  moved: 3,
  days: [
    { day: "2029-12-31", levels: { ...none, mastered: 1, learning: 3 }, total: 4 },
    { day: "2030-01-01", levels: { ...none, understood: 1 }, total: 1 },
  ],
  canvases: [
    { path: "Folder/Maths.canvas", live: true, changes: 4, up: 3, down: 1 },
    { path: "Old.canvas", live: false, changes: 1, up: 0, down: 0 },
  ],
};
const canvas = { canvas: "Folder/Maths.canvas", node: null };

function session(learning: Partial<LearningState>, overrides: Partial<SessionView> = {}): SessionView {
  return {
    intake: { kind: "capturing", look: "done" },
    neo4j: { kind: "off" },
    settings: defaultSettings("11111111-2222-4333-8444-555555555555"),
    status: engineStatus({ events: 9 }),
    lastBatch: null,
    dead: [],
    learning: { ...noLearning, ...learning },
    ...overrides,
  };
}

function entry(what: Happening, overrides: Partial<TimelineEntry> = {}): TimelineEntry {
  return { id: "e", at: Date.UTC(2030, 0, 1, 12), hlc: "h", device: "0123456789abcdef", origin: "edit", canvas: canvas.canvas, subject: { kind: "node", id: "n1" }, concept: "Limits", what, ...overrides };
}

describe("what moved", () => {
  it("is drawn as bars that share one height, with the same figures as texts", () => {
    const { days, levels, summary, title } = movementView(movement, format);
    expect([title, summary]).toEqual(["Last 2 days", "5 changes"]);
    expect(days.map(({ label, share, text }) => [label, share, text])).toEqual([
      ["Mon", 1, "Mon, Dec 31, 2029: 4 changes (Mastered 1, Learning 3)"],
      ["Tue", 0.25, "Today: 1 change (Understood 1)"],
    ]);
    expect(days[0]?.parts).toEqual([
      { level: "mastered", share: 0.25 },
      { level: "learning", share: 0.75 },
    ]);
    expect(levels.map(({ label, today, total }) => [label, today, total])).toEqual([
      ["Mastered", "0", "1"],
      ["Understood", "1", "1"],
      ["Learning", "0", "3"],
      ["Not understood", "0", "0"],
    ]);
  });

  it("says that older history is to come, or how to begin", () => {
    expect(movementView({ ...movement, complete: false }, format).note).toBe("Older history is still being read.");
    const empty = { ...movement, days: movement.days.map(({ day }) => ({ day, levels: none, total: 0 })) };
    expect(movementView(empty, format).note).toMatch(/^No card changed its level/);
  });

  it("names canvases, and opens those that are still there", () => {
    const moves = movesView(movement, format);
    expect(moves?.rows.map(({ open, text, title }) => [title, text, open?.action ?? null])).toEqual([
      ["Maths", "4 changes: 3 up, 1 down", { kind: "open-card", canvas: "Folder/Maths.canvas", node: null }],
      ["Old", "1 change, deleted", null],
    ]);
    expect(moves?.more).toBe("and 1 canvas more");
  });
});

describe("a timeline", () => {
  it.each<[Happening, string, string | null]>([
    [{ kind: "level", from: "learning", to: "mastered", fromColor: "3", toColor: "5" }, "Learning → Mastered", "mastered"],
    [{ kind: "level", from: null, to: "learning", fromColor: null, toColor: "3" }, "Marked Learning", "learning"],
    [{ kind: "level", from: "learning", to: null, fromColor: "3", toColor: null }, "Learning no more", null],
    [{ kind: "level", from: "learning", to: "learning", fromColor: "2", toColor: "3" }, "Another colour", "learning"],
    [{ kind: "created", color: "4", level: "understood" }, "New card, Understood", "understood"],
    [{ kind: "text", before: "a", after: "b" }, "Text changed: b", null],
    [{ kind: "text", before: "a", after: null }, "Text removed", null],
    [{ kind: "score", score: 80, previous: 60 }, "Score 80, before 60", null],
    [{ kind: "review", rating: "good", due: "2030-02-01" }, "Reviewed: good, next on Fri, Feb 1, 2030", null],
    [{ kind: "other", type: "custom:seen" }, "custom:seen", null],
  ])("says of %j: %s", (what, text, level) => {
    const [row] = timelineView(canvas, { entries: [entry(what)], more: false, complete: true }, "0123456789abcdef", format).rows;
    expect([row?.what, row?.level]).toEqual([text, level]);
  });

  it("names the card in the timeline of a canvas only, and the device that it comes from", () => {
    const page = { entries: [entry({ kind: "removed", color: null, level: null }, { device: "fedcba9876543210", origin: "task" })], more: true, complete: true };
    const whole = timelineView(canvas, page, "0123456789abcdef", format);
    expect(whole.rows[0]?.card).toEqual({ text: "Limits", label: "Show Limits on Folder/Maths.canvas", action: { kind: "open-card", canvas: canvas.canvas, node: "n1" } });
    expect(whole.rows[0]?.who).toMatch(/by a task, device fedcba$/);
    expect(whole.more?.label).toBe("Show older");
    expect(timelineView({ ...canvas, node: { id: "n1", label: "Limits" } }, page, "", format)).toMatchObject({ title: "Limits", about: "Card on Maths", rows: [{ card: null }] });
  });

  it("ends where the most are shown, and says where the rest is", () => {
    const entries = Array.from({ length: 200 }, (_, index) => entry({ kind: "connected" }, { id: `e${index}` }));
    expect(timelineView(canvas, { entries, more: true, complete: true }, "", format)).toMatchObject({ more: null, note: "Only the newest 200 are shown here. An export has all of them." });
  });
});

describe("the tab Learning", () => {
  it("says what it is for before anything is captured", () => {
    const view = learningView(session({}, { intake: { kind: "declined" }, status: engineStatus() }), format);
    expect(view).toMatchObject({ movement: null, history: null, start: { button: { action: { kind: "open-tab", tab: "now" } } } });
  });

  it("says that it reads, and why it cannot", () => {
    expect(learningView(session({}), format)).toMatchObject({ instead: "Reading the history…", history: { instead: "Open a canvas, or select a card on it, to see what happened to it." } });
    expect(learningView(session({ movement: { kind: "failed", reason: "the disk is gone" } }), format).instead).toBe("The history could not be read: the disk is gone");
  });

  it.each<[PastState, string]>([
    [{ kind: "unknown", since: Date.UTC(2029, 11, 30, 12) }, "Nothing is known of that day: the record begins on Sun, Dec 30, 2029."],
    [{ kind: "unknown", since: null }, "Nothing is known of it."],
    [{ kind: "not-yet", since: Date.UTC(2029, 11, 30, 12) }, "It was not there yet: it was made on Sun, Dec 30, 2029."],
    [{ kind: "removed" }, "It was not there: it had been removed."],
    [{ kind: "there", path: canvas.canvas, nodes: [], total: 2, edges: 1 }, "On Mon, Dec 24, 2029: 2 cards, 1 connection"],
  ])("shows the past %j", (state, text) => {
    const past = { day: "2029-12-24", state: { kind: "loaded", value: state } as const };
    const view = learningView(session({ movement: { kind: "loaded", value: movement }, subject: canvas, past }), format);
    expect(view.history?.past).toMatchObject({ text, day: "2029-12-24", latest: "2030-01-01" });
  });

  it("shows the cards of the past, how many more there were, and another name of the canvas", () => {
    const node = { id: "n1", type: "text", text: " ", color: "4", level: "understood", score: 80 };
    const state: PastState = { kind: "there", path: "Draft.canvas", nodes: [node], total: 3, edges: 0 };
    const past = { day: "2029-12-24", state: { kind: "loaded", value: state } as const };
    const shown = learningView(session({ subject: canvas, past }), format).history?.past;
    expect(shown?.cards).toMatchObject([{ text: "(no text)", level: "understood", detail: "Understood, Score 80" }]);
    expect(shown?.note).toBe("and 2 cards more, It was called Draft.canvas then.");
  });
});

describe("what is due", () => {
  it("says how late it is, and leads to the note or card", () => {
    const items = [
      { subject: { kind: "note", path: "N.md" }, title: "N", day: "2029-12-31", days: -1 },
      { subject: { kind: "node", canvas: canvas.canvas, node: "n1" }, title: "Limits", day: "2030-01-01", days: 0 },
      { subject: { kind: "note", path: "M.md" }, title: "M", day: "2030-01-03", days: 2 },
    ] as const;
    const view = dueView({ items, total: 5, complete: true }, canvas.canvas, format);
    expect(view.title).toBe("Due on Maths");
    expect(view.rows.map(({ when }) => when)).toEqual(["1 day late, Mon, Dec 31, 2029", "today, Tue, Jan 1, 2030", "in 2 days, Thu, Jan 3, 2030"]);
    expect(view.rows[1]?.open.action).toEqual({ kind: "open-card", canvas: canvas.canvas, node: "n1" });
    expect(view.note).toBe("and 2 more");
    expect(dueView({ items: [], total: 0, complete: true }, null, format)).toMatchObject({ title: "Due", note: "Nothing is due." });
  });
});
