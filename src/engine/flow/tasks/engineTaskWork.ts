import type { LocalGraph } from "../../graph/localGraph";
import type { Journal } from "../../journal/journal";
import { onlyResult } from "../../learning/result";
import { NodeTurns } from "../../tasks/nodes/nodeTurns";
import type { NodeTasks } from "../../tasks/nodes/nodeTasks";
import { TaskFailure } from "../../tasks/taskFailure";
import { exportStats } from "../../stats/exportStats";
import type { ScanMemory } from "../capture/scanMemory";
import type { LiveFiles } from "../capture/liveFiles";
import type { ProblemBook } from "../capture/problemBook";
import { STORE } from "../deliver/delivery";
import type { StoreDelivery } from "../deliver/storeDelivery";
import type { Engine, EngineSettings } from "../engine";
import type { EngineParts } from "../engineParts";
import { queryEvents } from "../queryEvents";
import type { Watchtower } from "../status/watchtower";
import type { Expansion } from "./expandingTasks";
import { indexItems } from "./indexItems";
import { localGraphSource } from "./localGraphSource";
import { completeItems } from "./nodes/nodeItemsOf";
import { NodeTaskDesk } from "./nodes/nodeTaskDesk";
import { nodeTaskKinds } from "./nodes/nodeTaskKinds";
import { MODEL_DOMAIN, type NodeWorkParts } from "./nodes/nodeWork";
import type { UndoOwner } from "./nodes/undoNodeTask";
import { taskKinds } from "./taskKinds";
import { suggestedPriority } from "./suggestedPriority";
import { TaskWork } from "./taskWork";
import { verifyItems } from "./verifyItems";

export interface EngineTaskWorkParts extends EngineParts {
  readonly graph: LocalGraph;
  readonly journal: Journal;
  readonly scanMemory: ScanMemory;
  readonly live: LiveFiles;
  readonly problems: ProblemBook;
  readonly delivery: StoreDelivery;
  readonly tower: Watchtower;
  readonly masteryTable: () => EngineSettings["masteryTable"];
  /** Resolves when the graph has everything that the journal has. */
  readonly graphIdle: () => Promise<void>;
  readonly readOtherDevices: () => Promise<unknown>;
  readonly rebuild: Engine["rebuild"];
  readonly mutate: Engine["mutate"];
  readonly recordBatch: Engine["recordBatch"];
  /** Null where writes of canvases cannot be taken back. */
  readonly undoOwner: UndoOwner | null;
}

export interface EngineTaskWork {
  readonly taskWork: TaskWork;
  readonly nodeTasks: NodeTasks | null;
}

/** Tasks over the stages of an engine. Nothing runs before they are started. */
export function engineTaskWork(parts: EngineTaskWorkParts): EngineTaskWork {
  const { clock, delivery, graph, graphIdle, journal, live, problems, scanMemory, tower, vaultFiles } = parts;
  const mayCapture = parts.mayCapture ?? ((): boolean => true);
  const isFirstLook = (path: string): boolean => scanMemory.firstIndex && graph.canvasByPath(path) === null;
  const onNodes = nodeWork(parts, mayCapture, isFirstLook);
  const kinds = taskKinds({
    ...parts,
    mayCapture,
    exportFiles: parts.exportFiles ?? null,
    sources: {
      events: (query) => queryEvents(journal, query),
      graph: localGraphSource(graph),
      stats: () => exportStats(tower.stats, STORE, clock.monotonic()),
      tasks: { status: (id) => taskWork.tasks.status(id), results: (id) => taskWork.tasks.results(id) },
      isResult: (kind, value) => taskWork.isResult(kind, value),
    },
    isFirstLook,
    look: (path, origin) => live.lookNow(path, origin),
    problemsOf: (path) => problems.all().filter((problem) => problem.path === path),
    drain: (deadlineMs) => delivery.drain(deadlineMs),
    storeStatus: () => delivery.status(),
    comparableStore: () => delivery.comparable(),
    repairs: {
      look: async (path) => {
        if (!mayCapture()) throw new TaskFailure("unavailable", "not-capturing", "This vault is not captured now.");
        await live.canvasChanged(path);
      },
      vanished: (path) => {
        if (mayCapture()) live.fileDeleted(path);
      },
      settle: () => live.settle(),
    },
    catchUp: async () => {
      await parts.readOtherDevices();
      await graphIdle();
    },
    eventCount: () => journal.counts.events,
  });
  const taskWork: TaskWork = new TaskWork({
    ...parts,
    kinds: onNodes === null ? kinds : [...kinds, ...nodeTaskKinds(onNodes)],
    expansions: new Map<string, Expansion>([
      ["index", (requests) => indexItems(vaultFiles, requests)],
      ["verify", (requests) => verifyItems({ files: vaultFiles, graph }, requests)],
      ...(onNodes === null ? [] : (["explain", "summarise"] as const).map((name): [string, Expansion] => [name, async (requests) => completeItems(onNodes, name, requests)])),
    ]),
    hidden: parts.hidden ?? (() => false),
    timeZone: parts.timeZone ?? null,
    outlets: parts.outlets ?? null,
    suggest: (kind, items) => suggestedPriority(graph, kind, items, clock.now()),
    changed: () => tower.changed(),
  });
  if (onNodes === null) return { taskWork, nodeTasks: null };
  const { tasks } = taskWork;
  return { taskWork, nodeTasks: new NodeTaskDesk({ ...onNodes, tasks, tryModelAgain: () => taskWork.tryAgain(MODEL_DOMAIN), undoOwner: parts.undoOwner }) };
}

/** Null where the host has no tasks on nodes. */
function nodeWork(parts: EngineTaskWorkParts, mayCapture: () => boolean, isFirstLook: (path: string) => boolean): NodeWorkParts | null {
  const { exportFiles, graph, live, nodeTaskHost } = parts;
  if (nodeTaskHost === undefined || exportFiles === undefined) return null;
  return {
    ...parts,
    mayCapture,
    host: nodeTaskHost,
    turns: new NodeTurns(),
    newNotes: exportFiles,
    canvasIdOf: (path) => graph.canvasByPath(path)?.id ?? null,
    pathOf: (canvasId) => {
      const canvas = graph.canvasById(canvasId);
      return canvas?.live === true ? canvas.path : null;
    },
    // What was written a moment ago is an edit, however soon the host tells of it.
    look: (path) => live.lookNow(path, isFirstLook(path) ? "index" : "edit"),
    record: async (item) => onlyResult(await parts.recordBatch([item], { origin: "task" })),
  };
}
