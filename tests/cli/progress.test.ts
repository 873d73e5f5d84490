import { describe, expect, it } from "vitest";
import { ProgressLine } from "../../src/cli/progress";
import type { EngineStatus, StoreStatus } from "../../src/engine/index";
import { engineStatus } from "../fakes/engineStatus";

const store = (sent: number, pending: number, state: StoreStatus["state"] = "pending"): StoreStatus => ({ state, message: null, sent, pending, dead: 0 });
const local = store(0, 0, "ok");

const sending = (sent: number, pending: number): EngineStatus => engineStatus({ phase: { kind: "watching" }, events: sent + pending, stores: { local, neo4j: store(sent, pending) } });
const scanning = (done: number, total: number, events: number): EngineStatus =>
  engineStatus({ phase: { kind: "scanning", done, total, startedAt: 0 }, events, stores: { local } });

describe("the live line", () => {
  it("shows how fast events are sent and when the rest is there", () => {
    const line = new ProgressLine();
    expect(line.of(sending(0, 1_000), 0)).toBe("… events/s sent · 1000 pending · ETA …");
    expect(line.of(sending(100, 900), 1_000)).toBe("100 events/s sent · 900 pending · ETA 9 s");
    expect(line.of(sending(0, 60_000), 2_000)).toBe("… events/s sent · 60000 pending · ETA …");
  });

  it("goes by the last seconds, not by all the time since the start", () => {
    const line = new ProgressLine();
    for (let second = 0; second <= 60; second += 1) line.of(sending(0, 1_000), second * 1_000);
    for (let second = 61; second <= 65; second += 1) line.of(sending((second - 60) * 100, 500), second * 1_000);
    expect(line.of(sending(600, 400), 66_000)).toBe("100 events/s sent · 400 pending · ETA 4 s");
  });

  it("shows files and journaled events during a scan, and begins anew for what comes after it", () => {
    const line = new ProgressLine();
    line.of(scanning(0, 100, 0), 0);
    expect(line.of(scanning(10, 100, 500), 1_000)).toBe("10 of 100 files · 500 events/s journaled · ETA 9 s");
    expect(line.of(sending(0, 5_000), 1_250)).toBe("… events/s sent · 5000 pending · ETA …");
  });

  it("is not there while nothing is under way, and promises nothing while the store is away", () => {
    const line = new ProgressLine();
    expect(line.of(sending(10, 0), 0)).toBeNull();
    expect(line.of(engineStatus({ phase: { kind: "watching" }, stores: { local } }), 10)).toBeNull();
    expect(line.of(engineStatus({ stores: { local, neo4j: store(0, 3, "unavailable") } }), 20)).toBe("3 pending · Neo4j: unavailable");
  });
});
