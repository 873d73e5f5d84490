import { createEmitter, type Emitter } from "../kernel/emitter";
import type { LearningEvent, UnplacedEvent } from "../learning/event";
import { Appender } from "./appender";
import { doubledPlaces } from "./doubledPlaces";
import type { Journal } from "./journal";
import type { JournalIndex } from "./journalIndex";
import type { JournalState } from "./journalState";
import type { PlaceProofs } from "./placeProofs";
import { StorageError } from "./port";
import { scanJournals, type ReaderOptions, type ScannedJournals } from "./readJournal";
import { repairSegment } from "./repairSegment";
import { SEGMENT_BYTES } from "./segments";
import { SegmentWriter, type WritePosition } from "./segmentWriter";
import { strayEvents } from "./strays";

export interface JournalOptions extends ReaderOptions {
  /**
   * The greatest seq of our own device that acknowledgements or checkpoints name. New events get greater ones, so that
   * none counts as sent or folded because the journal was replaced by an older copy.
   */
  readonly seqAbove?: number;
  /** Bytes of a segment; 4 MB when absent. */
  readonly segmentBytes?: number;
  /** Characters that leave together while others wait; 64 kB when absent. */
  readonly groupLength?: number;
}

interface News {
  readonly recovered: Emitter<readonly LearningEvent[]>;
  readonly states: Emitter<JournalState>;
}

const GROUP_LENGTH = 64 * 1024;
/** Events that are adopted with one append. */
const ADOPTED_TOGETHER = 256;

/**
 * Opens the journals of all devices for reading and our own one for writing. Only one process at a time may do so for
 * one device. Rejects with StorageError when our own journal cannot be read.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const scanned = await scanJournals(options, true);
  const report = (error: unknown): void => options.logger.error(`A listener of the journal failed: ${String(error)}`);
  const recovered = createEmitter<readonly LearningEvent[]>(report);
  const states = createEmitter<JournalState>(report);
  const appender = createAppender(options, scanned, { recovered, states });
  await adoptStrays(options, scanned, appender);
  await tryToKeep(scanned.proofs, options);
  return withReader(scanned, appender, { recovered, states }, options);
}

// Before anything is sent of it, so that no event is known as sent whose place has no proof.
async function tryToKeep(proofs: PlaceProofs, { logger }: JournalOptions): Promise<void> {
  try {
    await proofs.save();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    // The next checkpoint tries again, and tells a person of it.
    logger.debug(`What stands on the places of the journals is not kept yet: ${error.message}`);
  }
}

function createAppender(
  options: JournalOptions,
  { index, quarantine }: ScannedJournals,
  { recovered, states }: News,
): Appender {
  const { folder, device, codec } = options;
  const writer = new SegmentWriter(folder, device, options.segmentBytes ?? SEGMENT_BYTES, endOf({ index, device }));
  return new Appender({
    device,
    index,
    writer,
    hasher: codec.hasher,
    groupLength: options.groupLength ?? GROUP_LENGTH,
    lastSeq: Math.max(index.journal(device).lastSeq, options.seqAbove ?? 0),
    // What a full disk kept out of the quarantine must get there before the line behind it is written.
    damaged: quarantine.isWaiting,
    repair: (onEvent) => repairSegment({ folder, device, index, writer, quarantine }, onEvent),
    onRecovered: (events) => recovered.emit(events),
    onState: (state) => states.emit(state),
  });
}

function endOf({ index, device }: Pick<ScannedJournals, "index"> & { readonly device: string }): WritePosition {
  const last = index.journal(device).lastSegment;
  if (last === null) return { segment: 1, bytes: 0, open: false };
  return { segment: last.number, bytes: last.size, open: last.open };
}

/** Gives events without a place one in our own journal, so that they are folded and sent as any other. */
async function adoptStrays(options: JournalOptions, { index }: ScannedJournals, appender: Appender): Promise<void> {
  let waiting: UnplacedEvent[] = [];
  async function adopt(): Promise<void> {
    await appender.append(waiting);
    waiting = [];
  }
  try {
    await tellDoubled(options, index);
    for await (const event of strayEvents(index.suspectFiles, { ...options, ids: index.ids })) {
      waiting.push({ ...event, device: options.device });
      if (waiting.length === ADOPTED_TOGETHER) await adopt();
    }
    await adopt();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    options.logger.warn(`Events without a place stay where they are for now: ${error.message}`);
  }
}

/** Tells places of our own journal that two events claim, before the second one gets a place of its own. */
async function tellDoubled({ folder, codec, device, logger, onDoubted }: JournalOptions, index: JournalIndex): Promise<void> {
  const places = await doubledPlaces(index.journal(device), { folder, codec, ids: index.ids });
  if (places.count === 0) return;
  logger.warn(`Two writers were at work at once: ${places.count} places of the journal are claimed twice.`);
  await onDoubted?.(device, places);
}

function withReader({ index, proofs, reader }: ScannedJournals, appender: Appender, { recovered, states }: News, options: JournalOptions): Journal {
  return {
    device: reader.device,
    get counts() {
      return reader.counts;
    },
    get state() {
      return appender.currentState;
    },
    get bytes() {
      return index.journal(options.device).bytes;
    },
    devices: () => reader.devices(),
    present: (device) => reader.present(device),
    has: (id) => appender.has(id),
    read: (request) => reader.read(request),
    readPlaces: (device, places) => reader.readPlaces(device, places),
    all: () => reader.all(),
    inHlcOrder: (keep) => reader.inHlcOrder(keep),
    refreshOthers: async (onEvent, onDoubted) => {
      const count = await reader.refreshOthers(onEvent, onDoubted);
      await tryToKeep(proofs, options);
      return count;
    },
    keepProofs: () => proofs.save(),
    append: (events) => appender.append(events),
    onItsWay: (id) => appender.onItsWay(id),
    tryAgain: () => appender.tryAgain(),
    idle: () => appender.idle(),
    onRecovered: (listener) => recovered.on(listener),
    onState: (listener) => states.on(listener),
  };
}
