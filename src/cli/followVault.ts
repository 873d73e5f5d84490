import { watchVault, type VaultChanges } from "../adapters/node/nodeVaultWatcher";
import { isGone, untilGone, type VaultRoot } from "../adapters/node/vaultRoot";
import type { Clock, Engine, EngineSignal, ScanReport } from "../engine/index";
import type { HostOptions } from "./arguments";
import { counted } from "./counted";
import { eventText } from "./eventText";
import type { WritableVault } from "./openVault";
import type { Output } from "./output";
import { drawProgress } from "./progress";
import { problemText, storesJson, storesText, typesText } from "./report";
import type { Teller } from "./tellWatch";

/** How long leaving waits for what is under way to a store. */
const LEAVE_MS = 5_000;

/** How following a vault came to its end. */
export type FollowEnd =
  /** It was asked to. `complete`: everything that was seen is journaled. */
  | { readonly kind: "stopped"; readonly complete: boolean }
  /** The vault's folder went away under it. */
  | { readonly kind: "away" };

export interface FollowParts {
  readonly vault: WritableVault;
  readonly root: VaultRoot;
  readonly host: HostOptions;
  readonly teller: Teller;
  readonly output: Output;
  readonly clock: Clock;
  readonly stopped: Promise<void>;
}

/** Catches up with an open vault, then journals every change until it is asked to stop or the vault's folder is gone. */
export async function followVault({ vault, root, host, teller, output, clock, stopped }: FollowParts): Promise<FollowEnd> {
  const { engine, captured, lost } = vault;
  const endProgress = drawProgress(output, () => engine.status(), () => performance.now());
  const silence = engine.onSignal((signal) => teller.tell(signal, () => signalText(signal)));
  const { changes, idle } = toldTo(engine, output);
  // Watching starts before the scan: what changes meanwhile is looked at twice, and the second look finds nothing new.
  const watcher = watchVault(host.vault, captured, changes);
  const leaving = untilGone(root, clock);
  const end = Promise.race([stopped, leaving.over, lost]);
  let ended = false;
  const stop = (): void => {
    ended = true;
    engine.stopScan();
  };
  end.then(stop, stop);
  let away = false;
  try {
    await Promise.race([watcher.ready, end]);
    // A scan that begins after the end would not be stopped by it.
    const report = ended ? null : await engine.scan();
    if (report !== null && !report.stopped) teller.tell(ready(engine, report), () => readyText(engine, report));
    await end;
  } finally {
    leaving.end();
    await watcher.close();
    await idle();
    away = await isGone(root);
    // What a folder that is gone took with it is not deleted, and nothing could be kept of it.
    if (!away) await engine.settleArrivals();
    silence();
    endProgress();
    if (!away && host.neo4j !== null) await engine.drain(LEAVE_MS);
  }
  if (away) return { kind: "away" };
  const left = engine.notJournaled();
  if (left.length > 0) output.note(`not journaled: ${left.join(", ")}. The next sync finds what changed there`);
  return { kind: "stopped", complete: left.length === 0 };
}

/** What the watcher tells goes to the engine. `idle` resolves when all of it has been looked at. */
function toldTo(engine: Engine, output: Output): { changes: VaultChanges; idle: () => Promise<void> } {
  const looks = new Set<Promise<void>>();
  const follow = (look: Promise<void>, what: string): void => {
    const done = look.catch((error: unknown) => output.note(`${what} is not journaled yet: ${messageOf(error)}`)).finally(() => looks.delete(done));
    looks.add(done);
  };
  return {
    changes: {
      canvasChanged: (path) => follow(engine.canvasChanged(path), path),
      noteChanged: (path) => follow(engine.noteChanged(path), path),
      fileDeleted: (path) => follow(engine.fileDeleted(path), `the deletion of ${path}`),
      failed: (reason) => output.note(`the vault cannot be watched completely: ${reason}`),
    },
    idle: async () => void (await Promise.all(looks)),
  };
}

/** Null for what people are not told one by one: batches, and what a first look finds, which is summed up when it ends. */
function signalText(signal: EngineSignal): string | null {
  switch (signal.kind) {
    case "event": {
      const { origin } = signal.event;
      return origin === "index" || origin === "catch-up" ? null : eventText(signal.event);
    }
    case "problem":
      return problemText(signal.problem);
    case "state":
      return `${signal.store}: ${signal.state}${signal.message === null ? "" : ` (${signal.message})`}`;
    case "batch":
      return null;
  }
}

function ready(engine: Engine, { canvases, journaled }: ScanReport): object {
  return { kind: "ready", canvases, journaled, stores: storesJson(engine.status().stores) };
}

function readyText(engine: Engine, { canvases, events, journaled }: ScanReport): string {
  return [
    `watching ${counted(canvases, "canvas", "canvases")}, ${counted(journaled, "new event")}; Ctrl-C ends`,
    ...typesText(events),
    ...storesText(engine.status().stores),
  ].join("\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
