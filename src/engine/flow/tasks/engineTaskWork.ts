import type { LocalGraph } from "../../graph/localGraph";
import type { Journal } from "../../journal/journal";
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
import { indexItems } from "./indexItems";
import { localGraphSource } from "./localGraphSource";
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
}

/** Tasks over the stages of an engine. Nothing runs before they are started. */
export function engineTaskWork(parts: EngineTaskWorkParts): TaskWork {
  const { clock, delivery, graph, graphIdle, journal, live, problems, scanMemory, tower, vaultFiles } = parts;
  const mayCapture = parts.mayCapture ?? ((): boolean => true);
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
    isFirstLook: (path) => scanMemory.firstIndex && graph.canvasByPath(path) === null,
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
    kinds,
    expansions: new Map([
      ["index", (requests) => indexItems(vaultFiles, requests)],
      ["verify", (requests) => verifyItems({ files: vaultFiles, graph }, requests)],
    ]),
    hidden: parts.hidden ?? (() => false),
    timeZone: parts.timeZone ?? null,
    outlets: parts.outlets ?? null,
    suggest: (kind, items) => suggestedPriority(graph, kind, items, clock.now()),
    changed: () => tower.changed(),
  });
  return taskWork;
}
