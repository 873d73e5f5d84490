import { expect, it } from "vitest";
import { createApi } from "../../../src/adapters/obsidian/pluginApi";
import type { EngramApi } from "../../../src/adapters/obsidian/pluginApi";
import type { Engine, GraphStore } from "../../../src/engine/index";
import { silentLogger } from "../../../src/engine/index";
import { Session } from "../../../src/panel/session";
import { defaultSettings } from "../../../src/settings/schema";
import { FakeEngine } from "../../fakes/fakeEngine";
import { ManualClock } from "../../fakes/manualClock";

function apiOver(openEngine: () => Promise<Engine>): { readonly session: Session; readonly api: EngramApi } {
  const session = new Session({
    clock: new ManualClock(),
    logger: silentLogger,
    settings: { ...defaultSettings("11111111-2222-4333-8444-555555555555"), indexConsent: "granted" },
    openEngine: async () => ({ engine: await openEngine(), release: async () => undefined }),
    openStore: () => ({}) as GraphStore,
    tryStore: () => Promise.reject(new Error("not asked for")),
    password: () => null,
    saveSettings: async () => undefined,
  });
  return { session, api: createApi(session) };
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
