import type { Engine, LearningEvent, ScanReport } from "../engine/index";

export interface Scanned {
  readonly report: ScanReport;
  /** Why not every file was looked at; null when all were. */
  readonly trouble: string | null;
}

/** Scans the vault. One that fails half-way, as on a full disk, still comes to a report of what was journaled until then. */
export async function scanOrReport(engine: Engine): Promise<Scanned> {
  const seen: LearningEvent[] = [];
  const silence = engine.onSignal((signal) => {
    if (signal.kind === "event" && signal.event.device === engine.device) seen.push(signal.event);
  });
  try {
    const report = await engine.scan();
    return { report, trouble: report.stopped ? "interrupted before every file was looked at; sync goes on from here" : null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { report: unfinished(engine, seen), trouble: `not every file was looked at: ${reason}` };
  } finally {
    silence();
  }
}

function unfinished(engine: Engine, seen: readonly LearningEvent[]): ScanReport {
  const { canvases, problems, stats } = engine.status();
  const events: Record<string, number> = {};
  for (const { type } of seen) events[type] = (events[type] ?? 0) + 1;
  return {
    canvases,
    unreadable: new Set(problems.map(({ path }) => path)).size,
    events,
    journaled: seen.length,
    duplicates: stats.journal.duplicates,
    problems,
    stopped: true,
  };
}
