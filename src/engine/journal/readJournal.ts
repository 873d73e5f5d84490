import type { Logger } from "../kernel/logger";
import type { LearningEvent } from "../learning/event";
import { isDeviceId } from "./deviceId";
import { inHlcOrder } from "./hlcOrder";
import type { JournalCounts, JournalReader, ReadRequest } from "./journal";
import { JournalIndex } from "./journalIndex";
import type { LineCodec } from "./line";
import { PlaceProofs } from "./placeProofs";
import { StorageError, type DataFolder } from "./port";
import { Quarantine } from "./quarantine";
import { RangeSet, type ReadonlyRanges } from "./ranges";
import { readPlaces } from "./readPlaces";
import { strayEvents } from "./strays";

export interface ReaderOptions {
  readonly folder: DataFolder;
  readonly codec: LineCodec;
  /** Our own device: letters, digits, `-` and `_`. */
  readonly device: string;
  readonly logger: Logger;
  /**
   * Hears of places of a device on which another event may stand than the one that is known: whatever is known of them
   * by place may be about that other one. Where it rejects with StorageError, the next opening asks again.
   */
  readonly onDoubted?: (device: string, places: ReadonlyRanges) => Promise<void>;
}

/** Opens all journals without taking or writing anything, also while another process writes. */
export async function readJournal(options: ReaderOptions): Promise<JournalReader> {
  return (await scanJournals(options, false)).reader;
}

export interface ScannedJournals {
  readonly index: JournalIndex;
  readonly quarantine: Quarantine;
  readonly proofs: PlaceProofs;
  readonly reader: JournalReader;
}

/** The one pass over all journals. `writes`: whether our own one is ours to repair now. */
export async function scanJournals(options: ReaderOptions, writes: boolean): Promise<ScannedJournals> {
  const { folder, codec, device, logger } = options;
  if (!isDeviceId(device)) throw new RangeError("expected a device id of letters, digits, - and _");
  const quarantine = await Quarantine.open(folder, device, codec.hasher);
  const proofs = await PlaceProofs.open(folder, device, codec.hasher);
  const index = new JournalIndex({
    folder,
    codec,
    device,
    quarantine,
    proofs,
    writes,
    onUnreadable: (other, error) => logger.warn(`The journal of device ${other} was left out: ${error.message}`),
  });
  await index.scanAll();
  await tellDoubted(options, proofs);
  return { index, quarantine, proofs, reader: new IndexedReader(options, index, quarantine, proofs) };
}

async function tellDoubted({ logger, onDoubted }: ReaderOptions, proofs: PlaceProofs): Promise<void> {
  for (const [device, places] of proofs.doubted()) {
    logger.warn(`The journal of device ${device} holds other events than before, or less; what is known of its places counts for nothing.`);
    try {
      await onDoubted?.(device, places);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      logger.warn(`What is known of the events of device ${device} could not all be put right: ${error.message}`);
      proofs.hold();
    }
  }
}

class IndexedReader implements JournalReader {
  constructor(
    private readonly options: ReaderOptions,
    private readonly index: JournalIndex,
    private readonly quarantine: Quarantine,
    private readonly proofs: PlaceProofs,
  ) {}

  get device(): string {
    return this.options.device;
  }

  get counts(): JournalCounts {
    let [events, unreadable, newer, duplicates] = [0, 0, 0, 0];
    for (const device of this.index.devices) {
      const journal = this.index.journal(device);
      events += journal.present.count;
      for (const facts of journal.facts) {
        newer += facts.newer;
        duplicates += facts.duplicates;
        if (device !== this.device) unreadable += facts.bad;
      }
    }
    const quarantined = this.quarantine.count("bad");
    return { events, quarantined, cut: this.quarantine.count("cut"), unreadable, newer, duplicates };
  }

  devices(): readonly string[] {
    return this.index.devices;
  }

  present(device: string): ReadonlyRanges {
    return this.index.journal(device).present;
  }

  has(id: string): boolean {
    return this.index.ids.has(id);
  }

  read({ device, from, to }: ReadRequest): AsyncIterable<LearningEvent> {
    const last = to ?? this.present(device).last ?? 0;
    return this.readPlaces(device, RangeSet.of(from <= last ? [[from, last]] : []));
  }

  readPlaces(device: string, places: ReadonlyRanges): AsyncIterable<LearningEvent> {
    return readPlaces(this.index.journal(device), places, this.options);
  }

  async *all(): AsyncGenerator<LearningEvent, void, undefined> {
    for (const device of this.devices()) yield* this.read({ device, from: 1 });
    yield* strayEvents(this.index.suspectFiles, { ...this.options, ids: this.index.ids });
  }

  inHlcOrder(keep: (event: LearningEvent) => boolean = () => true): AsyncIterable<LearningEvent> {
    return inHlcOrder(() => this.all(), keep);
  }

  async refreshOthers(
    onEvent: (event: LearningEvent) => void,
    onDoubted: (device: string, places: ReadonlyRanges) => Promise<void> = async () => undefined,
  ): Promise<number> {
    let count = 0;
    await this.index.scanOthers({
      wants: () => true,
      onEvent: (event) => {
        count += 1;
        onEvent(event);
      },
    });
    try {
      for (const [device, places] of this.proofs.doubted()) await onDoubted(device, places);
    } catch (error) {
      this.proofs.hold();
      throw error;
    }
    return count;
  }
}
