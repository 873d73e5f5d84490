import type { CanvasDocument } from "../../../canvas/document";
import type { CanvasPatch, PatchOperation } from "../../../canvas/patch";
import type { ExplanationIds } from "../../../tasks/nodes/nodeIdentity";
import type { NodeTarget } from "../../../tasks/nodes/nodeItems";
import { placeBeside, type PlacedSide, type Size } from "../../../tasks/nodes/placement";
import { rectOf } from "../../../tasks/nodes/rect";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { Explanation } from "./findExplanation";
import { anchorOf } from "./nodeTextOf";
import { readDocument, writePatch, type NodeWorkParts } from "./nodeWork";

export interface ExplanationPlace {
  readonly path: string;
  readonly target: NodeTarget;
  readonly ids: ExplanationIds;
  readonly note: Explanation;
}

/** A card that shows the beginning of a note, in canvas units. */
const SIZE: Size = { width: 400, height: 300 };
/** Looks at the canvas, when another program adds the same card or edge between the look and the write. */
const LOOKS = 3;

const opposite: Readonly<Record<PlacedSide, PlacedSide>> = { right: "left", left: "right", top: "bottom", bottom: "top" };

/** Puts the card of a note beside what it explains and connects the two, as far as that is not done. True when it did something. */
export async function placeExplanation(parts: Pick<NodeWorkParts, "canvasFiles" | "host" | "mutate">, place: ExplanationPlace, task: string): Promise<boolean> {
  for (let look = 1; look <= LOOKS; look += 1) {
    // Not that of before: a model may have taken minutes, and the user goes on meanwhile.
    const patch = patchFor(await readDocument(parts, place.path), place);
    const written = await writePatch(parts, place.path, patch, task);
    if (written !== "exists") return written === "written";
  }
  throw new TaskFailure("contention", "exists", `${place.path} changes too fast to put the note on it.`);
}

function patchFor(document: CanvasDocument, { ids, note, path, target }: ExplanationPlace): CanvasPatch {
  const anchor = anchorOf(path, document, target);
  const card = rectOf(anchor);
  if (card === null) throw new TaskFailure("data", "no-place", "The card has no place on the canvas.");
  // What lies in a group lies on it: only cards are in the way.
  const cards = document.nodes.filter((node) => node["type"] !== "group" || node === anchor);
  const spot = placeBeside(card, cards.flatMap((node) => (node === anchor ? [card] : (rectOf(node) ?? []))), SIZE);
  const { side, ...rect } = spot;
  const patch: PatchOperation[] = [];
  const shown = document.nodes.find(({ id }) => id === ids.node);
  if (shown === undefined) patch.push({ kind: "add-node", node: { id: ids.node, type: "file", file: note.path, ...rect } });
  else if (shown["file"] !== note.path) patch.push({ kind: "update-node", id: ids.node, set: { file: note.path } });
  if (!document.edges.some(({ id }) => id === ids.edge)) {
    const sides = shown === undefined ? { fromSide: side, toSide: opposite[side] } : {};
    patch.push({ kind: "add-edge", edge: { id: ids.edge, fromNode: anchor.id, toNode: ids.node, ...sides } });
  }
  return patch;
}
