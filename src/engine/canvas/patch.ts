import type { JsonObject } from "../kernel/json";
import type { CanvasEntry } from "./document";

/**
 * One wish about one node or edge, by id. Operations of a patch run in order, each on what the ones before it left,
 * and all of them happen or none.
 *
 * - `add-*`: at the end of its list. An id that is there with equal keys changes nothing; other keys are refused.
 *   A node needs a `type` and finite `x`, `y`, `width` and `height`, an edge `fromNode` and `toNode` that exist.
 * - `update-*`: sets the named keys; null takes a key away. The `id` cannot change. An id that is not there is refused.
 * - `remove-node` also removes the edges that begin or end at that id. An id that is not there is fine.
 * - `set-color` is for nodes; null takes the colour away.
 */
export type PatchOperation =
  | { readonly kind: "add-node"; readonly node: CanvasEntry }
  | { readonly kind: "update-node"; readonly id: string; readonly set: JsonObject }
  | { readonly kind: "remove-node"; readonly id: string }
  | { readonly kind: "set-color"; readonly id: string; readonly color: string | null }
  | { readonly kind: "add-edge"; readonly edge: CanvasEntry }
  | { readonly kind: "update-edge"; readonly id: string; readonly set: JsonObject }
  | { readonly kind: "remove-edge"; readonly id: string };

export type CanvasPatch = readonly PatchOperation[];

/**
 * Why a patch was not carried out.
 * - `path`: no canvas can have this path.
 * - `exists`: another entry has the id of the one to add.
 * - `unknown-id`: the entry to update, or the end of an edge, is not there.
 * - `invalid`: the operation itself cannot be (no id, no geometry, a changed id, no JSON value).
 * - `unverified`: the new text would not have been exactly the wished change.
 * - `busy`: the host could not write safely now.
 * - `unkept`: the old version could not be kept first.
 */
export type RefusalCode = "path" | "exists" | "unknown-id" | "invalid" | "unverified" | "busy" | "unkept";

export interface Refusal {
  readonly kind: "refused";
  readonly code: RefusalCode;
  /** One plain sentence. */
  readonly reason: string;
}

export function refuse(code: RefusalCode, reason: string): Refusal {
  return { kind: "refused", code, reason };
}
