import type { LearningEvent } from "../learning/event";
import { DeviceJournal, emptySegment } from "./deviceJournal";
import { Fingerprints } from "./fingerprints";
import type { LineCodec } from "./line";
import type { PlaceProofs } from "./placeProofs";
import { StorageError, type DataFolder } from "./port";
import type { Quarantine, SetAsideKind } from "./quarantine";
import { scanSegment, type ScanListener } from "./scanSegment";
import type { WritePosition } from "./segmentWriter";
import { listDevices, listJournal, segmentPath, type JournalFile, type Segment } from "./segments";

export interface IndexOptions {
  readonly folder: DataFolder;
  readonly codec: LineCodec;
  /** Our own device. */
  readonly device: string;
  /** Where lines of our own journal that cannot be read go. */
  readonly quarantine: Quarantine;
  /** What stood on the places before. */
  readonly proofs: PlaceProofs;
  /** Whether we are the one who writes our own journal now. A reader writes nothing and meets lines half written. */
  readonly writes: boolean;
  /** A device's folder that cannot be read now is left out; it may be readable at the next look. */
  onUnreadable(device: string, error: StorageError): void;
}

/** Which events a scan hands out: those that `wants` says yes to and that were in no journal before. */
export interface EventListener {
  wants(device: string, seq: number): boolean;
  onEvent(event: LearningEvent): void;
}

const nobody: EventListener = { wants: () => false, onEvent: () => undefined };

/** What is in the journals of all devices, without the events themselves. */
export class JournalIndex {
  readonly ids = new Fingerprints();
  private readonly journals = new Map<string, DeviceJournal>();
  private strayFiles: JournalFile[] = [];

  constructor(private readonly options: IndexOptions) {
    this.attach(options.device);
  }

  /** Our own device first, then the others by name. */
  get devices(): readonly string[] {
    const { device } = this.options;
    return [device, ...[...this.journals.keys()].filter((name) => name !== device).sort()];
  }

  /** An empty one for a device that has none. */
  journal(device: string): DeviceJournal {
    return this.journals.get(device) ?? new DeviceJournal(device);
  }

  /** Files that may hold events without a place: those with strange names, and segments with misplaced lines. */
  get suspectFiles(): readonly JournalFile[] {
    const mixed: JournalFile[] = [];
    for (const journal of this.journals.values()) {
      for (const { path, size, misplaced } of journal.facts) {
        if (misplaced > 0) mixed.push({ path, name: path, size });
      }
    }
    return [...mixed, ...this.strayFiles];
  }

  /** Reads every journal once, our own first: where an event is in two, its place is here. */
  async scanAll(): Promise<void> {
    await this.scanDevice(this.options.device, nobody);
    await this.scanOthers(nobody);
  }

  /** Reads what other devices' folders brought: new segments and those that have another size now. */
  async scanOthers(listener: EventListener): Promise<void> {
    for (const device of await listDevices(this.options.folder)) {
      if (device !== this.options.device) await this.scanOther(device, listener);
    }
  }

  private async scanOther(device: string, listener: EventListener): Promise<void> {
    try {
      await this.scanDevice(device, listener);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.options.onUnreadable(device, error);
    }
  }

  /** Reads one segment again, whatever its size. */
  async rescan(device: string, segment: Segment, listener: EventListener): Promise<void> {
    await this.scan(segment, this.journal(device), listener, "cut");
  }

  /** Puts events on their places that were just written at the end of our own journal. */
  keepWritten(events: readonly LearningEvent[], { segment, bytes }: WritePosition): void {
    const { device } = this.options;
    const journal = this.journal(device);
    for (const { id, seq } of events) {
      this.options.proofs.see(device, seq, id, 0);
      journal.take(seq, this.ids, id, 0);
    }
    const before = journal.segment(segment) ?? emptySegment(segment, segmentPath(device, segment));
    const first = before.first ?? events[0]?.seq ?? null;
    journal.keep({ ...before, first, last: events.at(-1)?.seq ?? before.last, size: bytes, open: false });
  }

  private async scanDevice(device: string, listener: EventListener): Promise<void> {
    const journal = this.attach(device);
    const { segments, strays } = await listJournal(this.options.folder, device);
    this.keepStrays(strays);
    for (const segment of segments) {
      const changed = journal.segment(segment.number)?.size !== segment.size;
      if (changed) await this.scan(segment, journal, listener, "bad");
    }
  }

  private attach(device: string): DeviceJournal {
    const journal = this.journal(device);
    this.journals.set(device, journal);
    return journal;
  }

  private keepStrays(strays: readonly JournalFile[]): void {
    const listed = new Set(strays.map(({ path }) => path));
    this.strayFiles = [...this.strayFiles.filter(({ path }) => !listed.has(path)), ...strays];
  }

  private async scan(
    segment: Segment,
    journal: DeviceJournal,
    listener: EventListener,
    damage: SetAsideKind,
  ): Promise<void> {
    const { folder, codec, proofs } = this.options;
    await scanSegment(segment, journal, { folder, codec, ids: this.ids }, {
      wants: (seq) => listener.wants(journal.device, seq),
      onEvent: (event) => listener.onEvent(event),
      onPlace: (seq, text, offset) => proofs.see(journal.device, seq, text, offset),
      onReplaced: (seq) => proofs.replace(journal.device, seq),
      ...this.damageListener(journal.device, damage),
    });
  }

  private damageListener(device: string, damage: SetAsideKind): DamageListener {
    const { quarantine, writes } = this.options;
    if (device !== this.options.device) return deaf;
    return {
      onBad: (line) => void quarantine.add(damage, line),
      onUnfinished: (line) => void (writes && quarantine.add("cut", line)),
      // On a full disk the journal must still open: the lines wait in memory for a later flush.
      pause: () => (writes ? quarantine.flush().catch(() => undefined) : Promise.resolve()),
    };
  }
}

type DamageListener = Pick<ScanListener, "onBad" | "onUnfinished" | "pause">;

/** What is wrong in another device's journal is counted by the scan and repaired by that device. */
const deaf: DamageListener = {
  onBad: () => undefined,
  onUnfinished: () => undefined,
  pause: () => Promise.resolve(),
};
