import type { Hasher } from "../kernel/hash";
import { utf8Length } from "../kernel/utf8Length";
import type { PrivacyLevel } from "./privacyLevel";

/** A database index holds no key above 8 kB; longer keys than this (in UTF-8 bytes) are kept as their SHA-256. */
const LONGEST_KEY = 1024;

/** The keys of entities in a store. */
export interface Uids {
  node(canvasId: string, nodeId: string): string;
  edge(canvasId: string, edgeId: string): string;
  note(path: string): string;
  concept(name: string): string;
}

/** With the level `ids` those of notes and concepts are hashes: a path or a name would be in the key. */
export function createUids(hasher: Hasher, vault: string, level: PrivacyLevel = "full"): Uids {
  const key = (text: string): string => (isLong(text) ? hasher.sha256(text) : text);
  const named = level === "ids" ? (text: string): string => hasher.sha256(text) : key;
  return {
    node: (canvasId, nodeId) => key(`${canvasId}#${nodeId}`),
    edge: (canvasId, edgeId) => key(`${canvasId}#${edgeId}`),
    note: (path) => named(`${vault}/${path}`),
    concept: (name) => named(`${vault}/${name}`),
  };
}

// No UTF-16 unit takes more than 3 bytes, so nearly every key is known to be short by its length.
function isLong(text: string): boolean {
  return text.length * 3 > LONGEST_KEY && utf8Length(text) > LONGEST_KEY;
}
