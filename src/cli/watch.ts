import { watchVault } from "../adapters/node/nodeVaultWatcher";
import { findRoot, isGone, untilBack, untilGone, type VaultRoot } from "../adapters/node/vaultRoot";
import { createSystemClock } from "../adapters/system/systemClock";
import type { Engine, EngineSignal } from "../engine/index";
import type { HostOptions } from "./arguments";
import { withVault, type WritableVault } from "./openVault";
import type { Output } from "./output";
import { drawProgress } from "./progress";
import { problemText, storesJson, storesText } from "./report";

/** How long leaving waits for what is under way to a store. */
const LEAVE_MS = 5_000;

/** How a watch came to its end: it was asked to, or the vault's folder went away under it. */
type WatchEnd = "stopped" | "away";

const clock = createSystemClock();
const AWAY = "the folder is gone, or another one has taken its place; nothing in it counts as deleted, and it is read again when it is back";

/**
 * Catches up, then journals every change until `stopped` resolves. Returns the exit status. A vault whose folder goes
 * away is let go of, journal and lock included, for they lie in it; when a folder is there again it is opened anew.
 */
export async function watch(host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<number> {
  for (;;) {
    const end = await watchOnce(host, json, output, stopped);
    if (end === "stopped") return 0;
    const problem = { path: "", line: null, column: null, reason: AWAY };
    if (json) await output.line(JSON.stringify({ kind: "problem", problem }));
    else output.note(problemText(problem));
    if (!(await isBack(host.vault, stopped))) return 0;
  }
}

async function watchOnce(host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<WatchEnd> {
  const root = await findRoot(host.vault);
  try {
    return await withVault(host, (vault) => follow(vault, root, host, json, output, stopped));
  } catch (error) {
    // Whatever failed did so because the folder is not there.
    if (await isGone(root)) return "away";
    throw error;
  }
}

/** False when it was asked to stop before that. */
async function isBack(folder: string, stopped: Promise<void>): Promise<boolean> {
  const waiting = untilBack(folder, clock);
  try {
    return await Promise.race([waiting.over.then(() => true), stopped.then(() => false)]);
  } finally {
    waiting.end();
  }
}

async function follow(
  { engine, captured, lost }: WritableVault,
  root: VaultRoot,
  host: HostOptions,
  json: boolean,
  output: Output,
  stopped: Promise<void>,
): Promise<WatchEnd> {
  const endProgress = drawProgress(output, () => engine.status(), () => performance.now());
  const fail = (what: string) => (error: unknown): void => output.note(`${what}: ${messageOf(error)}`);
  const say = (value: object): void => void output.line(JSON.stringify(value)).catch(fail("standard output failed"));
  const silence = engine.onSignal((signal) => {
    if (json) say(signal);
    else if (signal.kind !== "batch") output.note(signalText(signal));
  });
  // Watching starts before the scan: what changes meanwhile is looked at twice, and the second look finds nothing new.
  const watcher = watchVault(host.vault, captured, {
    canvasChanged: (path) => void engine.canvasChanged(path).catch(fail(`${path} is not journaled yet`)),
    noteChanged: (path) => void engine.noteChanged(path).catch(fail(`${path} is not journaled yet`)),
    fileDeleted: (path) => void engine.fileDeleted(path).catch(fail(`the deletion of ${path} is not journaled yet`)),
    failed: (reason) => output.note(`the vault cannot be watched completely: ${reason}`),
  });
  const leaving = untilGone(root, clock);
  const end = Promise.race([stopped.then((): WatchEnd => "stopped"), leaving.over.then((): WatchEnd => "away"), lost]);
  end.then(() => engine.stopScan(), () => engine.stopScan());
  try {
    await watcher.ready;
    const report = await engine.scan();
    if (json) say({ kind: "ready", canvases: report.canvases, journaled: report.journaled, stores: storesJson(engine.status().stores) });
    else output.note(readyText(engine, report.canvases, report.journaled));
    return await end;
  } finally {
    leaving.end();
    await watcher.close();
    silence();
    endProgress();
    // What a folder that is gone took with it is not deleted, and nothing could be kept of it.
    if (!(await isGone(root))) {
      await engine.settleArrivals();
      if (host.neo4j !== null) await engine.drain(LEAVE_MS);
    }
  }
}

function signalText(signal: Exclude<EngineSignal, { kind: "batch" }>): string {
  switch (signal.kind) {
    case "event": {
      const { event } = signal;
      return `${new Date(event.at).toISOString()} ${event.type} ${event.canvas?.path ?? event.subject.id}`;
    }
    case "problem":
      return problemText(signal.problem);
    case "state":
      return `${signal.store}: ${signal.state}${signal.message === null ? "" : ` (${signal.message})`}`;
  }
}

function readyText(engine: Engine, canvases: number, journaled: number): string {
  return [`watching ${canvases} canvases, ${journaled} new events; Ctrl-C ends`, ...storesText(engine.status().stores)].join("\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
