import { describe, expect, it } from "vitest";
import type { EngineStatus, StoreStatus } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { chipOf } from "../../../src/panel/view/chip";
import { connectionOf } from "../../../src/panel/view/connection";
import { failedView } from "../../../src/panel/view/failedView";
import { figuresOf } from "../../../src/panel/view/figures";
import { nowView } from "../../../src/panel/view/nowView";
import type { PanelView } from "../../../src/panel/view/panelView";
import { tabIds } from "../../../src/panel/view/tabs";
import { panelView } from "../../../src/panel/view/viewModel";
import { writeField } from "../../../src/settings/fields";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus, storeStatus } from "../../fakes/engineStatus";

const format = createFormat("en");
const NOW = Date.UTC(2030, 0, 1, 12);

function view(overrides: Partial<SessionView> = {}): SessionView {
  return {
    intake: { kind: "capturing", look: "done" },
    neo4j: { kind: "off" },
    settings: defaultSettings("11111111-2222-4333-8444-555555555555"),
    status: engineStatus(),
    lastBatch: null,
    learning: noLearning,
    dead: [],
    ...overrides,
  };
}

function withStatus(status: Partial<EngineStatus>, overrides: Partial<SessionView> = {}): SessionView {
  return view({ status: engineStatus(status), ...overrides });
}

function withNeo4j(neo4j: Partial<StoreStatus>, status: Partial<EngineStatus> = {}): SessionView {
  return withStatus({ ...status, stores: { local: storeStatus(), neo4j: storeStatus(neo4j) } }, { neo4j: { kind: "on" } });
}

const chip = (session: SessionView): string => {
  const { tone, text } = chipOf(session, format);
  return `${tone}: ${text}`;
};

const figures = (session: SessionView): Record<string, string> =>
  Object.fromEntries(figuresOf(session, format).map((figure) => [figure.key, figure.value]));

describe("the chip", () => {
  it.each<[string, SessionView, string]>([
    ["opening", view({ status: null, intake: { kind: "opening" } }), "busy: Starting…"],
    ["did not open", view({ status: null, intake: { kind: "failed", message: "x" } }), "error: Not running"],
    ["waiting for a yes", view({ intake: { kind: "asking", size: { canvases: 1, notes: 0, bytes: 1 } } }), "idle: Not started"],
    ["after a no", view({ intake: { kind: "declined" } }), "idle: Not capturing"],
    ["listing", withStatus({ phase: { kind: "scanning", done: 0, total: 0, startedAt: NOW } }), "busy: Reading the vault…"],
    ["indexing", withStatus({ phase: { kind: "scanning", done: 1200, total: 3400, startedAt: NOW } }), "busy: Reading 1,200 of 3,400"],
    ["before the first look", view({ intake: { kind: "capturing", look: "pending" } }), "busy: Reading the vault…"],
    ["after a stopped look", view({ intake: { kind: "capturing", look: "stopped" } }), "warn: Not everything was read"],
    ["stopped, and reading again", withStatus({ phase: { kind: "scanning", done: 1, total: 3, startedAt: NOW } }, { intake: { kind: "capturing", look: "stopped" } }), "busy: Reading 1 of 3"],
    ["after the settings were lost", view({ intake: { kind: "asking-again" } }), "warn: Not capturing"],
    ["all here", withStatus({ events: 12 }), "ok: All saved here"],
    ["all sent", withNeo4j({ sent: 12 }), "ok: All sent"],
    ["sending", withNeo4j({ state: "pending", pending: 1200 }), "busy: Sending 1,200"],
    ["away", withNeo4j({ state: "unavailable", pending: 1200 }), "warn: Saved here, 1,200 waiting"],
    ["away, nothing to send", withNeo4j({ state: "unavailable" }), "warn: Saved here, Neo4j away"],
    ["wrong password", withNeo4j({ state: "auth", pending: 3 }), "warn: Saved here, Neo4j needs you"],
    ["wrong database", withNeo4j({ state: "config", pending: 3 }), "warn: Saved here, Neo4j needs you"],
    ["paused", withNeo4j({ state: "paused", pending: 3 }), "warn: Saved here, paused"],
    ["no password", view({ neo4j: { kind: "incomplete", message: "x" } }), "warn: Saved here, Neo4j needs you"],
    ["not put in use", view({ neo4j: { kind: "failed", message: "x" } }), "warn: Saved here, Neo4j needs you"],
    ["refused events", withNeo4j({ state: "unavailable", dead: 2 }), "error: 2 failed"],
    ["disk full", withStatus({ journal: { kind: "failing", fault: "full", message: "x" } }), "error: Not saving: disk full"],
    ["no right", withStatus({ journal: { kind: "failing", fault: "denied", message: "x" } }), "error: Not saving"],
  ])("%s", (_, session, expected) => {
    expect(chip(session)).toBe(expected);
  });

  it("counts files, not problems", () => {
    const problem = (path: string): EngineStatus["problems"][number] => ({ path, line: 1, column: 1, reason: "bad" });
    expect(chip(withStatus({ problems: [problem("a"), problem("a")] }))).toBe("warn: Saved, 1 file to look at");
    expect(chip(withStatus({ problems: [problem("a"), problem("b")] }))).toBe("warn: Saved, 2 files to look at");
  });

  it("never says that all is well while something is not saved", () => {
    const failing = withNeo4j({ sent: 5 }, { journal: { kind: "failing", fault: "full", message: "x" } });
    expect(chip({ ...failing, intake: { kind: "declined" } })).toMatch(/^error/);
  });
});

describe("the tabs", () => {
  const shown = (session: SessionView, tab: PanelView["open"]["id"] = "now"): PanelView => panelView(session, format, NOW, tab);

  it("are four, and only the open one is computed", () => {
    expect(shown(view()).tabs.map(({ label }) => label)).toEqual(["Now", "Batches", "Failed", "Learning"]);
    for (const tab of tabIds) expect(shown(view(), tab).open.id).toBe(tab);
    const untouchable = { ...view(), get dead(): never { throw new Error("was looked at"); } };
    expect(shown(untouchable, "now").open.id).toBe("now");
    expect(() => shown(untouchable, "failed")).toThrow("was looked at");
  });

  it("count refused events and files to look at", () => {
    const counts = (session: SessionView): readonly (string | null)[] => shown(session).tabs.map(({ count }) => count);
    expect(counts(view({ status: null }))).toEqual([null, null, null, null]);
    expect(counts(view())).toEqual([null, null, null, null]);
    const problems = ["a", "a", "b"].map((path) => ({ path, line: 1, column: 1, reason: "bad" }));
    const stores = { local: storeStatus({ dead: 1 }), neo4j: storeStatus({ dead: 1_200 }) };
    expect(counts(withStatus({ problems, stores }))).toEqual([null, null, "1,203", null]);
  });
});

describe("the figures", () => {
  it("say nothing about Neo4j while it is off", () => {
    expect(figures(withStatus({ events: 1234 }))).toEqual({ saved: "1,234", sent: "–", waiting: "–", failed: "0" });
  });

  it("count what is sent, waiting and failed in both stores", () => {
    const stores = { local: storeStatus({ dead: 1 }), neo4j: storeStatus({ sent: 7, pending: 3, dead: 2 }) };
    const session = withStatus({ events: 12, stores }, { neo4j: { kind: "on" } });
    expect(figures(session)).toEqual({ saved: "12", sent: "7", waiting: "3", failed: "3" });
  });

  it("are unknown before the engine is open", () => {
    expect(figures(view({ status: null }))).toEqual({ saved: "–", sent: "–", waiting: "–", failed: "–" });
  });
});

describe("the box", () => {
  it("asks before the first index, with counts, size, time and three steps", () => {
    const box = nowView(view({ intake: { kind: "asking", size: { canvases: 1, notes: 1200, bytes: 2_500_000 } } }), format, NOW).box;
    expect(box?.lines[0]).toBe("1 canvas (2.5 MB) and 1,200 notes, about 5 seconds.");
    expect(box?.steps).toHaveLength(3);
    expect(box?.buttons.map((button) => button.action.kind)).toEqual(["start-index", "decline-index"]);
  });

  it.each(["asking", "asking-again"] as const)("lets folders be chosen before anything is read (%s)", (kind) => {
    const intake = kind === "asking" ? { kind, size: { canvases: 1, notes: 0, bytes: 1 } } : { kind };
    const settings = writeField(view().settings, "capture.foldersOut", "Private\nOld");
    const folders = nowView(view({ intake, settings }), format, NOW).box?.folders;
    expect(folders?.map(({ field, value }) => [field, value])).toEqual([
      ["capture.foldersIn", ""],
      ["capture.foldersOut", "Private\nOld"],
    ]);
  });

  it("does not promise that nothing leaves the device while Neo4j is on", () => {
    const asking = view({ intake: { kind: "asking", size: { canvases: 1, notes: 0, bytes: 1 } } });
    expect(nowView(asking, format, NOW).box?.lines[1]).toMatch(/^Nothing leaves this device/);
    expect(nowView({ ...asking, neo4j: { kind: "on" } }, format, NOW).box?.lines[1]).toMatch(/^What is read is sent to your Neo4j/);
  });

  it("says after a no that nothing is captured, and how to start", () => {
    const box = nowView(view({ intake: { kind: "declined" } }), format, NOW).box;
    expect(box?.title).toBe("Nothing is captured");
    expect(box?.buttons.map((button) => button.action.kind)).toEqual(["start-index"]);
  });

  it("gives the reason why the engine did not open", () => {
    const box = nowView(view({ status: null, intake: { kind: "failed", message: "no room" } }), format, NOW).box;
    expect(box?.lines[0]).toBe("no room");
  });

  it("offers to read on after a stopped look, and not while it reads", () => {
    const stopped = view({ intake: { kind: "capturing", look: "stopped" } });
    expect(nowView(stopped, format, NOW).box?.buttons.map((button) => button.action.kind)).toEqual(["sync-now"]);
    const reading = { ...stopped, status: engineStatus({ phase: { kind: "scanning", done: 0, total: 0, startedAt: NOW } }) };
    expect(nowView(reading, format, NOW).box).toBeNull();
  });

  it("says that the settings were lost, and how to go on", () => {
    const box = nowView(view({ intake: { kind: "asking-again" } }), format, NOW).box;
    expect(box?.title).toBe("The settings were lost");
    expect(box?.buttons.map((button) => button.action.kind)).toEqual(["start-index", "open-settings"]);
  });

  it("puts a full disk before everything else", () => {
    const full = engineStatus({ journal: { kind: "failing", fault: "full", message: "x" } });
    expect(nowView(view({ intake: { kind: "declined" }, status: full }), format, NOW).box?.title).toBe("The disk is full");
  });

  it("is not there while all is well", () => {
    expect(nowView(view(), format, NOW).box).toBeNull();
  });
});

describe("the progress", () => {
  const scanning = (done: number, total: number, ms: number): SessionView =>
    withStatus({ phase: { kind: "scanning", done, total, startedAt: NOW - ms } });

  it("guesses the time left from the pace so far", () => {
    const progress = nowView(scanning(100, 400, 10_000), format, NOW).progress;
    expect(progress?.fraction).toBe(0.25);
    expect(progress?.detail).toBe("100 of 400, about 30 seconds left");
    expect(progress?.stop.action.kind).toBe("stop-index");
  });

  it("guesses nothing before there is a pace", () => {
    expect(nowView(scanning(2, 400, 10_000), format, NOW).progress?.detail).toBe("2 of 400");
    expect(nowView(scanning(0, 0, 0), format, NOW).progress?.fraction).toBeNull();
  });

  it("is over when the scan is", () => {
    expect(nowView(view(), format, NOW).progress).toBeNull();
  });
});

describe("the connection", () => {
  const connection = (session: SessionView): string => {
    const { tone, text, buttons } = connectionOf(session);
    return `${tone}: ${text} [${buttons.map((button) => button.action.kind).join(" ")}]`;
  };

  it.each<[SessionView, string]>([
    [view(), "idle: Off. Everything is kept in this vault. [open-settings]"],
    [view({ neo4j: { kind: "incomplete", message: "Choose a password." } }), "warn: Choose a password. [open-settings]"],
    [view({ neo4j: { kind: "on" } }), "busy: Connecting… []"],
    [withNeo4j({}), "ok: Connected to bolt://localhost:7687. [pause]"],
    [withNeo4j({ state: "pending", pending: 1 }), "busy: Connected to bolt://localhost:7687, sending. [pause]"],
    [
      withNeo4j({ state: "pending", pending: 1 }, { backpressure: "slow" }),
      "busy: Connected to bolt://localhost:7687, sending. Much is waiting, so changes of files are read a little later. [pause]",
    ],
    [
      withNeo4j({ state: "unavailable", message: "Nobody answers at localhost:7687." }),
      "warn: Nobody answers at localhost:7687. Everything is kept here and sent when it is back. [try-again open-settings]",
    ],
    [withNeo4j({ state: "auth", message: "The password is wrong." }), "warn: The password is wrong. [open-settings try-again]"],
    [withNeo4j({ state: "config", message: "There is no database x." }), "warn: There is no database x. [open-settings try-again]"],
    [withStatus({ journal: { kind: "failing", fault: "full", message: "x" } }), "idle: Off. [open-settings]"],
    [view({ neo4j: { kind: "failed", message: "No." } }), "warn: No. [try-again open-settings]"],
    [withNeo4j({ state: "paused" }), "warn: Sending is paused. Everything is kept here. [resume]"],
  ])("%#", (session, expected) => {
    expect(connection(session)).toBe(expected);
  });
});

describe("the connection in Now", () => {
  it("is there only while Neo4j needs a person", () => {
    expect(nowView(view(), format, NOW).connection).toBeNull();
    expect(nowView(withNeo4j({ state: "pending", pending: 1 }), format, NOW).connection).toBeNull();
    expect(nowView(withNeo4j({ state: "auth", message: "No." }), format, NOW).connection?.text).toBe("No.");
  });
});

describe("the lists", () => {
  it("name path, place and reason of each problem", () => {
    const problems = [
      { path: "Maths.canvas", line: 12, column: 3, reason: "unexpected end" },
      { path: "Old.canvas", line: null, column: null, reason: "no permission" },
    ];
    const list = failedView(withStatus({ problems }), format).problems;
    expect(list?.rows.map(({ title, place, text }) => [title, place, text])).toEqual([
      ["Maths.canvas", "Line 12, column 3", "unexpected end"],
      ["Old.canvas", null, "no permission"],
    ]);
    expect(list?.rows[0]?.open?.action).toEqual({ kind: "open-file", path: "Maths.canvas", line: 12 });
    expect(list?.buttons).toEqual([]);
  });

  it("ask whether canvases are deleted when none is found", () => {
    const problems = [{ path: "", line: null, column: null, reason: "none was found" }];
    const list = failedView(withStatus({ problems }), format).problems;
    expect(list?.rows[0]).toMatchObject({ title: "The vault", open: null });
    expect(list?.buttons.map(({ action }) => action.kind)).toEqual(["confirm-missing"]);
  });

  it("show 50 rows and count the rest", () => {
    const problems = Array.from({ length: 1060 }, (_, index) => ({ path: `${index}.canvas`, line: 1, column: 1, reason: "bad" }));
    const list = failedView(withStatus({ problems }), format).problems;
    expect(list?.rows).toHaveLength(50);
    expect(list?.more).toBe("and 1,010 more");
    expect(new Set(list?.rows.map((row) => row.key)).size).toBe(50);
  });

  it("tell of journal lines that were put aside", () => {
    expect(failedView(withStatus({ quarantined: 1 }), format).aside).toMatch(/^1 line of the journal could not be read/);
  });
});
