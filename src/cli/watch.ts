import { findRoot, isGone, untilBack } from "../adapters/node/vaultRoot";
import { createSystemClock } from "../adapters/system/systemClock";
import type { HostOptions } from "./arguments";
import { followVault, type FollowEnd } from "./followVault";
import { withVault } from "./openVault";
import type { Output } from "./output";
import { problemText } from "./report";
import { tellWatch, type Teller } from "./tellWatch";

const clock = createSystemClock();
const AWAY = "the folder is gone, or another one has taken its place; nothing in it counts as deleted, and it is read again when it is back";

/**
 * Catches up, then journals every change until `stopped` resolves. Returns the exit status. A vault whose folder goes
 * away is let go of, journal and lock included, for they lie in it; when a folder is there again it is opened anew.
 */
export async function watch(host: HostOptions, json: boolean, output: Output, stopped: Promise<void>): Promise<number> {
  const teller = tellWatch(output, json);
  for (;;) {
    const end = await watchOnce(host, teller, output, stopped);
    if (end.kind === "stopped") return end.complete && !teller.failed ? 0 : 1;
    const problem = { path: "", line: null, column: null, reason: AWAY };
    teller.tell({ kind: "problem", problem }, () => problemText(problem));
    if (!(await isBack(host.vault, stopped))) return teller.failed ? 1 : 0;
  }
}

async function watchOnce(host: HostOptions, teller: Teller, output: Output, stopped: Promise<void>): Promise<FollowEnd> {
  const root = await findRoot(host.vault);
  try {
    return await withVault(host, (vault) => followVault({ vault, root, host, teller, output, clock, stopped }));
  } catch (error) {
    // Whatever failed did so because the folder is not there.
    if (await isGone(root)) return { kind: "away" };
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
