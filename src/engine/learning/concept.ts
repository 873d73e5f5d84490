import type { CanvasEntry } from "../canvas/document";
import { plainLine } from "./plainLine";

/** Characters (code points) of a concept that is taken from a text or a label. */
const NAME_LIMIT = 120;
/** Characters of one that is a path or an address. Cut shorter, two of them would become one. */
const ADDRESS_LIMIT = 2000;
/** Characters of a line that are looked at. */
const LINE_LIMIT = 1000;

/**
 * What a node is about: the path for a file node, else the first non-empty line of its text without Markdown marks
 * (at most 120 characters), else its label or address; null when it says nothing. Never holds half a character.
 */
export function conceptOf(node: CanvasEntry): string | null {
  const file = node["type"] === "file" ? cut(node["file"], ADDRESS_LIMIT) : null;
  return file ?? firstLine(node["text"]) ?? cut(node["label"], NAME_LIMIT) ?? cut(node["url"], ADDRESS_LIMIT);
}

/** The name under which a concept is the same concept, however it is typed. */
export function conceptKey(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC").replace(/\s+/gu, " ").trim();
}

function firstLine(text: unknown): string | null {
  if (typeof text !== "string") return null;
  let start = 0;
  while (start < text.length) {
    const end = lineEnd(text, start);
    const name = end === start ? null : cut(plainLine(firstPoints(text.slice(start, end), LINE_LIMIT)), NAME_LIMIT);
    if (name !== null) return name;
    start = end + 1;
  }
  return null;
}

function lineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return at;
  }
  return text.length;
}

function cut(value: unknown, limit: number): string | null {
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (text.length === 0) return null;
  return wellFormed(firstPoints(text, limit).trimEnd());
}

function firstPoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

// With the u flag a class of surrogates matches only those that stand alone.
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, "\ufffd");
}
