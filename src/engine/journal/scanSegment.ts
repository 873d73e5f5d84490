import type { LearningEvent } from "../learning/event";
import type { DeviceJournal, SegmentFacts } from "./deviceJournal";
import type { Fingerprints } from "./fingerprints";
import { decodeLine, type LineCodec } from "./line";
import { lineBatches } from "./lineBatches";
import { ID_OFFSET, quickSeq } from "./linePlace";
import type { DataFolder } from "./port";
import { unsealLine } from "./sealedLine";
import type { Segment } from "./segments";

/** A line that is no event. */
export interface BadLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** What a scan tells while it runs. */
export interface ScanListener {
  /** Whether `onEvent` is to hear of this place. Only then is the line parsed. */
  wants(seq: number): boolean;
  /** An event that was in no journal before. */
  onEvent(event: LearningEvent): void;
  /** An event has this place. `offset`: where in `text` its id begins. */
  onPlace(seq: number, text: string, offset: number): void;
  /** Another event was found on this place by an earlier scan. */
  onReplaced(seq: number): void;
  onBad(line: BadLine): void;
  /** What stands behind the last newline and is no event: a write that was cut, or one that is still going on. */
  onUnfinished(line: BadLine): void;
  /** A moment to write down what was heard. The scan waits for it. */
  pause(): Promise<void>;
}

export interface ScanContext {
  readonly folder: DataFolder;
  readonly codec: LineCodec;
  readonly ids: Fingerprints;
}

/**
 * Reads one segment from its start, checks every line and puts its events on their places. Scanning again what was
 * scanned before finds only what is new. Rejects with StorageError.
 */
export async function scanSegment(
  segment: Segment,
  journal: DeviceJournal,
  context: ScanContext,
  listener: ScanListener,
): Promise<SegmentFacts> {
  const scan = new SegmentScan(segment, journal, context, listener);
  for await (const { lines, rest } of lineBatches(context.folder.stream(segment.path))) {
    for (const line of lines) scan.line(line);
    if (rest !== null) scan.rest(rest);
    await listener.pause();
  }
  const facts = scan.facts();
  journal.keep(facts);
  return facts;
}

class SegmentScan {
  private lineNumber = 0;
  /** The greatest seq before this line, earlier segments included. */
  private highest: number;
  private first: number | null = null;
  private last: number | null = null;
  private bad = 0;
  private newer = 0;
  private duplicates = 0;
  private misplaced = 0;
  private open = false;

  constructor(
    private readonly segment: Segment,
    private readonly journal: DeviceJournal,
    private readonly context: ScanContext,
    private readonly listener: ScanListener,
  ) {
    this.highest = journal.lastSeqBefore(segment.number);
  }

  line(text: string): void {
    this.lineNumber += 1;
    if (isBlank(text)) return;
    const reason = this.read(text);
    if (reason === null) return;
    this.bad += 1;
    this.listener.onBad(this.describe(text, reason));
  }

  rest(text: string): void {
    this.open = text !== "";
    if (isBlank(text)) return;
    this.lineNumber += 1;
    const reason = this.read(text);
    if (reason !== null) this.listener.onUnfinished(this.describe(text, reason));
  }

  facts(): SegmentFacts {
    const { segment, first, last, bad, newer, duplicates, misplaced, open } = this;
    const { number, path, size } = segment;
    return { number, path, size, first, last, bad, newer, duplicates, misplaced, open };
  }

  /** Null, or why the line is no event. */
  private read(text: string): string | null {
    const seq = quickSeq(text, this.journal.device);
    if (seq === null || this.listener.wants(seq)) return this.readWhole(text);
    const unsealed = unsealLine(text, this.context.codec.hasher);
    if (unsealed.kind === "broken") return unsealed.reason;
    this.place(seq, text, ID_OFFSET);
    return null;
  }

  private readWhole(text: string): string | null {
    const decoded = decodeLine(text, this.context.codec);
    if (decoded.kind === "bad") return decoded.reason;
    if (decoded.kind === "newer") {
      this.newer += 1;
      if (decoded.seq !== null) this.advance(decoded.seq);
      return null;
    }
    const { event } = decoded;
    if (event.device !== this.journal.device) {
      this.misplaced += 1;
      return null;
    }
    // Asked before the place is taken: what is wanted may depend on what is there.
    const isWanted = this.listener.wants(event.seq);
    if (this.place(event.seq, event.id, 0) && isWanted) this.listener.onEvent(event);
    return null;
  }

  /** Whether the event got its place just now. */
  private place(seq: number, text: string, offset: number): boolean {
    if (!this.advance(seq)) return false;
    this.listener.onPlace(seq, text, offset);
    const taken = this.journal.take(seq, this.context.ids, text, offset);
    if (taken === "duplicate") this.duplicates += 1;
    if (taken === "replaced") this.listener.onReplaced(seq);
    return taken === "new" || taken === "replaced";
  }

  private advance(seq: number): boolean {
    if (seq <= this.highest) {
      this.misplaced += 1;
      return false;
    }
    this.highest = seq;
    this.first ??= seq;
    this.last = seq;
    return true;
  }

  private describe(text: string, reason: string): BadLine {
    return { path: this.segment.path, line: this.lineNumber, text, reason };
  }
}

function isBlank(text: string): boolean {
  return text === "" || text === "\r";
}
