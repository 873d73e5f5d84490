import { canonicalJson } from "../kernel/canonicalJson";
import type { Hasher } from "../kernel/hash";
import type { JsonObject } from "../kernel/json";
import { wholeTime } from "./fileTime";

/** Version of the way event ids are made. It is part of each id. */
const ID_VERSION = 1;

/** What makes two events the same event. */
export interface EventIdentity {
  readonly vault: string;
  readonly canvasPath: string | null;
  readonly subjectId: string;
  readonly type: string;
  readonly at: number;
  readonly data: JsonObject;
}

/** SHA-256 hex of the canonical JSON of `[1, vault, canvasPath, subjectId, type, at, data]`. */
export function eventId(hasher: Hasher, event: EventIdentity): string {
  const { vault, canvasPath, subjectId, type, at, data } = event;
  return hasher.sha256(canonicalJson([ID_VERSION, vault, canvasPath, subjectId, type, at, data]));
}

/** The id of a canvas at first sight, 32 hex digits. It stays through renames, so it is made once and then kept. */
export function mintCanvasId(hasher: Hasher, vault: string, path: string, mtime: number): string {
  return hasher.sha256(canonicalJson([vault, path, wholeTime(mtime)])).slice(0, 32);
}
