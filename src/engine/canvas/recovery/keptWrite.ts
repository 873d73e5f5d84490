import type { Hasher } from "../../kernel/hash";
import { isJsonObject } from "../../kernel/json";
import type { CanvasDiff, EntryChange } from "../diff";
import { isEntry } from "../parseCanvas";

/** One write of a canvas, with all that is needed to take it back. */
export interface KeptWrite {
  /** The canvas's path at the time. */
  readonly path: string;
  /** Epoch ms. */
  readonly at: number;
  /** Who wrote, as given to the writer; empty when it was not said. */
  readonly owner: string;
  /** The whole text before the write. */
  readonly before: string;
  /** Of the text that was written. */
  readonly after: TextSum;
  readonly diff: CanvasDiff;
}

/** Tells a text from any other, well enough for two versions of one file. */
export interface TextSum {
  /** UTF-16 units. */
  readonly length: number;
  readonly crc: string;
}

export function sumOf(text: string, hasher: Hasher): TextSum {
  return { length: text.length, crc: hasher.crc32(text) };
}

export function hasSum(text: string, sum: TextSum, hasher: Hasher): boolean {
  return text.length === sum.length && hasher.crc32(text) === sum.crc;
}

/** A first line of JSON, and behind it the old text as it was, so that a person can take it out with any editor. */
export function encodeKeptWrite(write: KeptWrite, hasher: Hasher): string {
  const { before, ...head } = write;
  return `${JSON.stringify({ v: 1, ...head, before: sumOf(before, hasher) })}\n${before}`;
}

/** Null for a file that is torn or is none of these. */
export function decodeKeptWrite(file: string, hasher: Hasher): KeptWrite | null {
  const end = file.indexOf("\n");
  const head = end === -1 ? null : parsed(file.slice(0, end));
  const before = file.slice(end + 1);
  if (!isJsonObject(head) || head.v !== 1) return null;
  const { path, at, owner, after, diff } = head;
  if (!isSum(head.before) || !hasSum(before, head.before, hasher) || !isSum(after) || !isDiff(diff)) return null;
  if (typeof path !== "string" || typeof at !== "number" || typeof owner !== "string") return null;
  return { path, at, owner, before, after, diff };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isSum(value: unknown): value is TextSum {
  return isJsonObject(value) && typeof value.length === "number" && typeof value.crc === "string";
}

function isDiff(value: unknown): value is CanvasDiff {
  if (!isJsonObject(value)) return false;
  return [value.nodes, value.edges].every((list) => Array.isArray(list) && list.every(isChange));
}

function isChange(value: unknown): value is EntryChange {
  if (!isJsonObject(value) || typeof value.id !== "string") return false;
  const { before = null, after = null, keys = null } = value;
  switch (value.kind) {
    case "added":
      return isEntry(after);
    case "removed":
      return isEntry(before);
    default:
      return value.kind === "changed" && isEntry(before) && isEntry(after) && Array.isArray(keys);
  }
}
