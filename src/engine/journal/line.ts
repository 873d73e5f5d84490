import type { Hasher } from "../kernel/hash";
import { isJsonObject, type JsonObject } from "../kernel/json";
import type { LearningEvent, UnplacedEvent } from "../learning/event";
import type { ReadEvent } from "../learning/readEvent";
import { sealLine, unsealLine } from "./sealedLine";

/** How lines become events and back. */
export interface LineCodec {
  readonly hasher: Hasher;
  /** The shape check of the learning stage. */
  readonly readEvent: (value: unknown) => ReadEvent;
}

export type Decoded =
  | { readonly kind: "event"; readonly event: LearningEvent }
  /** Written by a newer version: kept and skipped, but its place in the journal is taken. */
  | { readonly kind: "newer"; readonly seq: number | null }
  | { readonly kind: "bad"; readonly reason: string };

/** The event with its place. The order of the keys is the order of the line. */
export function placeEvent(event: UnplacedEvent, seq: number): LearningEvent {
  const { v, id, type, at, hlc, device, vault, canvas, subject, origin, priority, data } = event;
  return { v, id, type, at, hlc, seq, device, vault, canvas, subject, origin, priority, data };
}

/** One journal line: the event's JSON with `crc` as the last member, and a newline. */
export function encodeLine(event: LearningEvent, hasher: Hasher): string {
  return `${sealLine(JSON.stringify(placeEvent(event, event.seq)), hasher)}\n`;
}

/** `line` comes without its newline. */
export function decodeLine(line: string, codec: LineCodec): Decoded {
  const unsealed = unsealLine(line, codec.hasher);
  if (unsealed.kind === "broken") return bad(unsealed.reason);
  const value = parseObject(unsealed.json);
  if (value === null) return bad("it is not a JSON object");
  const reading = codec.readEvent(value);
  return reading.kind === "newer" ? { kind: "newer", seq: placeOf(value) } : reading;
}

function placeOf({ seq }: JsonObject): number | null {
  return typeof seq === "number" && Number.isSafeInteger(seq) && seq >= 1 ? seq : null;
}

function parseObject(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function bad(reason: string): Decoded {
  return { kind: "bad", reason };
}
