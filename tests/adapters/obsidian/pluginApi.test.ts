import { expect, it } from "vitest";
import { createApi } from "../../../src/adapters/obsidian/pluginApi";
import type { EngramApi } from "../../../src/adapters/obsidian/pluginApi";
import type { Engine, GraphStore, TaskKind } from "../../../src/engine/index";
import { emptyStats, silentLogger } from "../../../src/engine/index";
import { reduce } from "../../../src/engine/stats/reduce";
import { Session } from "../../../src/panel/session/session";
import { defaultSettings } from "../../../src/settings/schema";
import { FakeEngine } from "../../fakes/fakeEngine";
import { taskView } from "../../fakes/fakeTasks";
import { ManualClock } from "../../fakes/manualClock";

function apiOver(openEngine: () => Promise<Engine>): { readonly session: Session; readonly api: EngramApi } {
  const clock = new ManualClock();
  const session = new Session({
    clock,
    logger: silentLogger,
    settings: { ...defaultSettings("11111111-2222-4333-8444-555555555555"), indexConsent: "granted" },
    openEngine: async () => ({ engine: await openEngine(), release: async () => undefined }),
    openStore: () => ({}) as GraphStore,
    tryStore: () => Promise.reject(new Error("not asked for")),
    password: () => null,
    saveSettings: async () => undefined,
  });
  return { session, api: createApi(session, clock, () => undefined) };
}

it("tells of the engine that follows a removal of this device's data, as of the first one", async () => {
  const engines = [new FakeEngine(), new FakeEngine()] as const;
  let opened = 0;
  const { session, api } = apiOver(async () => engines[opened++ === 0 ? 0 : 1]);
  const heard: number[] = [];
  const stop = api.onStatus((status) => heard.push(status.events));
  await session.start();
  engines[0].become({ events: 4 });
  expect(heard.at(-1)).toBe(4);
  await session.startAnew(async () => undefined);
  engines[1].become({ events: 1 });
  expect(heard.at(-1)).toBe(1);
  stop();
  engines[1].become({ events: 2 });
  expect(heard.at(-1)).toBe(1);
});

it("tells of an engine that opens after one that did not", async () => {
  const engine = new FakeEngine();
  let tries = 0;
  const { session, api } = apiOver(async () => {
    tries += 1;
    if (tries === 1) throw new Error("no room");
    return engine;
  });
  const heard: number[] = [];
  api.onStatus((status) => heard.push(status.events));
  await session.start();
  await session.startAnew(async () => undefined);
  engine.become({ events: 3 });
  expect(heard.at(-1)).toBe(3);
});

it("tells nothing after the plugin was unloaded", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  let heard = 0;
  api.onStatus(() => (heard += 1));
  await session.start();
  await session.close(0);
  const before = heard;
  engine.become({ events: 3 });
  expect(heard).toBe(before);
});

const kind: TaskKind = {
  name: "quiz",
  check: () => null,
  domainOf: () => "quiz",
  keyOf: () => null,
  costMs: () => 1,
  repeatable: true,
  run: async () => null,
};

it("brings the kinds of other plugins to the engine that follows, until they take them back", async () => {
  const engines = [new FakeEngine(), new FakeEngine()] as const;
  let opened = 0;
  const { session, api } = apiOver(async () => engines[opened++ === 0 ? 0 : 1]);
  await session.start();
  const undo = await api.registerKind(kind);
  expect(engines[0].calls).toContain("registerKind quiz");
  await session.startAnew(async () => undefined);
  expect(engines[1].calls).toContain("registerKind quiz");
  undo();
  expect(engines[1].calls).toContain("forgetKind quiz");
  expect(engines[0].calls).not.toContain("forgetKind quiz");
});

it("tells of changes of tasks and of nothing else", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  await session.start();
  const heard: number[] = [];
  api.tasks.onChange((tasks) => heard.push(tasks.length));
  engine.become({ tasks: [taskView()] });
  engine.become({ events: 5 });
  engine.become({ tasks: [taskView(), taskView({ id: "t2" })] });
  expect(heard).toEqual([1, 2]);
});

it("makes a task once the engine is open, and reads its results one by one", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  const made = api.createBatch([{ canvas: "a.canvas" }], { kind: "index", title: "Index" });
  await session.start();
  expect(await made).toBe("t1");
  expect(engine.tasks.made).toMatchObject([{ items: [{ canvas: "a.canvas" }], options: { kind: "index" } }]);
  engine.tasks.lines = [{ item: 0, domain: "vault", attempts: 1, waitMs: 2, runMs: 3, at: 4, status: "done", value: 5 }];
  const values: unknown[] = [];
  for await (const line of api.tasks.results("t1")) if (line.status === "done") values.push(line.value);
  expect(values).toEqual([5]);
});

it("gives the figures under the names that the command line uses, beside the status as it is", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  await session.start();
  const facts = [
    { kind: "queued", store: "neo4j", count: 3, from: "offer" },
    { kind: "timed-out", store: "neo4j", count: 2 },
    { kind: "backpressure", store: "neo4j", level: "slow" },
  ] as const;
  engine.become({ events: 9, stats: facts.reduce(reduce, emptyStats) });
  const status = await api.status();
  expect(status.events).toBe(9);
  expect(status.stats).toMatchObject({ queue_size: 3, timeouts: 2, backpressure: "slow", batch_avg_latency_ms: 0, cancelled: 0 });
  expect(status.stats.stores.get("neo4j")?.counts.waiting).toBe(3);
});

it("gives the batches of the last hour, as of now", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  await session.start();
  expect(await api.batchHistory()).toMatchObject({ minutes: [], batches: [], hour: { stored: 0, latency: { p50: null } } });
  const time = new ManualClock().now();
  const priorities = { LOW: 0, NORMAL: 3, HIGH: 0, CRITICAL: 0 };
  const settled = { kind: "batch-settled", store: "neo4j", batch: 1, events: 3, stored: 3, failed: 0, returned: 0, deferred: 0, ms: 20, writeMs: 20, attempts: 1, bytes: 300, latenciesMs: [], priorities, at: 0 } as const;
  engine.become({ stats: [{ ...settled, time: time - 3_700_000 }, { ...settled, batch: 2, time }].reduce(reduce, emptyStats) });
  const { hour, batches } = await api.batchHistory();
  expect([hour.stored, batches.map(({ batch }) => batch)]).toEqual([3, [2, 1]]);
});

it("says that other plugins are the origin of what they submit, whatever they claim", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  await session.start();
  const claimed = { priority: "low", origin: "review" } as const;
  expect(await api.submit({}, claimed)).toMatchObject({ status: "accepted" });
  expect(engine.submitted).toEqual([{ priority: "low", origin: "api" }]);
});

it("passes on what a person decides about refused events", async () => {
  const engine = new FakeEngine();
  const { session, api } = apiOver(async () => engine);
  await session.start();
  engine.calls.length = 0;
  await api.retryDead({ class: "data" });
  await api.discardDead(["a"]);
  expect(await api.retryEdited("a", { score: 1 })).toEqual({ kind: "replaced", id: "edited" });
  await api.resetStats();
  expect(engine.calls).toEqual(["retryDead", "discardDead", "retryEdited a", "resetStats"]);
});
