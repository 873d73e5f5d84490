import type { Clock, DataFolder, LeaseFolder, Random, Signal } from "../../engine/index";
import { holdLease } from "../../engine/index";
import { takeTurn, type AppScope, type AppTurn } from "./appTurn";

export interface DeviceHoldParts {
  readonly scope: AppScope;
  /** Whether the app has never more than one window, as on phones. */
  readonly oneWindow: boolean;
  /** When this window began, epoch ms. */
  readonly windowSince: number;
  readonly folder: LeaseFolder;
  readonly device: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the waiting. */
  readonly signal: Signal;
  /** Somebody else has the device's folder: this waits until they let it go. */
  readonly onWait: () => void;
  /** Somebody else took it: what is held has to be released. */
  readonly onLost: () => void;
}

/** The device's folder, which nobody else writes until it is released. */
export interface DeviceHold {
  readonly folder: DataFolder;
  /** Rejects with StorageError when the lock cannot be removed; the folder is then free all the same. */
  release(): Promise<void>;
}

const LOOK_AGAIN_MS = 5_000;

/** Waits until the device's folder is ours. Rejects with StorageError, and when the signal aborts. */
export async function holdDevice(parts: DeviceHoldParts): Promise<DeviceHold> {
  const turn = await takeTurn(parts.scope, parts.device, parts.signal, parts.onWait);
  try {
    const lease = await waitForLease(parts, turn);
    return {
      folder: lease.folder,
      release: async () => {
        await lease.release().finally(() => turn.end());
      },
    };
  } catch (error) {
    await turn.end();
    throw error;
  }
}

async function waitForLease(parts: DeviceHoldParts, turn: AppTurn): Promise<DeviceHold> {
  const { clock, device, folder, oneWindow, onLost, onWait, random, signal, windowSince } = parts;
  // Only this app knows the device's id. Where it has no other window that could hold the lock, a lock from before this
  // window is that of an app that died, and nobody has to wait for it to go stale. A later one is of a copy of the app
  // and its storage, on another machine perhaps: taken from it again at once, it would go back and forth for ever.
  const isAlive = (_: number | null, heartbeat: number): boolean => !(turn.alone || oneWindow) || heartbeat >= windowSince;
  const probe = { pid: null, host: "Obsidian", isAlive };
  for (;;) {
    const result = await holdLease({ folder, device, clock, random, probe, onLost, later: true });
    if (result.kind === "taken") return result;
    onWait();
    await pause(clock, signal);
  }
}

function pause(clock: Clock, signal: Signal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(LOOK_AGAIN_MS, () => {
      forget();
      resolve();
    });
    const forget = signal.onAbort(() => {
      cancel();
      reject(new Error("Canvas Engram is unloaded."));
    });
  });
}
