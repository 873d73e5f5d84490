import type { Hasher } from "../kernel/hash";
import type { JsonObject } from "../kernel/json";
import type { DataFolder } from "./port";
import { RangeSet, type ReadonlyRanges } from "./ranges";
import { createSealedLog, logStem } from "./sealedLog";
import { deviceFolder } from "./segments";
import { TargetAcks, type Place } from "./targetAcks";

/**
 * Which events each target has, as ranges of `seq` for each device. A target is any text (address, database and epoch);
 * one that is new has nothing. Losing acknowledgements is harmless, as sending again changes nothing; so nobody waits
 * for them to be written.
 */
export interface Acknowledgements {
  /** Targets that ever acknowledged something. */
  readonly targets: readonly string[];
  /** Places that the target has. */
  count(target: string): number;
  has(target: string, place: Place): boolean;
  /** Those of `present` that the target does not have. */
  pending(target: string, device: string, present: ReadonlyRanges): RangeSet;
  /** Counts at once; the file follows. */
  acknowledge(target: string, places: Iterable<Place>): void;
  /** The greatest acknowledged seq of a device over all targets, 0 when there is none. */
  highest(device: string): number;
  /** Everything is pending for this target again. Rejects with StorageError. */
  forget(target: string): Promise<void>;
  /** These places of a device are pending again, for one target or for every one. Rejects with StorageError. */
  forgetPlaces(device: string, places: ReadonlyRanges, target?: string): Promise<void>;
  /** Tries to write what is not written yet. Never rejects. */
  flush(): Promise<void>;
}

export interface AcknowledgementOptions {
  readonly folder: DataFolder;
  /** Our own device. */
  readonly device: string;
  readonly hasher: Hasher;
  /** A reader makes no file shorter. */
  readonly writes: boolean;
  /** Hears of acknowledgements that could not be written. They are tried again with the next ones. */
  readonly onFailure: (error: unknown) => void;
}

/** Lines that a file may have when it is opened before it is made shorter. */
const TIDY = 20;

/** Reads the acknowledgements of all targets. Rejects with StorageError. */
export async function openAcknowledgements(options: AcknowledgementOptions): Promise<Acknowledgements> {
  const targets = new Map<string, TargetAcks>();
  for (const stem of await listStems(options)) {
    const loaded = await loadTarget(stem, options);
    if (loaded !== null) targets.set(loaded.target, loaded.acks);
  }

  function acksOf(target: string): TargetAcks {
    const known = targets.get(target);
    if (known !== undefined) return known;
    const created = createAcks(target, stemOf(target, options.hasher), options);
    targets.set(target, created);
    return created;
  }

  return {
    get targets() {
      return [...targets.keys()];
    },
    count: (target) => targets.get(target)?.count ?? 0,
    has: (target, place) => targets.get(target)?.has(place) === true,
    pending: (target, device, present) => targets.get(target)?.pending(device, present) ?? present.copy(),
    acknowledge: (target, places) => acksOf(target).acknowledge(places),
    highest: (device) => Math.max(0, ...[...targets.values()].map((acks) => acks.highest(device))),
    forget: async (target) => {
      const acks = targets.get(target);
      targets.delete(target);
      await acks?.save();
      await logOf(stemOf(target, options.hasher), options).remove();
    },
    forgetPlaces: async (device, places, target) => {
      for (const [name, acks] of targets) if (target === undefined || name === target) await acks.forget(device, places);
    },
    flush: async () => {
      await Promise.all([...targets.values()].map((acks) => acks.save()));
    },
  };
}

function createAcks(target: string, stem: string, options: AcknowledgementOptions): TargetAcks {
  return new TargetAcks(target, logOf(stem, options), options.onFailure);
}

function logOf(stem: string, { folder, device, hasher }: AcknowledgementOptions): ReturnType<typeof createSealedLog> {
  return createSealedLog(folder, `${acksFolder(device)}/${stem}`, hasher);
}

async function listStems({ folder, device }: AcknowledgementOptions): Promise<readonly string[]> {
  const { files } = await folder.list(acksFolder(device));
  return [...new Set(files.map(({ name }) => logStem(name)).filter((stem) => stem !== null))].sort();
}

/** Null when the file does not say whose it is, or has another target's name: it then counts for nobody. */
async function loadTarget(
  stem: string,
  options: AcknowledgementOptions,
): Promise<{ readonly target: string; readonly acks: TargetAcks } | null> {
  const lines: JsonObject[] = [];
  const log = logOf(stem, options);
  await log.read((line) => lines.push(line));
  const target = lines.map((line) => line["target"]).find((value) => typeof value === "string");
  if (target === undefined || stemOf(target, options.hasher) !== stem) return null;
  const acks = new TargetAcks(target, log, options.onFailure);
  for (const line of lines) acks.load(line);
  if (options.writes) await acks.compact(TIDY).catch(options.onFailure);
  return { target, acks };
}

function acksFolder(device: string): string {
  return `${deviceFolder(device)}/acks`;
}

function stemOf(target: string, hasher: Hasher): string {
  return hasher.sha256(target).slice(0, 32);
}
