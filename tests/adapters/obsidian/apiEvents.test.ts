import { describe, expect, it } from "vitest";
import { apiEventNames } from "../../../src/adapters/obsidian/apiEvents";
import { createApi } from "../../../src/adapters/obsidian/pluginApi";
import type { EngramApi } from "../../../src/adapters/obsidian/pluginApi";
import type { Engine, EngineSignal, GraphStore, LearningEvent } from "../../../src/engine/index";
import { silentLogger } from "../../../src/engine/index";
import { Session } from "../../../src/panel/session/session";
import { defaultSettings } from "../../../src/settings/schema";
import { FakeEngine } from "../../fakes/fakeEngine";
import { taskView } from "../../fakes/fakeTasks";
import { ManualClock } from "../../fakes/manualClock";

interface World {
  readonly session: Session;
  readonly api: EngramApi;
  readonly engines: readonly [FakeEngine, FakeEngine];
  readonly reports: string[];
}

function world(): World {
  const clock = new ManualClock();
  const engines = [new FakeEngine(), new FakeEngine()] as const;
  let opened = 0;
  const open = async (): Promise<{ engine: Engine; release: () => Promise<void> }> => ({ engine: engines[opened++ === 0 ? 0 : 1], release: async () => undefined });
  const session = new Session({
    clock,
    logger: silentLogger,
    settings: { ...defaultSettings("11111111-2222-4333-8444-555555555555"), indexConsent: "granted" },
    openEngine: open,
    openStore: () => ({}) as GraphStore,
    tryStore: () => Promise.reject(new Error("not asked for")),
    password: () => null,
    saveSettings: async () => undefined,
  });
  const reports: string[] = [];
  return { session, engines, reports, api: createApi(session, clock, (what, error) => void reports.push(`${what}: ${String(error)}`)) };
}

function eventOf(seq: number, canvas: string | null): EngineSignal {
  const path = canvas === null ? null : { id: canvas, path: `${canvas}.canvas` };
  const event: LearningEvent = {
    v: 1,
    id: String(seq),
    seq,
    at: 1_000,
    hlc: "h",
    device: "d",
    vault: "v",
    canvas: path,
    origin: "edit",
    type: "color_changed",
    subject: { kind: "node", id: "n" },
    data: {},
    priority: "NORMAL",
  };
  return { kind: "event", event };
}

const batch: EngineSignal = { kind: "batch", store: "neo4j", events: 3, stored: 2, failed: 1, ms: 40 };

describe("what other plugins hear", () => {
  it("is each learning event, batch and problem, of every engine, until they have enough", async () => {
    const { api, engines, session } = world();
    const heard: unknown[] = [];
    // Before the engine is open, as a plugin that is loaded first does.
    const ends = [
      api.on("event", ({ seq }) => heard.push(seq)),
      api.on("batch", (value) => heard.push(value)),
      api.on("problem", ({ reason }) => heard.push(reason)),
    ];
    await session.start();
    engines[0].signal(eventOf(1, null));
    engines[0].signal(batch);
    engines[0].signal({ kind: "problem", problem: { path: "a.canvas", line: 3, column: null, reason: "broken" } });
    await session.startAnew(async () => undefined);
    engines[1].signal(eventOf(2, "a"));
    ends.forEach((end) => end());
    engines[1].signal(eventOf(3, "a"));
    engines[1].signal(batch);
    expect(heard).toEqual([1, { store: "neo4j", events: 3, stored: 2, failed: 1, ms: 40 }, "broken", 2]);
  });

  it("is a canvas once for events that are journaled together", async () => {
    const { api, engines, session } = world();
    await session.start();
    const heard: unknown[] = [];
    const end = api.on("canvas", ({ id, path, events }) => heard.push([id, path, events.map(({ seq }) => seq)]));
    for (const signal of [eventOf(1, "a"), eventOf(2, "b"), eventOf(3, "a"), eventOf(4, null)]) engines[0].signal(signal);
    expect(heard).toEqual([]);
    await Promise.resolve();
    engines[0].signal(eventOf(5, "b"));
    await Promise.resolve();
    engines[0].signal(eventOf(6, "b"));
    end();
    await Promise.resolve();
    expect(heard).toEqual([["a", "a.canvas", [1, 3]], ["b", "b.canvas", [2]], ["b", "b.canvas", [5]]]);
  });

  it("is a task that was made or changed, and none whose time left changed by itself", async () => {
    const { api, engines, session } = world();
    await session.start();
    engines[0].become({ tasks: [taskView({ id: "old" })] });
    const heard: unknown[] = [];
    api.on("task", ({ id, status }) => heard.push([id, status]));
    const eta = { earliestMs: 1, likelyMs: 2, latestMs: 3 };
    engines[0].become({ tasks: [taskView({ id: "old", eta: eta as never }), taskView({ id: "new" })] });
    engines[0].become({ events: 7 });
    engines[0].become({ tasks: [taskView({ id: "old" }), taskView({ id: "new", status: "done", endedAt: 9 })] });
    engines[0].become({ tasks: [taskView({ id: "old" })] });
    expect(heard).toEqual([["new", "running"], ["new", "done"]]);
  });

  it("changes nothing when a listener throws: that is reported, and the others still hear", async () => {
    const { api, engines, reports, session } = world();
    await session.start();
    const heard: string[] = [];
    const bad = (): never => {
      throw new Error("mine");
    };
    for (const name of apiEventNames) {
      api.on(name, bad);
      api.on(name, () => heard.push(name));
    }
    engines[0].signal(eventOf(1, "a"));
    engines[0].signal(batch);
    engines[0].signal({ kind: "problem", problem: { path: "a.canvas", line: null, column: null, reason: "broken" } });
    engines[0].become({ tasks: [taskView()] });
    await Promise.resolve();
    expect(new Set(heard)).toEqual(new Set(apiEventNames));
    expect(new Set(reports)).toEqual(new Set(apiEventNames.map((name) => `a listener of another plugin for "${name}": Error: mine`)));
    expect(session.look().lastBatch).toMatchObject({ stored: 2 });
  });

  it("is nothing after the plugin was unloaded", async () => {
    const { api, engines, session } = world();
    await session.start();
    const heard: string[] = [];
    for (const name of apiEventNames) api.on(name, () => heard.push(name));
    await session.close(0);
    engines[0].signal(eventOf(1, "a"));
    engines[0].become({ events: 8, tasks: [taskView()] });
    await Promise.resolve();
    expect(heard).toEqual([]);
  });

  it("says what is wrong with a name that there is not, or with no function", () => {
    const { api } = world();
    const on = api.on as (name: unknown, listener: unknown) => () => void;
    expect(() => on("nodes", () => undefined)).toThrow('There is no event "nodes"; there are status, task, batch, event, canvas, problem.');
    expect(() => on("status", null)).toThrow(TypeError);
  });
});

describe("the capabilities", () => {
  it("name every member and every event, and nothing else", () => {
    const { api } = world();
    const members = Object.keys(api).filter((name) => !["apiVersion", "capabilities", "supports"].includes(name));
    expect([...api.capabilities].sort()).toEqual([...members, ...apiEventNames.map((name) => `on:${name}`)].sort());
    expect(Object.isFrozen(api.capabilities)).toBe(true);
  });

  it("are asked for by name, also by names that this version does not know", () => {
    const { api } = world();
    expect(["record", "on:event", "on:nodes", "apiVersion", "", "toString"].map((name) => api.supports(name))).toEqual([true, true, false, false, false, false]);
  });
});
