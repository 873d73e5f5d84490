import { BYTE_ORDER_MARK } from "../canvasRoot";
import type { OpenCanvas, ViewState } from "./openCanvas";

/** How a canvas can be written now. */
export type Way =
  /** On the disk: no view has anything that the file has not. Views that are open read it again. */
  | { readonly kind: "swap" }
  /** In the memory of the one view that has unsaved edits, or that writes the same bytes. */
  | { readonly kind: "memory"; readonly view: OpenCanvas; readonly typing: readonly string[] }
  /** Not before this view has saved. */
  | { readonly kind: "flush"; readonly view: OpenCanvas }
  | { readonly kind: "wait"; readonly reason: string }
  | { readonly kind: "refuse"; readonly reason: string };

interface Seen extends ViewState {
  readonly view: OpenCanvas;
}

/**
 * The way to write a file with this text without losing what its views hold. A view writes its memory without looking
 * at the disk, and takes the disk over its memory when the file changes: so whoever has edits must be the one to write,
 * and where two have edits, nobody can. The memory of views that are distrusted is not used.
 */
export function chooseWay(views: readonly OpenCanvas[], disk: string, distrusted: ReadonlySet<OpenCanvas>): Way {
  const seen = views.map((view): Seen => ({ ...view.look(), ...(distrusted.has(view) ? { memory: "never" } : {}), view }));
  if (seen.length === 0) return { kind: "swap" };
  if (seen.some((one) => one.readOnly)) return refuseReadOnly;
  const reason = obstacle(seen, disk);
  if (reason !== null) return { kind: "wait", reason };
  const [engaged, other] = seen.filter((one) => one.dirty || one.typing.length > 0);
  if (other !== undefined) return { kind: "wait", reason: "two panes of this canvas have unsaved edits; leave one and try again" };
  return engaged === undefined ? idleWay(seen, disk) : engagedWay(engaged);
}

const refuseReadOnly: Way = {
  kind: "refuse",
  reason: "the canvas is open and set to read-only; turn that off and try again",
};

function obstacle(seen: readonly Seen[], disk: string): string | null {
  if (seen.some((one) => one.saved === null || one.memory === "loading")) return "the canvas is being opened; try again";
  if (seen.some((one) => one.dragging)) return "something on the canvas is being moved; let go of it and try again";
  if (seen.some((one) => one.saving)) return "the canvas is being saved; try again";
  // A view that has not seen yet what another program wrote would write over it, or lose a patch of its memory to it.
  if (seen.some((one) => one.saved !== withoutMark(disk))) return "another program has just changed the canvas; try again";
  return null;
}

function engagedWay(one: Seen): Way {
  if (one.memory === "ready") return { kind: "memory", view: one.view, typing: one.typing };
  if (one.typing.length > 0) return { kind: "wait", reason: "a card of the canvas is being edited; leave it and try again" };
  return { kind: "flush", view: one.view };
}

// In memory, a change is a step that the user can undo. But a file that the app would lay out anew keeps its bytes only
// on the disk.
function idleWay(seen: readonly Seen[], disk: string): Way {
  const one = seen.find((each) => each.recent) ?? seen[0];
  const inMemory = one?.memory === "ready" && one.view.nextText() === disk;
  return inMemory ? { kind: "memory", view: one.view, typing: [] } : { kind: "swap" };
}

export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
