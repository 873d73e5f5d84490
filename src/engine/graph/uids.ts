import type { Hasher } from "../kernel/hash";
import { utf8Length } from "../kernel/utf8Length";

/** A database index holds no key above 8 kB; longer keys than this (in UTF-8 bytes) are kept as their SHA-256. */
const LONGEST_KEY = 1024;

/** The keys of entities in a store. */
export interface Uids {
  node(canvasId: string, nodeId: string): string;
  edge(canvasId: string, edgeId: string): string;
  note(path: string): string;
  concept(name: string): string;
}

export function createUids(hasher: Hasher, vault: string): Uids {
  const key = (text: string): string => (isLong(text) ? hasher.sha256(text) : text);
  return {
    node: (canvasId, nodeId) => key(`${canvasId}#${nodeId}`),
    edge: (canvasId, edgeId) => key(`${canvasId}#${edgeId}`),
    note: (path) => key(`${vault}/${path}`),
    concept: (name) => key(`${vault}/${name}`),
  };
}

// No UTF-16 unit takes more than 3 bytes, so nearly every key is known to be short by its length.
function isLong(text: string): boolean {
  return text.length * 3 > LONGEST_KEY && utf8Length(text) > LONGEST_KEY;
}
