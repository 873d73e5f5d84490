import type { EngineStatus, StoreStatus, TaskView } from "../../../src/engine/index";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import type { TabId } from "../../../src/panel/view/tabs";
import { defaultSettings } from "../../../src/settings/schema";
import { aQuietWeek, aWeekOfLearning } from "../../fakes/aWeekOfLearning";
import { anHourOfBatches } from "../../fakes/anHourOfBatches";
import { engineStatus, storeStatus } from "../../fakes/engineStatus";
import { letter, task } from "./samples";

/** The time at which every picture is taken. */
export const PICTURE_TIME = Date.UTC(2030, 0, 16, 12, 30);

/** One state of the panel. */
export interface GalleryState {
  readonly session: SessionView;
  readonly tab: TabId;
  /** Whether somebody clicked on the chip, which says why. */
  readonly asksWhy: boolean;
}

const VAULT = "11111111-2222-4333-8444-555555555555";
const capturing: SessionView["intake"] = { kind: "capturing", look: "done" };

function state(overrides: Partial<SessionView>, status: Partial<EngineStatus> = {}): SessionView {
  return {
    intake: capturing,
    neo4j: { kind: "off" },
    settings: defaultSettings(VAULT),
    status: engineStatus({ canvases: 12, events: 4_182, ...status }),
    lastBatch: null,
    learning: noLearning,
    dead: [],
    ...overrides,
  };
}

function withNeo4j(store: Partial<StoreStatus>, status: Partial<EngineStatus> = {}, overrides: Partial<SessionView> = {}): SessionView {
  const settings = defaultSettings(VAULT);
  const stores = { local: storeStatus({ sent: 4_182 }), neo4j: storeStatus(store) };
  return state(
    {
      neo4j: { kind: "on" },
      settings: { ...settings, neo4j: { ...settings.neo4j, enabled: true, passwordSecretId: "neo4j" } },
      lastBatch: { kind: "batch", store: "neo4j", events: 200, stored: 200, failed: 0, ms: 48, at: PICTURE_TIME - 12_000 },
      ...overrides,
    },
    { stores, ...status },
  );
}

const runningTask = task({
  id: "t1",
  title: "Explain 24 cards of Calculus",
  status: "running",
  startedAt: PICTURE_TIME - 50_000,
  itemsPerSecond: 0.2,
  subject: { canvas: "Courses/Calculus.canvas", node: null },
  counts: { total: 24, waiting: 12, running: 2, done: 9, failed: 1, cancelled: 0 },
  progress: 0.42,
  eta: { leastMs: 40_000, likelyMs: 60_000, mostMs: 95_000 },
  lastError: "The card “Limits” has no text.",
});

const tasks: readonly TaskView[] = [
  runningTask,
  task({ id: "t2", title: "Index the folder Courses/Physics", status: "queued", priorityReason: "you are looking at one of its canvases", priority: "HIGH" }),
  task({ id: "t3", title: "Compare files, graph and Neo4j", status: "paused", startedAt: PICTURE_TIME - 90_000, progress: 0.1, counts: { total: 80, waiting: 72, running: 0, done: 8, failed: 0, cancelled: 0 } }),
  task({ id: "t4", title: "Summarise Optics", status: "done", progress: 1, counts: { total: 1, waiting: 0, running: 0, done: 1, failed: 0, cancelled: 0 }, endedAt: PICTURE_TIME - 120_000 }),
];

const manyTasks: readonly TaskView[] = Array.from({ length: 10_000 }, (_, index) =>
  task({ id: `m${index}`, title: `Explain card ${index + 1}`, status: index < 4 ? "running" : "queued", startedAt: index < 4 ? PICTURE_TIME - 60_000 : null, progress: index < 4 ? 0.5 : 0 }),
);

const letters = [
  letter({ id: "a1", canvasPath: "Courses/Physics/Optics.canvas", reason: "Property values can only be of primitive types or arrays thereof." }),
  letter({ id: "a2", type: "score_submitted", canvasPath: null, reason: "Node already exists with label `Note` and property `path`.", class: "constraint" }),
  letter({ id: "a3", canvasPath: "Maths.canvas" }),
];

const withProblems = state(
  {},
  {
    quarantined: 2,
    problems: [
      { path: "Courses/Physics/Optics.canvas", line: 14, column: 3, reason: "The file holds conflict markers of git." },
      { path: "Maths.canvas", line: null, column: null, reason: "Two cards have the id 6f0ad84f44ce9c17; the last one counts." },
    ],
  },
);

/** Every state that the panel has a design for, by the name of its picture. */
export const galleryStates = {
  "first-run": now(state({ intake: { kind: "asking", size: { canvases: 128, notes: 940, bytes: 7_300_000 } } }, { events: 0, canvases: 0 })),
  declined: now(state({ intake: { kind: "declined" } }, { events: 0, canvases: 0 })),
  opening: now(state({ intake: { kind: "opening" }, status: null })),
  empty: now(state({}, { events: 0, canvases: 0 })),
  indexing: now(state({ intake: { kind: "capturing", look: "pending" } }, { phase: { kind: "scanning", done: 312, total: 1_068, startedAt: PICTURE_TIME - 9_000 } })),
  "stopped-reading": now(state({ intake: { kind: "capturing", look: "stopped" } })),
  "saved-here": now(state({})),
  sent: why(withNeo4j({ sent: 4_182 })),
  sending: now(withNeo4j({ state: "pending", sent: 3_100, pending: 1_082 })),
  offline: why(withNeo4j({ state: "unavailable", sent: 3_900, pending: 282, message: "Could not connect to bolt://localhost:7687." })),
  "wrong-password": why(withNeo4j({ state: "auth", sent: 3_900, pending: 282, message: "The client is unauthorized due to authentication failure." })),
  paused: why(withNeo4j({ state: "paused", sent: 3_900, pending: 282 })),
  "no-password": why(state({ neo4j: { kind: "incomplete", message: "Choose or add the password of your Neo4j in the settings." } })),
  "disk-full": now(withNeo4j({ sent: 4_182 }, { journal: { kind: "failing", fault: "full", message: "ENOSPC: no space left on device" } })),
  "another-window": now(state({ intake: { kind: "waiting" }, status: null })),
  "did-not-start": now(state({ intake: { kind: "failed", message: "The settings file data.json is damaged, and no history says which vault this is." }, status: null })),
  "settings-lost": now(state({ intake: { kind: "asking-again" } })),
  "graph-behind": now(state({}, { stores: { local: storeStatus({ message: "A checkpoint of the local graph cannot be read." }) } })),
  working: now(withNeo4j({ state: "pending", sent: 4_100, pending: 82 }, { tasks })),
  huge: now(withNeo4j({ state: "pending", sent: 1_204_331, pending: 98_112 }, { tasks: manyTasks, events: 1_302_443 })),
  "batches-empty": { session: state({}), tab: "batches", asksWhy: false },
  batches: { session: withNeo4j({ state: "pending", sent: 3_100, pending: 1_082 }, { stats: anHourOfBatches(PICTURE_TIME) }), tab: "batches", asksWhy: false },
  "failed-empty": { session: withNeo4j({ sent: 4_182 }), tab: "failed", asksWhy: false },
  failed: { session: withNeo4j({ sent: 4_179, dead: 3 }, {}, { dead: letters }), tab: "failed", asksWhy: false },
  "file-problem": { session: withProblems, tab: "failed", asksWhy: false },
  learning: { session: state({ learning: aWeekOfLearning(PICTURE_TIME) }), tab: "learning", asksWhy: false },
  "learning-first-run": { session: state({ intake: { kind: "declined" } }, { events: 0, canvases: 0 }), tab: "learning", asksWhy: false },
  "learning-empty": { session: state({ learning: aQuietWeek(PICTURE_TIME) }), tab: "learning", asksWhy: false },
} as const satisfies Readonly<Record<string, GalleryState>>;

export type StateName = keyof typeof galleryStates;

export const stateNames = Object.keys(galleryStates) as readonly StateName[];

function now(session: SessionView): GalleryState {
  return { session, tab: "now", asksWhy: false };
}

function why(session: SessionView): GalleryState {
  return { session, tab: "now", asksWhy: true };
}
