import { readdir, stat } from "node:fs/promises";
import type { Cancel, Clock } from "../../engine/index";

/** Milliseconds between two looks: well below the time that a vanished canvas waits before it counts as deleted. */
const LOOK_MS = 1_000;

/** The folder that a path led to. One that was made again, or mounted over it, is another one. */
export interface VaultRoot {
  readonly path: string;
  /** Null where there was none. */
  readonly folder: Folder | null;
}

interface Folder {
  readonly place: string;
  /** When it was made, in nanoseconds. */
  readonly made: bigint;
  /** False where this may be the time of the last change: some disks know no other. */
  readonly isSure: boolean;
}

export interface Waiting {
  readonly over: Promise<void>;
  /** Looks no more; `over` may then stay open for ever. */
  end(): void;
}

export async function findRoot(path: string): Promise<VaultRoot> {
  try {
    const { birthtimeNs, ctimeNs, dev, ino } = await stat(path, { bigint: true });
    return { path, folder: { place: `${dev}:${ino}`, made: birthtimeNs, isSure: birthtimeNs !== ctimeNs } };
  } catch {
    return { path, folder: null };
  }
}

/** Whether a folder that was there is not the one that its path leads to any more. */
export async function isGone(root: VaultRoot): Promise<boolean> {
  if (root.folder === null) return false;
  const { folder } = await findRoot(root.path);
  return folder === null || !isSame(root.folder, folder);
}

// A disk gives the number of a folder that was removed to the next one that is made.
function isSame(before: Folder, now: Folder): boolean {
  return before.place === now.place && (!before.isSure || before.made === now.made);
}

/** Waits until the folder is gone. It has to be looked for: what watches a folder hears nothing of one that takes its place. */
export function untilGone(root: VaultRoot, clock: Clock): Waiting {
  return until(clock, () => isGone(root));
}

/**
 * Waits until there is a vault: a folder with something in it, so that the empty place of a disk is none, and nothing
 * that came or went since the last look, so that one that is still copied is none yet.
 */
export function untilBack(path: string, clock: Clock): Waiting {
  let before: string | null = null;
  return until(clock, async () => {
    const now = await contents(path);
    const isSteady = now !== null && now === before;
    before = now;
    return isSteady;
  });
}

async function contents(path: string): Promise<string | null> {
  const { folder } = await findRoot(path);
  const names = await readdir(path).catch(() => []);
  // A clone has its hidden folder long before it has files.
  const visible = names.filter((name) => !name.startsWith(".") || name === ".obsidian");
  return folder === null || visible.length === 0 ? null : [folder.place, ...visible.sort()].join("/");
}

function until(clock: Clock, isSo: () => Promise<boolean>): Waiting {
  let ended = false;
  let cancel: Cancel = () => undefined;
  const over = new Promise<void>((resolve, reject) => {
    const look = (): void => void isSo().then((is) => (is ? resolve() : plan()), reject);
    const plan = (): void => {
      if (!ended) cancel = clock.after(LOOK_MS, look);
    };
    plan();
  });
  return {
    over,
    end: () => {
      ended = true;
      cancel();
    },
  };
}
