import type { Hasher } from "../kernel/hash";
import { isJsonObject, type JsonObject } from "../kernel/json";
import { lineBatches } from "./lineBatches";
import type { DataFolder } from "./port";
import { sealLine, unsealLine } from "./sealedLine";
import { createSerial } from "../kernel/serial";
import { utf8Length } from "../kernel/utf8Length";

export interface PlacedValue {
  readonly value: JsonObject;
  /** The bytes of the file at which its line begins and behind which the next one does. */
  readonly start: number;
  readonly end: number;
}

/**
 * An append-only file of checksummed JSON objects that can be made small again. `replace` writes a copy first, so at
 * every moment one of the two is whole; both are read, the copy first. What is written must therefore bear being read
 * again: the last word about a thing counts.
 */
export interface SealedLog {
  /** Every line whose checksum holds, oldest first; the others are left out. Rejects with StorageError. */
  read(onValue: (value: JsonObject) => void): Promise<void>;
  /**
   * Whether a line stands there that was written to its end and does not hold any more. One that was cut off by a crash
   * is no damage: nobody was told that it is there. Rejects with StorageError.
   */
  isDamaged(): Promise<boolean>;
  /**
   * The same lines at the reader's own pace. It does not hold up appends, so a line that is being written meanwhile may
   * be left out. Not for a log that is replaced.
   */
  stream(): AsyncIterable<JsonObject>;
  /**
   * The same with the place of each line, from a place on: 0 or one that was given before. Ends with "unplaced" at the first
   * line that is damaged in a way which makes places unknown.
   */
  placed(from: number): AsyncIterable<PlacedValue | "unplaced">;
  /**
   * Resolves when the lines are as safe as the host makes them. Rejects with StorageError: any prefix may then
   * stand.
   */
  append(values: readonly JsonObject[]): Promise<void>;
  /** Puts these lines in the place of all. Rejects with StorageError; what stood there can then still be read. */
  replace(values: readonly JsonObject[]): Promise<void>;
  remove(): Promise<void>;
}

const ENDING = ".ndjson";
const COPY_ENDING = ".copy.ndjson";

/** `stem` is the path without its ending. */
export function createSealedLog(folder: DataFolder, stem: string, hasher: Hasher): SealedLog {
  const path = `${stem}${ENDING}`;
  const copyPath = `${stem}${COPY_ENDING}`;
  const serial = createSerial();
  let needsNewline = true;

  function textOf(values: readonly JsonObject[]): string {
    return values.map((value) => `${sealLine(JSON.stringify(value), hasher)}\n`).join("");
  }

  async function readFile(file: string, onValue: (value: JsonObject) => void): Promise<string> {
    let open = "";
    for await (const { lines, rest } of lineBatches(folder.stream(file))) {
      for (const line of rest === null ? lines : [...lines, rest]) tell(line, onValue);
      open = rest ?? open;
    }
    return open;
  }

  function tell(line: string, onValue: (value: JsonObject) => void): void {
    const value = valueOf(line);
    if (value !== null) onValue(value);
  }

  function valueOf(line: string): JsonObject | null {
    const unsealed = unsealLine(line, hasher);
    const value: unknown = unsealed.kind === "whole" ? JSON.parse(unsealed.json) : null;
    return isJsonObject(value) ? value : null;
  }

  async function* streamFile(file: string): AsyncIterable<JsonObject> {
    for await (const { lines, rest } of lineBatches(folder.stream(file))) {
      for (const line of rest === null ? lines : [...lines, rest]) {
        const value = valueOf(line);
        if (value !== null) yield value;
      }
    }
  }

  async function hasDamage(file: string): Promise<boolean> {
    for await (const { lines } of lineBatches(folder.stream(file))) {
      if (lines.some((line) => line.trim() !== "" && valueOf(line) === null)) return true;
    }
    return false;
  }

  async function* placedFrom(from: number): AsyncIterable<PlacedValue | "unplaced"> {
    let start = from;
    for await (const { lines, rest } of lineBatches(folder.stream(path, from))) {
      for (const line of rest === null ? lines : [...lines, rest]) {
        const end = start + utf8Length(line) + (line === rest ? 0 : 1);
        const value = valueOf(line);
        if (value !== null) yield { value, start, end };
        // Bytes that are no text were read as a character of another length.
        else if (line.includes("\ufffd")) {
          yield "unplaced";
          return;
        }
        start = end;
      }
    }
  }

  async function* streamAll(): AsyncIterable<JsonObject> {
    yield* streamFile(copyPath);
    yield* streamFile(path);
  }

  return {
    read: (onValue) =>
      serial(async () => {
        await readFile(copyPath, onValue);
        needsNewline = (await readFile(path, onValue)) !== "";
      }),
    isDamaged: () => serial(async () => (await hasDamage(copyPath)) || (await hasDamage(path))),
    stream: streamAll,
    placed: placedFrom,
    append: (values) =>
      serial(async () => {
        const text = textOf(values);
        const start = needsNewline ? "\n" : "";
        needsNewline = true;
        await folder.append(path, start + text);
        needsNewline = false;
      }),
    replace: (values) =>
      serial(async () => {
        const text = textOf(values);
        await folder.write(copyPath, text);
        needsNewline = true;
        await folder.write(path, text);
        needsNewline = false;
        await folder.remove(copyPath);
      }),
    remove: () =>
      serial(async () => {
        await folder.remove(copyPath);
        await folder.remove(path);
        needsNewline = true;
      }),
  };
}

/** The stem of a log's file name, or null for the name of another file. */
export function logStem(name: string): string | null {
  const ending = [COPY_ENDING, ENDING].find((candidate) => name.endsWith(candidate));
  return ending === undefined ? null : name.slice(0, -ending.length);
}
