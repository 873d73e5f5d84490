import { describe, expect, it } from "vitest";
import type { EngineStatus, StoreStatus } from "../../../src/engine/index";
import { emptyStats } from "../../../src/engine/index";
import { emptyStoreStats } from "../../../src/engine/stats/storeStats";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { createFormat } from "../../../src/panel/text/format";
import { strings } from "../../../src/panel/text/strings";
import { chipOf } from "../../../src/panel/view/chip";
import { stateReason } from "../../../src/panel/view/stateReason";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus, storeStatus } from "../../fakes/engineStatus";

const format = createFormat("en");

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

function withNeo4j(neo4j: Partial<StoreStatus>): SessionView {
  return withStatus({ stores: { local: storeStatus(), neo4j: storeStatus(neo4j) } }, { neo4j: { kind: "on" } });
}

function connecting(): SessionView {
  const stats = { ...emptyStats, stores: new Map([["neo4j", emptyStoreStats]]) };
  return withStatus({ stats, stores: { local: storeStatus(), neo4j: storeStatus({ pending: 3 }) } }, { neo4j: { kind: "on" } });
}

/** One of every state, what is said of it, and what its button asks for. */
const states: readonly (readonly [string, SessionView, RegExp, string | null])[] = [
  ["opening", view({ status: null, intake: { kind: "opening" } }), /opening its files\. Nothing is lost/, null],
  ["waiting", view({ status: null, intake: { kind: "waiting" } }), /Another window has this vault.* Nothing is lost/, null],
  ["closedByError", view({ status: null, intake: { kind: "failed", message: "no room." } }), /did not start: no room\. Your canvases are untouched/, "start-again"],
  ["diskFull", withStatus({ journal: { kind: "failing", fault: "full", message: "x" } }), /no room on the disk.* not saved/, "sync-now"],
  ["notSaving", withStatus({ journal: { kind: "failing", fault: "denied", message: "No right." } }), /written: No right\. .*goes on by itself/, "sync-now"],
  ["asking", view({ intake: { kind: "asking", size: { canvases: 1, notes: 0, bytes: 1 } } }), /not read.* Nothing is captured/, "start-index"],
  ["declined", view({ intake: { kind: "declined" } }), /not captured/, "start-index"],
  ["settingsLost", view({ intake: { kind: "asking-again" } }), /settings were lost.* Nothing is captured/, "start-index"],
  ["indexing", withStatus({ phase: { kind: "scanning", done: 1, total: 3, startedAt: 0 } }), /being read/, "stop-index"],
  ["indexingStart", view({ intake: { kind: "capturing", look: "pending" } }), /looking for canvases/, null],
  ["failed", withNeo4j({ dead: 2 }), /were refused.* kept in this vault/, "open-tab"],
  ["unavailable", withNeo4j({ state: "unavailable", pending: 1, message: "Nobody answers." }), /^Nobody answers\. 1 event is kept in this vault and sent/, "test-connection"],
  ["unavailable", withNeo4j({ state: "unavailable", pending: 1_200 }), /^Neo4j does not answer\. 1,200 events are kept/, "test-connection"],
  ["unavailableNone", withNeo4j({ state: "unavailable" }), /^Neo4j does not answer\. Everything is kept/, "test-connection"],
  ["attention", withNeo4j({ state: "auth", message: "The password is wrong." }), /^The password is wrong\. Everything is kept/, "open-settings"],
  ["attention", withNeo4j({ state: "config" }), /settings of Neo4j is wrong/, "open-settings"],
  ["attention", view({ neo4j: { kind: "incomplete", message: "Choose a password." } }), /^Choose a password\./, "open-settings"],
  ["attention", view({ neo4j: { kind: "failed", message: "It did not load." } }), /^It did not load\./, "try-again"],
  ["stopped", view({ intake: { kind: "capturing", look: "stopped" } }), /stopped before its end\. What was read is kept/, "sync-now"],
  ["paused", withNeo4j({ state: "paused", pending: 3 }), /paused\. Everything is kept/, "resume"],
  ["graphBehind", withStatus({ stores: { local: storeStatus({ message: "It is damaged." }) } }), /^It is damaged\. Nothing is lost/, null],
  ["problems", withStatus({ problems: [{ path: "a", line: 1, column: 1, reason: "bad" }] }), /could not be read.* last good version/, "open-tab"],
  ["connecting", connecting(), /has not answered yet\. Everything is kept/, null],
  ["sending", withNeo4j({ state: "pending", pending: 3 }), /on their way to bolt:\/\/localhost:7687/, "pause"],
  ["sent", withNeo4j({ sent: 3 }), /bolt:\/\/localhost:7687 has everything/, "pause"],
  ["saved", view(), /^Neo4j is off\. Everything you change is kept in this vault\.$/, "open-settings"],
];

describe("the reason of the state line", () => {
  it.each(states)("of %s says what is the matter, what becomes of the data, and what helps (%#)", (state, session, text, action) => {
    const chip = chipOf(session, format);
    const reason = stateReason(chip.state, session, format);
    expect(chip.state).toBe(state);
    expect(`${reason.matter} ${reason.data}`).toMatch(text);
    expect(`${reason.matter} ${reason.data}`).not.toMatch(/[{}]|undefined|null/);
    expect(reason.action?.action.kind ?? null).toBe(action);
  });

  it("is there for every state that the chip can say", () => {
    const leaves = Object.entries(strings.reason).filter(([, value]) => typeof value === "object" && "matter" in value);
    expect(new Set(states.map(([state]) => state))).toEqual(new Set(leaves.map(([state]) => state)));
  });
});
