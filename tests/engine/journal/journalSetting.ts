import { crc32 } from "node:zlib";
import type { DataFolder, LearningEvent } from "../../../src/engine/index";
import type { UnplacedEvent } from "../../../src/engine/learning/event";
import { readEvent } from "../../../src/engine/learning/readEvent";
import type { Journal, JournalReader } from "../../../src/engine/journal/journal";
import { encodeLine, type LineCodec } from "../../../src/engine/journal/line";
import { openJournal, type JournalOptions } from "../../../src/engine/journal/openJournal";
import { readJournal } from "../../../src/engine/journal/readJournal";
import { silentLogger } from "../../../src/engine/index";
import { testHasher } from "../../fakes/testHasher";

export const codec: LineCodec = { hasher: testHasher, readEvent };

export const own = "device-a";
export const other = "device-b";

/** The event number `index`: always the same one. */
export function unplaced(index: number, changes: Partial<UnplacedEvent> = {}): UnplacedEvent {
  const device = changes.device ?? own;
  return {
    v: 1,
    id: testHasher.sha256(`event ${index}`),
    type: "node_moved",
    at: 1_700_000_000_000 + index,
    hlc: `${1_700_000_000_000 + index}-000000-${device}`,
    device,
    vault: "6f1f6a0e-8f0e-4f3e-9d7e-0a6f3b1c2d3e",
    canvas: { id: "c".repeat(32), path: "Übung/Week 1.canvas" },
    subject: { kind: "node", id: `node-${index % 10}` },
    origin: "edit",
    priority: "LOW",
    data: { from: { x: index, y: 0, width: 10, height: 10 }, to: { x: 0, y: 0, width: 10, height: 10 } },
    ...changes,
  };
}

export function unplacedUpTo(count: number, from = 1): UnplacedEvent[] {
  return Array.from({ length: count }, (_, index) => unplaced(from + index));
}

export function placed(index: number, seq: number, device = own): LearningEvent {
  return { ...unplaced(index, { device }), seq };
}

export function lineOf(index: number, seq: number, device = own): string {
  return encodeLine(placed(index, seq, device), testHasher);
}

export function segment(number: number, device = own): string {
  return `devices/${device}/journal/${String(number).padStart(6, "0")}.ndjson`;
}

export const quarantineFile = `devices/${own}/quarantine/lines.ndjson`;

export interface Opened {
  readonly journal: Journal;
  /** Every event as it is read back. */
  readonly tail: LearningEvent[];
  readonly recovered: LearningEvent[];
  readonly warnings: string[];
}

export async function opened(folder: DataFolder, changes: Partial<JournalOptions> = {}): Promise<Opened> {
  const recovered: LearningEvent[] = [];
  const warnings: string[] = [];
  const journal = await openJournal({
    folder,
    codec,
    device: own,
    logger: { ...silentLogger, warn: (message) => warnings.push(message), error: (message) => warnings.push(message) },
    ...changes,
  });
  journal.onRecovered((events) => recovered.push(...events));
  return { journal, tail: await collected(journal.all()), recovered, warnings };
}

export function openedForReading(folder: DataFolder, device = own): Promise<JournalReader> {
  return readJournal({ folder, codec, device, logger: silentLogger });
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function seqsOf(events: AsyncIterable<LearningEvent>): Promise<number[]> {
  return (await collected(events)).map(({ seq }) => seq);
}

/** What an independent reader makes of a line: its JSON without `crc`, where the checksum holds. */
export function checkedElsewhere(line: string): unknown {
  const { crc, ...event } = JSON.parse(line) as { crc: string };
  const expected = crc32(JSON.stringify(event)).toString(16).padStart(8, "0");
  if (crc !== expected) throw new Error(`expected ${expected}, got ${crc}`);
  return event;
}

/** Every line of our journal as an independent reader sees it. */
export function linesElsewhere(folder: { paths(): readonly string[]; textOf(path: string): string }): unknown[] {
  return folder
    .paths()
    .filter((path) => path.startsWith(`devices/${own}/journal/`))
    .flatMap((path) => folder.textOf(path).split("\n"))
    .filter((line) => line !== "")
    .map(checkedElsewhere);
}
