import type { EngineStatus } from "./status/status";
import { catchUp, refold } from "./project/catchUp";
import { compareWithJournals } from "./project/compareWithJournals";
import type { RebuildReport } from "./engine";
import type { RunningParts } from "./runningEngine";

type RebuildParts = Pick<RunningParts, "delivery" | "fold" | "storage">;

export interface RebuildHost {
  /** Keeps what is not kept yet, unless the engine has ended meanwhile. */
  readonly flush: () => Promise<void>;
  readonly stores: () => EngineStatus["stores"];
}

/** Makes the local graph again from the journals, or only says what that would change. */
export async function rebuild(
  { delivery, fold, storage }: RebuildParts,
  { dryRun, resend }: { readonly dryRun: boolean; readonly resend: boolean },
  { flush, stores }: RebuildHost,
): Promise<RebuildReport> {
  const { folded, graph, journal } = storage;
  await fold.idle();
  const { differences, events } = await compareWithJournals(graph, journal, dryRun ? "planned" : "done");
  if (!dryRun) {
    await fold.alone(
      () => refold(graph, journal, folded),
      () => catchUp(graph, journal, folded),
    );
    await flush();
  }
  if (!dryRun && resend) await delivery.resend();
  return { events, differences, applied: !dryRun, stores: stores() };
}
