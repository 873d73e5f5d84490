import type { DeadLetterView, EngineSignal, EngineStatus, ScanPlanSize } from "../../engine/index";
import type { Settings } from "../../settings/schema";
import type { LearningState } from "./learningState";

/** Whether the vault's changes become events, and if not, why. */
export type Intake =
  | { readonly kind: "opening" }
  /** Another window or copy of the app has this device's data; the engine opens when it lets go. */
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "asking"; readonly size: ScanPlanSize }
  | { readonly kind: "declined" }
  /** The settings were lost, so nobody knows what may be captured until the user says it again. */
  | { readonly kind: "asking-again" }
  | { readonly kind: "capturing"; readonly look: WholeLook };

/** The look at the whole vault: still to come or under way, done since the start, or stopped before its end. */
export type WholeLook = "pending" | "done" | "stopped";

/** Whether events go to Neo4j, as far as settings decide it. How the server stands is in the status. */
export type Neo4jUse =
  | { readonly kind: "off" }
  | { readonly kind: "incomplete"; readonly message: string }
  /** The settings say which one, and it could not be put in use. */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "on" };

export type LastBatch = Extract<EngineSignal, { kind: "batch" }> & { readonly at: number };

/** Everything the panel, the status bar and the settings show: one immutable value. */
export interface SessionView {
  readonly intake: Intake;
  readonly neo4j: Neo4jUse;
  readonly settings: Settings;
  readonly status: EngineStatus | null;
  readonly lastBatch: LastBatch | null;
  readonly dead: readonly DeadLetterView[];
  readonly learning: LearningState;
}

/** Whether the look at the whole vault was stopped and none is under way again. */
export function isStopped({ intake, status }: SessionView): boolean {
  return intake.kind === "capturing" && intake.look === "stopped" && status?.phase.kind !== "scanning";
}
