import { jsonEqual, type JsonObject, type JsonValue } from "../kernel/json";
import { bodyEdits } from "./bodyEdits";
import { BYTE_ORDER_MARK, readCanvasRoot, type CanvasRoot, type ListName, type ReadRoot } from "./canvasRoot";
import type { CanvasDiff } from "./diff";
import type { FileProblem } from "./document";
import { editFault } from "./editFault";
import { skipSpace } from "./jsonSpans";
import { lineEndOf } from "./layout";
import { applyListPlan, isIdle, planDiff } from "./listDraft";
import { obsidianJson } from "./obsidianJson";
import { refuse, type CanvasPatch, type Refusal } from "./patch";
import { planPatch, type PatchPlan } from "./planPatch";
import { applyTextEdits } from "./textEdits";

export type CanvasEdit =
  /** `diff` is what happened, by id. */
  | { readonly kind: "edited"; readonly text: string; readonly diff: CanvasDiff }
  | { readonly kind: "unchanged" }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | Refusal;

/**
 * Carries a patch out on a canvas text. Every byte that the patch does not name stays: unknown keys, key order, white
 * space, byte order mark, line ends. New text follows the layout of the file. The result is read back and must differ
 * from the old text in exactly what the patch asks, else it is refused. A blank text becomes a canvas.
 */
export function editCanvasText(path: string, text: string, patch: CanvasPatch): CanvasEdit {
  const read = readCanvasRoot(path, text);
  if (read.kind === "unreadable") return read;
  const root = read.kind === "blank" ? blankRoot(text) : read;
  const plan = planPatch(root.nodes, root.edges, patch);
  if (plan.kind === "refused") return plan;
  if (isIdle(plan.nodes) && isIdle(plan.edges)) return { kind: "unchanged" };

  const wanted = wantedRoot(root, plan);
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body =
    Object.keys(root.root).length === 0
      ? freshBody(root.body, wanted)
      : applyTextEdits(root.body, bodyEdits(root, plan));
  const fault = writtenFault(root, body, wanted, patch);
  if (fault !== null) return refuse("unverified", `the change could not be written: ${fault}`);
  const diff = { nodes: planDiff(root.nodes, plan.nodes), edges: planDiff(root.edges, plan.edges) };
  return { kind: "edited", text: mark + body, diff };
}

function writtenFault(root: ReadRoot, body: string, wanted: JsonObject, patch: CanvasPatch): string | null {
  const written = readCanvasRoot("", body);
  if (!holdsExactly(written, wanted)) return "it would not be read back as it was meant";
  return editFault(root, written, patch);
}

/** True for a readable canvas with exactly these values. */
export function holdsExactly(read: CanvasRoot, wanted: JsonObject): read is ReadRoot {
  return read.kind === "root" && jsonEqual(read.root, wanted);
}

function wantedRoot(root: ReadRoot, plan: PatchPlan): JsonObject {
  const list = (name: ListName, values: readonly JsonValue[]): JsonObject =>
    isIdle(plan[name]) && !Object.hasOwn(root.root, name) && Object.keys(root.root).length > 0
      ? {}
      : { [name]: applyListPlan(values, plan[name]) };
  return { ...root.root, ...list("nodes", root.nodes), ...list("edges", root.edges) };
}

/** An empty file stands for `{}`; a last line end stays. */
function blankRoot(text: string): ReadRoot {
  const end = text.endsWith("\n") ? lineEndOf(text) : "";
  return { kind: "root", body: `{}${end}`, root: {}, nodes: [], edges: [] };
}

/** A canvas for a file that holds nothing but `{}`: as Obsidian would write it. */
function freshBody(body: string, wanted: JsonObject): string {
  const start = skipSpace(body, 0);
  return body.slice(0, start) + obsidianJson(wanted, 0, lineEndOf(body)) + body.slice(body.lastIndexOf("}") + 1);
}
