import type { LearningEvent } from "../learning/event";
import { emptyStats, reduce } from "../stats/reduce";
import { deadLetterViews } from "./deliver/deadLetterViews";
import { STORE } from "./deliver/delivery";
import type { DeadLetterView, EventQuery } from "./engine";
import type { EngineParts } from "./engineParts";
import { compareWithJournals, type Rebuilt } from "./project/compareWithJournals";
import { findProblems } from "./capture/findProblems";
import { localStatus } from "./status/localStatus";
import { queryEvents } from "./queryEvents";
import { readTaskViews } from "./tasks/readTaskViews";
import { readOnlyFolder } from "./project/readOnlyFolder";
import type { EngineStatus, StoreStatus } from "./status/status";
import { viewStorage } from "./project/storage";
import { StoreLedger } from "./deliver/storeLedger";

/** A vault's history as it lies in the plugin folder, for looking only. */
export interface EngineView {
  status(): EngineStatus;
  deadLetters(): readonly DeadLetterView[];
  events(query?: EventQuery): AsyncIterable<LearningEvent>;
  /** What a rebuild of the local graph would change. */
  compare(): Promise<Rebuilt>;
}

export type ViewParts = Pick<EngineParts, "clock" | "hasher" | "logger" | "folder" | "vault" | "device" | "vaultFiles"> & {
  /** The address of a store whose acknowledgements are to be counted; null for none. */
  readonly storeAddress: string | null;
};

/** Opens a vault without a lock and without changing anything, also while another process writes it. */
export async function viewEngine(parts: ViewParts): Promise<EngineView> {
  const folder = readOnlyFolder(parts.folder);
  const storage = await viewStorage({ ...parts, folder });
  const { acks, dead, folded, graph, journal } = storage;
  const problems = await findProblems(parts.vaultFiles, graph);
  const tasks = await readTaskViews({ ...parts, folder });

  const { storeAddress } = parts;
  const ledger = storeAddress === null ? null : new StoreLedger({ acks, dead, journal }, storeAddress);

  const status = (): EngineStatus => {
    const counts = ledger?.counts ?? null;
    return {
      vault: parts.vault,
      device: parts.device,
      phase: { kind: "stopped" },
      journal: { kind: "ok" },
      events: journal.counts.events,
      quarantined: journal.counts.quarantined,
      canvases: graph.summary().canvases,
      stores: {
        local: localStatus(journal, folded),
        ...(counts === null ? {} : { neo4j: standing(counts) }),
      },
      problems,
      tasks,
      backpressure: "ok",
      // Nothing is sent by who only looks: of its figures only those that the journal and the ledger give are there.
      stats: counts === null ? emptyStats : reduce(emptyStats, { kind: "backlog", store: STORE, ...counts }),
    };
  };
  return {
    status,
    deadLetters: () => deadLetterViews(dead),
    events: (query = {}) => queryEvents(journal, query),
    compare: () => compareWithJournals(graph, journal, "planned"),
  };
}

function standing(counts: StoreLedger["counts"]): StoreStatus {
  return { state: counts.pending > 0 ? "pending" : "ok", message: null, ...counts };
}
