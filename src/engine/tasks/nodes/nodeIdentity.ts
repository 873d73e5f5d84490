import type { Hasher } from "../../kernel/hash";
import type { NodeTarget } from "./nodeItems";

/** The ids of everything that one explanation is made of. The same question always has the same ones. */
export interface ExplanationIds {
  /** Which explanation it is, in the front matter of its note. */
  readonly identity: string;
  /** The end of its note's name. */
  readonly key: string;
  readonly node: string;
  readonly edge: string;
}

export interface Question {
  readonly vault: string;
  /** The canvas's id, or its path where it has none yet. */
  readonly canvas: string;
  readonly target: NodeTarget;
  readonly style: string;
  readonly generator: string;
}

/**
 * Ids of the card and the edge hold no canvas: they need to be one of a kind within their file only, and a canvas that
 * was renamed keeps them. Two canvases with a card of the same id have two notes.
 */
export function explanationIds(hasher: Hasher, { canvas, generator, style, target, vault }: Question): ExplanationIds {
  const inFile = [target.kind, target.id, style, generator];
  const identity = hasher.sha256(JSON.stringify(["explanation", vault, canvas, ...inFile])).slice(0, 32);
  const short = (what: string): string => hasher.sha256(JSON.stringify([what, ...inFile])).slice(0, 16);
  return { identity, key: identity.slice(0, 10), node: short("explanation card"), edge: short("explanation edge") };
}
