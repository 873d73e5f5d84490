import type { DeadLetterView, TaskView } from "../../../src/engine/index";

const CREATED = Date.UTC(2030, 0, 16, 12, 25);

/** A task of one item that waits. */
export function task(overrides: Partial<TaskView> & Pick<TaskView, "id" | "title">): TaskView {
  return {
    kind: "explain",
    subject: null,
    status: "queued",
    priority: "NORMAL",
    priorityReason: null,
    counts: { total: 1, waiting: 1, running: 0, done: 0, failed: 0, cancelled: 0 },
    progress: 0,
    eta: null,
    itemsPerSecond: null,
    createdAt: CREATED,
    startedAt: null,
    endedAt: null,
    lastError: null,
    waitsFor: null,
    schedule: null,
    ...overrides,
  };
}

/** A colour change that Neo4j refused. */
export function letter(overrides: Partial<DeadLetterView> & Pick<DeadLetterView, "id">): DeadLetterView {
  return {
    store: "neo4j",
    type: "color_changed",
    canvasPath: "Maths.canvas",
    subject: { kind: "node", id: "limits" },
    reason: "Property values can only be of primitive types or arrays thereof.",
    class: "data",
    code: "Neo.ClientError.Statement.TypeError",
    attempts: 3,
    firstAt: CREATED,
    lastAt: CREATED + 60_000,
    ...overrides,
  };
}
