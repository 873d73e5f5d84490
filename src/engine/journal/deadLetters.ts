import type { Hasher } from "../kernel/hash";
import { isJsonObject, type JsonObject } from "../kernel/json";
import { createSerial } from "../kernel/serial";
import type { LearningEvent } from "../learning/event";
import type { ReadEvent } from "../learning/readEvent";
import { discardLine, Discards, readDiscard } from "./discards";
import type { DataFolder } from "./port";
import { RangeSet, type ReadonlyRanges } from "./ranges";
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

/** Which letters a person means: by event id, by class of failure, or every one. */
export type LetterChoice = readonly string[] | "all" | { readonly class: string };

/**
 * Changes count once they are written; each method that changes rejects with StorageError and has then changed
 * nothing.
 */
export interface DeadLetters {
  /** In the order in which they died. Without a target those of all, in the same list until one comes or goes. */
  list(target?: string): readonly DeadLetter[];
  count(target?: string): number;
  has(target: string, id: string): boolean;
  /** True for an event that the target does not get: its letter waits for a person, or a person discarded it. */
  leavesOut(target: string, id: string): boolean;
  /** The places of what a target does not get in one device's journal: neither pending nor acknowledged. */
  places(target: string, device: string): RangeSet;
  add(letters: readonly DeadLetter[]): Promise<void>;
  /** Takes letters out, so that their events are pending again. Resolves with them. */
  retry(choice: LetterChoice, at: number): Promise<readonly DeadLetter[]>;
  /**
   * Takes letters out for good: their events are neither pending nor dead for these targets, also after a restart.
   * `replacedBy` is the id of the event that says it better. Resolves with the letters.
   */
  discard(choice: LetterChoice, at: number, replacedBy?: string): Promise<readonly DeadLetter[]>;
  /** What stands on these places of a device is pending again, whatever it is. */
  forgetPlaces(device: string, places: ReadonlyRanges, at: number): Promise<void>;
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
  // A letter that is being retried must not be discarded meanwhile: what is chosen is still there when it is written.
  const turn = createSerial();
  const letters = new Map<string, DeadLetter>();
  const discards = new Discards();
  let lines = 0;
  await log.read((line) => {
    lines += 1;
    apply(letters, discards, line, options);
  });
  // A file that stays long is no harm: the next start tries again.
  const isStale = lines > letters.size + discards.size + STALE;
  const kept = (): readonly JsonObject[] => [...[...letters.values()].map(deadLine), ...discards.list().map(discardLine)];
  if (options.writes && isStale) await log.replace(kept()).catch(() => undefined);

  let listed: readonly DeadLetter[] | null = null;

  function list(target?: string): readonly DeadLetter[] {
    listed ??= [...letters.values()];
    return target === undefined ? listed : listed.filter((letter) => letter.target === target);
  }

  function put(letter: DeadLetter): void {
    listed = null;
    letters.set(keyOf(letter.target, letter.event.id), letter);
  }

  function take(target: string, id: string): void {
    listed = null;
    letters.delete(keyOf(target, id));
  }

  async function add(added: readonly DeadLetter[]): Promise<void> {
    if (added.length === 0) return;
    await log.append(added.map(deadLine));
    for (const letter of added) put(letter);
  }

  async function takeOut(choice: LetterChoice, at: number): Promise<readonly DeadLetter[]> {
    const chosen = list().filter(chosenBy(choice));
    if (chosen.length === 0) return [];
    await log.append(chosen.map(({ target, event }) => retriedLine(target, event.id, at)));
    for (const { target, event } of chosen) take(target, event.id);
    return chosen;
  }

  async function discard(choice: LetterChoice, at: number, replacedBy?: string): Promise<readonly DeadLetter[]> {
    const chosen = list().filter(chosenBy(choice));
    if (chosen.length === 0) return [];
    const gone = chosen.map(({ target, event: { id, device: from, seq } }) => ({ target, id, device: from, seq, at, replacedBy: replacedBy ?? null }));
    await log.append(gone.map(discardLine));
    for (const one of gone) {
      take(one.target, one.id);
      discards.add(one);
    }
    return chosen;
  }

  async function forgetPlaces(from: string, places: ReadonlyRanges, at: number): Promise<void> {
    const stood = [
      ...list().map(({ target, event: { id, device: of, seq } }) => ({ target, id, device: of, seq })),
      ...discards.list(),
    ].filter((one) => one.device === from && places.has(one.seq));
    if (stood.length === 0) return;
    await log.append(stood.map(({ target, id }) => retriedLine(target, id, at)));
    for (const { target, id } of stood) {
      take(target, id);
      discards.remove(target, id);
    }
  }

  return {
    list,
    count: (target) => list(target).length,
    has: (target, id) => letters.has(keyOf(target, id)),
    leavesOut: (target, id) => letters.has(keyOf(target, id)) || discards.has(target, id),
    places: (target, from) => {
      const places = discards.places(target, from);
      for (const { event } of list(target)) if (event.device === from) places.add(event.seq);
      return places;
    },
    add: (added) => turn(() => add(added)),
    retry: (choice, at) => turn(() => takeOut(choice, at)),
    discard: (choice, at, replacedBy) => turn(() => discard(choice, at, replacedBy)),
    forgetPlaces: (from, places, at) => turn(() => forgetPlaces(from, places, at)),
  };
}

function chosenBy(choice: LetterChoice): (letter: DeadLetter) => boolean {
  if (choice === "all") return () => true;
  if ("class" in choice) return (letter) => letter.class === choice.class;
  const ids = new Set(choice);
  return ({ event }) => ids.has(event.id);
}

function retriedLine(target: string, id: string, at: number): JsonObject {
  return { op: "retried", target, id, at };
}

function keyOf(target: string, id: string): string {
  return `${id} ${target}`;
}

function deadLine({ target, event, reason, class: failure, code, attempts, firstAt, lastAt }: DeadLetter): JsonObject {
  const copy: unknown = event;
  const payload = isJsonObject(copy) ? copy : {};
  return { op: "dead", target, event: payload, reason, class: failure, code, attempts, firstAt, lastAt };
}

function apply(letters: Map<string, DeadLetter>, discards: Discards, line: JsonObject, options: DeadLetterOptions): void {
  const { op, target, id } = line;
  if (typeof target !== "string") return;
  if (op === "dead") {
    const letter = readLetter(target, line, options);
    if (letter !== null) letters.set(keyOf(target, letter.event.id), letter);
  } else if (typeof id === "string" && (op === "retried" || op === "discarded")) {
    letters.delete(keyOf(target, id));
    const gone = op === "discarded" ? readDiscard(line) : null;
    if (gone === null) discards.remove(target, id);
    else discards.add(gone);
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
