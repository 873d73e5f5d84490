import type { EngineStatus, StoreStatus } from "../../src/engine/index";
import { emptyStats } from "../../src/engine/index";

export function storeStatus(overrides: Partial<StoreStatus> = {}): StoreStatus {
  return { state: "ok", message: null, sent: 0, pending: 0, dead: 0, ...overrides };
}

/** An engine at rest that watches a vault, without Neo4j. */
export function engineStatus(overrides: Partial<EngineStatus> = {}): EngineStatus {
  return {
    vault: "11111111-2222-4333-8444-555555555555",
    device: "0123456789abcdef",
    phase: { kind: "watching" },
    journal: { kind: "ok" },
    events: 0,
    quarantined: 0,
    canvases: 0,
    stores: { local: storeStatus() },
    problems: [],
    backpressure: "ok",
    tasks: [],
    stats: emptyStats,
    ...overrides,
  };
}
