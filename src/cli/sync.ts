import { createSystemClock } from "../adapters/system/systemClock";
import type { Engine, EngineStatus, ScanReport, TaskView } from "../engine/index";
import type { HostOptions } from "./arguments";
import { counted } from "./counted";
import { drainWhileItMoves } from "./drainWhileItMoves";
import { withVault } from "./openVault";
import type { Output } from "./output";
import { drawProgress } from "./progress";
import { damageText, failures, leftTasksText, problemText, storesJson, storesText, typesText } from "./report";
import { scanOrReport, type Scanned } from "./scanOrReport";
import { tasksWhileTheyMove } from "./tasksWhileTheyMove";

const clock = createSystemClock();

/** Catches up once, or as far as it gets until `stopped` resolves. Returns the exit status. */
export function sync(host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<number> {
  const started = performance.now();
  return withVault(host, async ({ engine }) => {
    const { left, report, trouble } = await catchUp(engine, host, output, stopped);
    // Before the vault is let go: a closed engine has no store to tell of any more.
    const status = engine.status();
    const ms = Math.round(performance.now() - started);
    await output.line(json ? JSON.stringify(summaryJson(report, status, ms)) : summaryText(report, status, ms));
    for (const problem of json ? [] : report.problems) output.note(problemText(problem));
    const failed = [...(trouble === null ? [] : [trouble]), ...failures(status, report.unreadable), ...leftTasksText(left)];
    for (const line of failed) output.note(line);
    return failed.length > 0 ? 1 : 0;
  });
}

interface CaughtUp extends Scanned {
  /** Tasks that are not finished although they could go on. */
  readonly left: readonly TaskView[];
}

async function catchUp(engine: Engine, host: HostOptions, output: Output, stopped: Promise<void>): Promise<CaughtUp> {
  const endProgress = drawProgress(output, () => engine.status(), () => performance.now());
  stopped.then(() => engine.stopScan(), () => engine.stopScan());
  try {
    const scanned = await scanOrReport(engine);
    const left = await tasksWhileTheyMove({ tasks: engine.tasks, limitMs: host.timeoutMs, clock, stopped });
    // Whoever waited in vain for tasks has waited as long for the store.
    if (host.neo4j !== null && scanned.trouble === null && left.length === 0) await Promise.race([drainWhileItMoves(engine, host.timeoutMs), stopped]);
    await engine.flush();
    return { ...scanned, left };
  } finally {
    endProgress();
  }
}

function summaryJson(report: ScanReport, status: EngineStatus, ms: number): object {
  const { canvases, unreadable, events, journaled, duplicates, problems } = report;
  // Only where there are any: programs may take what a sound journal gives for the whole shape.
  const damaged = status.quarantined === 0 ? {} : { damaged_lines: status.quarantined };
  return { canvases, unreadable, events, journaled, duplicates, stores: storesJson(status.stores), problems, ...damaged, ms };
}

function summaryText(report: ScanReport, status: EngineStatus, ms: number): string {
  return [
    `${counted(report.canvases, "canvas", "canvases")}, ${counted(report.journaled, "new event")} in ${(ms / 1_000).toFixed(1)} s`,
    ...typesText(report.events),
    ...damageText(status),
    ...storesText(status.stores),
  ].join("\n");
}
