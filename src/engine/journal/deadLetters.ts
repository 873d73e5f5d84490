import type { Hasher } from "../kernel/hash";
import { isJsonObject, type JsonObject } from "../kernel/json";
import type { LearningEvent } from "../learning/event";
import type { ReadEvent } from "../learning/readEvent";
import type { DataFolder } from "./port";
import { RangeSet } from "./ranges";
import { createSealedLog } from "./sealedLog";
import { deviceFolder } from "./segments";

/** An event that a target refused and that waits for a person. */
export interface DeadLetter {
  readonly target: string;
  readonly event: LearningEvent;
  /** One plain sentence, without payload or secret. */
  readonly reason: string;
  /** The failure class of the store. */
  readonly class: string;
  /** The store's own code. */
  readonly code: string;
  readonly attempts: number;
  /** Epoch ms of the first and the last attempt. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Which letters a person means. */
export type LetterChoice = readonly string[] | "all";

/**
 * Changes count once they are written; each method that changes rejects with StorageError and has then changed
 * nothing.
 */
export interface DeadLetters {
  /** In the order in which they died. Without a target those of all. */
  list(target?: string): readonly DeadLetter[];
  count(target?: string): number;
  has(target: string, id: string): boolean;
  /** The places of a target's letters in one device's journal: neither pending nor acknowledged. */
  places(target: string, device: string): RangeSet;
  add(letters: readonly DeadLetter[]): Promise<void>;
  /** Takes letters out, by event id, so that their events are pending again. Resolves with them. */
  retry(choice: LetterChoice, at: number): Promise<readonly DeadLetter[]>;
}

export interface DeadLetterOptions {
  readonly folder: DataFolder;
  /** Our own device. */
  readonly device: string;
  readonly hasher: Hasher;
  readonly readEvent: (value: unknown) => ReadEvent;
  /** A reader makes no file shorter. */
  readonly writes: boolean;
}

/** Lines that tell of letters gone by beyond which the file is written anew when it is opened. */
const STALE = 100;

export async function openDeadLetters(options: DeadLetterOptions): Promise<DeadLetters> {
  const { folder, device, hasher } = options;
  const log = createSealedLog(folder, `${deviceFolder(device)}/dead`, hasher);
  const letters = new Map<string, DeadLetter>();
  let lines = 0;
  await log.read((line) => {
    lines += 1;
    apply(letters, line, options);
  });
  // A file that stays long is no harm: the next start tries again.
  const isStale = lines > letters.size + STALE;
  if (options.writes && isStale) await log.replace([...letters.values()].map(deadLine)).catch(() => undefined);

  function list(target?: string): readonly DeadLetter[] {
    const all = [...letters.values()];
    return target === undefined ? all : all.filter((letter) => letter.target === target);
  }

  async function takeOut(choice: LetterChoice, at: number): Promise<readonly DeadLetter[]> {
    const ids = choice === "all" ? null : new Set(choice);
    const chosen = list().filter(({ event }) => ids === null || ids.has(event.id));
    if (chosen.length === 0) return [];
    await log.append(chosen.map(({ target, event }) => ({ op: "retried", target, id: event.id, at })));
    for (const { target, event } of chosen) letters.delete(keyOf(target, event.id));
    return chosen;
  }

  return {
    list,
    count: (target) => list(target).length,
    has: (target, id) => letters.has(keyOf(target, id)),
    places: (target, from) => placesOf(list(target), from),
    add: async (added) => {
      if (added.length === 0) return;
      await log.append(added.map(deadLine));
      for (const letter of added) letters.set(keyOf(letter.target, letter.event.id), letter);
    },
    retry: takeOut,
  };
}

function placesOf(letters: readonly DeadLetter[], device: string): RangeSet {
  const places = new RangeSet();
  for (const { event } of letters) if (event.device === device) places.add(event.seq);
  return places;
}

function keyOf(target: string, id: string): string {
  return `${id} ${target}`;
}

function deadLine({ target, event, reason, class: failure, code, attempts, firstAt, lastAt }: DeadLetter): JsonObject {
  const copy: unknown = event;
  const payload = isJsonObject(copy) ? copy : {};
  return { op: "dead", target, event: payload, reason, class: failure, code, attempts, firstAt, lastAt };
}

function apply(letters: Map<string, DeadLetter>, line: JsonObject, options: DeadLetterOptions): void {
  const { op, target, id } = line;
  if (typeof target !== "string") return;
  if (op === "dead") {
    const letter = readLetter(target, line, options);
    if (letter !== null) letters.set(keyOf(target, letter.event.id), letter);
  } else if (op === "retried" && typeof id === "string") {
    letters.delete(keyOf(target, id));
  }
}

function readLetter(target: string, line: JsonObject, { readEvent }: DeadLetterOptions): DeadLetter | null {
  const reading = readEvent(line["event"]);
  if (reading.kind !== "event") return null;
  return {
    target,
    event: reading.event,
    reason: textOf(line["reason"]),
    class: textOf(line["class"]),
    code: textOf(line["code"]),
    attempts: numberOf(line["attempts"]),
    firstAt: numberOf(line["firstAt"]),
    lastAt: numberOf(line["lastAt"]),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
