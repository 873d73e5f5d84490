import type { Engine, EngineStatus, ScanReport } from "../engine/index";
import type { HostOptions } from "./arguments";
import { withVault } from "./openVault";
import type { Output } from "./output";
import { drawProgress } from "./progress";
import { damageText, failures, problemText, storesJson, storesText } from "./report";

/** Catches up once. Returns the exit status. */
export async function sync(host: HostOptions, json: boolean, output: Output): Promise<number> {
  const started = performance.now();
  const { report, status } = await withVault(host, ({ engine }) => catchUp(engine, host, output));
  const ms = Math.round(performance.now() - started);
  await output.line(json ? JSON.stringify(summaryJson(report, status, ms)) : summaryText(report, status, ms));
  const failed = failures(status, report.unreadable);
  for (const problem of json ? [] : report.problems) output.note(problemText(problem));
  for (const line of failed) output.note(line);
  return failed.length > 0 ? 1 : 0;
}

async function catchUp(engine: Engine, host: HostOptions, output: Output): Promise<{ report: ScanReport; status: EngineStatus }> {
  const endProgress = drawProgress(output, () => engine.status(), () => performance.now());
  try {
    const report = await engine.scan();
    if (host.neo4j !== null) await engine.drain(host.timeoutMs);
    await engine.flush();
    // A closed engine has no store to tell of any more.
    return { report, status: engine.status() };
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
  const types = Object.entries(report.events).map(([type, count]) => `  ${String(count).padStart(8)} ${type}`);
  return [
    `${report.canvases} canvases, ${report.journaled} new events in ${(ms / 1_000).toFixed(1)} s`,
    ...types,
    ...damageText(status),
    ...storesText(status.stores),
  ].join("\n");
}
