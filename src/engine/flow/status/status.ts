import type { FileProblem } from "../../canvas/document";
import type { Pressure } from "../../batch/policy/pressure";
import type { JournalState } from "../../journal/journalState";
import type { Stats } from "../../stats/reduce";
import type { TaskView } from "../../tasks/taskView";

export type StoreState = "ok" | "pending" | "unavailable" | "auth" | "config" | "paused";

/** How one store stands. Counts are events. */
export interface StoreStatus {
  readonly state: StoreState;
  /** One plain sentence when something is wrong, else null. */
  readonly message: string | null;
  /** Events that the store has (local: in the local graph). */
  readonly sent: number;
  /** Events that it still has to get, those on their way included. */
  readonly pending: number;
  /** Events that it refused and that wait for a person. */
  readonly dead: number;
}

export type EnginePhase =
  | { readonly kind: "starting" }
  | { readonly kind: "scanning"; readonly done: number; readonly total: number; readonly startedAt: number }
  | { readonly kind: "watching" }
  | { readonly kind: "stopped" };

/** Everything a person or another program can know about the engine now: one immutable value. */
export interface EngineStatus {
  readonly vault: string;
  readonly device: string;
  readonly phase: EnginePhase;
  /** Whether the journal can be written: nothing else that goes wrong shows here. */
  readonly journal: JournalState;
  /** Events in the journals of all devices. */
  readonly events: number;
  /** Journal lines that could not be read and were set aside. */
  readonly quarantined: number;
  /** Live canvases. */
  readonly canvases: number;
  readonly stores: { readonly local: StoreStatus; readonly neo4j?: StoreStatus };
  readonly problems: readonly FileProblem[];
  /** How much waits for the stores: of several the highest level. */
  readonly backpressure: Pressure;
  /** In the order of their creation, ended ones too until they are forgotten. */
  readonly tasks: readonly TaskView[];
  readonly stats: Stats;
}
