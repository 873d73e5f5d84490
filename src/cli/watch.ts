import { watchVault } from "../adapters/node/nodeVaultWatcher";
import type { Engine, EngineSignal } from "../engine/index";
import type { HostOptions } from "./arguments";
import { withVault, type WritableVault } from "./openVault";
import type { Output } from "./output";
import { drawProgress } from "./progress";
import { problemText, storesJson, storesText } from "./report";

/** How long leaving waits for what is under way to a store. */
const LEAVE_MS = 5_000;

/** Catches up, then journals every change until `stopped` resolves. Returns the exit status. */
export function watch(host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<number> {
  return withVault(host, (vault) => follow(vault, host, json, output, stopped));
}

async function follow({ engine, captured, lost }: WritableVault, host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<number> {
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
  const end = Promise.race([stopped, lost]);
  end.then(() => engine.stopScan(), () => engine.stopScan());
  try {
    await watcher.ready;
    const report = await engine.scan();
    if (json) say({ kind: "ready", canvases: report.canvases, journaled: report.journaled, stores: storesJson(engine.status().stores) });
    else output.note(readyText(engine, report.canvases, report.journaled));
    await end;
  } finally {
    await watcher.close();
    silence();
    endProgress();
    await engine.settleArrivals();
    if (host.neo4j !== null) await engine.drain(LEAVE_MS);
  }
  return 0;
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
