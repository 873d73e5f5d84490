import { describe, expect, it } from "vitest";
import type { DeadLetterView } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { failedView } from "../../../src/panel/view/failedView";
import { letterList, type LetterEntry, type LetterList } from "../../../src/panel/view/letters";
import { tabsOf } from "../../../src/panel/view/tabs";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus } from "../../fakes/engineStatus";
import { taskView } from "../../fakes/fakeTasks";

const NOW = Date.UTC(2026, 2, 1, 12, 30);
const format = createFormat("en");

function letter(id: string, over: Partial<DeadLetterView> = {}): DeadLetterView {
  return { id, store: "neo4j", type: "score_submitted", canvasPath: "Maths.canvas", subject: { kind: "node", id: "limits" }, reason: "It is too large.", class: "data", code: "Large", attempts: 3, firstAt: NOW, lastAt: NOW, ...over };
}

function listOf(dead: readonly DeadLetterView[]): LetterList {
  const list = letterList(dead, format);
  if (list === null) throw new Error("there is no list");
  return list;
}

function entriesOf({ rows }: LetterList): readonly LetterEntry[] {
  return Array.from({ length: rows.size }, (_, index) => rows.row(index));
}

function shown(list: LetterList): readonly string[] {
  return entriesOf(list).map((entry) => (entry.kind === "cause" ? list.causeRow(entry.cause).title : list.letterRow(entry.letter).title));
}

function lettersOf(entries: readonly LetterEntry[]): readonly DeadLetterView[] {
  return entries.flatMap((entry) => (entry.kind === "letter" ? [entry.letter] : []));
}

function view(over: Partial<SessionView> = {}): SessionView {
  return { intake: { kind: "capturing", look: "done" }, neo4j: { kind: "on" }, settings: defaultSettings("v"), status: engineStatus(), lastBatch: null, learning: noLearning, dead: [], ...over };
}

describe("what Neo4j refused", () => {
  it("stands below its cause in plain words, the most frequent cause first", () => {
    const dead = [letter("a"), letter("b", { class: "unknown" }), letter("c", { class: "unknown" }), letter("d", { class: "of a later version" })];
    const list = listOf(dead);
    expect(shown(list)).toEqual([
      "They failed for no clear reason (2)",
      "Score: Maths.canvas",
      "Score: Maths.canvas",
      "Neo4j does not take what they say (1)",
      "Score: Maths.canvas",
      "They failed for no clear reason (1)",
      "Score: Maths.canvas",
    ]);
    expect(list.buttons.map(({ action }) => action.kind)).toEqual(["retry-failed", "discard-failed"]);
    expect(new Set(entriesOf(list).map(({ key }) => key)).size).toBe(7);
  });

  it.each(["data", "too-big", "query", "contention", "throttled", "unavailable", "auth", "config", "unknown"])("has words for %s, and retries just these", (cause) => {
    const list = listOf([letter("a", { class: cause }), letter("b", { class: cause })]);
    const row = list.causeRow({ class: cause, count: 2 });
    expect(row.title).toMatch(/\(2\)$/);
    expect(row.help.length).toBeGreaterThan(20);
    expect(row.buttons).toMatchObject([{ label: "Retry these 2", action: { kind: "retry-cause", class: cause } }]);
  });

  it("leads to the card, the canvas or the note", () => {
    const { letterRow } = listOf([letter("a")]);
    const open = (over: Partial<DeadLetterView>): unknown => letterRow(letter("a", over)).open?.action ?? null;
    expect(open({})).toEqual({ kind: "jump", canvas: "Maths.canvas", node: "limits" });
    expect(open({ subject: { kind: "edge", id: "e" } })).toEqual({ kind: "open-file", path: "Maths.canvas", line: null });
    expect(open({ canvasPath: null, subject: { kind: "note", id: "Limits.md" } })).toEqual({ kind: "open-file", path: "Limits.md", line: null });
    expect(open({ canvasPath: null, subject: { kind: "concept", id: "series" } })).toBeNull();
    expect(letterRow(letter("a", { canvasPath: null, subject: { kind: "note", id: "Limits.md" }, type: "custom:lecture" })).title).toBe("custom:lecture: Limits.md");
  });

  it("can be edited where a record said it, and not where a file did", () => {
    const { letterRow } = listOf([letter("a")]);
    const kinds = (one: DeadLetterView): readonly string[] => letterRow(one).buttons.map(({ action }) => action.kind);
    expect(kinds(letter("a"))).toEqual(["retry-letter", "edit-letter", "copy-letter", "discard-letter"]);
    expect(kinds(letter("b", { type: "custom:lecture" }))).toContain("edit-letter");
    expect(kinds(letter("c", { type: "node_created" }))).not.toContain("edit-letter");
    for (const { about } of letterRow(letter("a")).buttons) expect(about).toBe("Score: Maths.canvas");
  });

  it("keeps all of ten thousand, grouped once for each change of them, with rows made only when they are shown", () => {
    const dead = Array.from({ length: 10_000 }, (_, index) => letter(`l${index}`, { class: index % 3 === 0 ? "data" : "unknown" }));
    const list = listOf(dead);
    expect(list.rows.size).toBe(10_002);
    expect(lettersOf(entriesOf(list))).toHaveLength(10_000);
    expect(listOf(dead).rows).toBe(list.rows);
    expect(listOf([...dead]).rows).not.toBe(list.rows);
  });
});

describe("the page of what failed", () => {
  it("says that nothing failed", () => {
    expect(failedView(view(), format)).toEqual({ empty: { title: "Nothing failed", lines: [expect.any(String)], buttons: [] }, dead: null, tasks: null, problems: null, aside: null });
  });

  it("has tasks with items that failed, with what they said and a way to try them again", () => {
    const failed = { total: 9, waiting: 0, running: 0, done: 6, failed: 3, cancelled: 0 };
    const tasks = [taskView({ id: "a", title: "Explain", counts: failed, lastError: "The model is away." }), taskView({ id: "b" }), taskView({ id: "c", status: "cancelled", counts: failed })];
    const made = view({ status: engineStatus({ tasks }) });
    const page = failedView(made, format);
    expect(page.empty).toBeNull();
    expect(page.tasks?.rows).toMatchObject([{ title: "Explain", place: "3 of 9 failed", text: "The model is away.", buttons: [{ action: { kind: "retry-task", id: "a" } }] }]);
    expect(tabsOf(made, format).find(({ id }) => id === "failed")?.count).toBe("1");
  });
});
