import type { Hasher } from "../../kernel/hash";
import { wholeTime } from "../../learning/fileTime";
import { mintCanvasId } from "../../learning/ids";
import type { LocalGraph } from "../../graph/localGraph";

export interface CanvasIdentityParts {
  readonly vault: string;
  readonly hasher: Hasher;
  readonly graph: Pick<LocalGraph, "canvasById">;
}

/**
 * The id of a canvas that is seen for the first time. A file that was put back with its old time may get the id of a
 * canvas that has moved on and lives elsewhere: the next time that no such canvas has is taken then.
 */
export function newCanvasId({ graph, hasher, vault }: CanvasIdentityParts, path: string, mtime: number): string {
  for (let time = wholeTime(mtime); ; time += 1) {
    const id = mintCanvasId(hasher, vault, path, time);
    const holder = graph.canvasById(id);
    // An id is made of a time that a date can hold: behind the last one every id is the same, and the search must end.
    const isLast = wholeTime(time + 1) === time;
    if (holder === null || !holder.live || holder.path === path || isLast) return id;
  }
}
