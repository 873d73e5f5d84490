import { diffCanvas } from "../../../canvas/diffCanvas";
import { emptyDocument, type CanvasDocument, type FileProblem } from "../../../canvas/document";
import { parseCanvas } from "../../../canvas/parseCanvas";
import { canvasDrafts } from "../../../learning/fromCanvas";
import type { MasteryTable } from "../../../learning/mastery";
import type { EventDraft } from "../../../learning/event";
import type { LocalGraph } from "../../../graph/localGraph";
import { blankProblem } from "../../capture/findProblems";
import type { VaultPort } from "../../capture/vaultPort";

export interface FileDifferenceParts {
  readonly files: Pick<VaultPort, "readCanvas">;
  readonly graph: Pick<LocalGraph, "canvasesAt" | "lastGood">;
  readonly masteryTable: () => MasteryTable;
  /** Resolves when the graph has everything that the journal has. */
  readonly graphIdle: () => Promise<void>;
}

/** How a canvas file differs from the last good version of the graph. */
export type FileDifference =
  | { readonly kind: "same" }
  /** `drafts`: what a look at the file would journal. */
  | { readonly kind: "changed"; readonly drafts: readonly EventDraft[] }
  | { readonly kind: "unknown"; readonly nodes: number; readonly edges: number }
  | { readonly kind: "gone"; readonly nodes: number }
  /** The graph has several canvases at this path. */
  | { readonly kind: "twins"; readonly canvases: number }
  /** Nothing of the file can be used, so nothing can be said of it. */
  | { readonly kind: "unreadable" };

export interface ComparedFile {
  readonly difference: FileDifference;
  readonly problems: readonly FileProblem[];
}

/** Compares one file as a look at it would, and changes nothing. */
export async function fileDifference(parts: FileDifferenceParts, path: string): Promise<ComparedFile> {
  const file = await parts.files.readCanvas(path);
  await parts.graphIdle();
  const [known, ...twins] = parts.graph.canvasesAt(path);
  if (file.kind === "unreadable") return unreadable({ path, line: null, column: null, reason: file.reason });
  if (file.kind === "missing") return found(known === undefined ? { kind: "same" } : { kind: "gone", nodes: known.nodes });
  const before = known === undefined ? emptyDocument : await parts.graph.lastGood(known.id);
  const parsed = parse(path, file.content, before);
  if (parsed.kind === "unreadable") return unreadable(parsed.problem);
  const { nodes, edges } = parsed.document;
  if (known === undefined) return found({ kind: "unknown", nodes: nodes.length, edges: edges.length }, parsed.problems);
  if (twins.length > 0) return found({ kind: "twins", canvases: twins.length + 1 }, parsed.problems);
  const drafts = canvasDrafts(diffCanvas(before, parsed.document), parts.masteryTable());
  return found(drafts.length === 0 ? { kind: "same" } : { kind: "changed", drafts }, parsed.problems);
}

type Parsed =
  | { readonly kind: "document"; readonly document: CanvasDocument; readonly problems: readonly FileProblem[] }
  | { readonly kind: "unreadable"; readonly problem: FileProblem };

function parse(path: string, text: string, before: CanvasDocument): Parsed {
  const parsed = parseCanvas(path, text);
  if (parsed.kind !== "blank") return parsed;
  if (before.nodes.length === 0) return { kind: "document", document: emptyDocument, problems: [] };
  return { kind: "unreadable", problem: blankProblem(path, before.nodes.length) };
}

function found(difference: FileDifference, problems: readonly FileProblem[] = []): ComparedFile {
  return { difference, problems };
}

function unreadable(problem: FileProblem): ComparedFile {
  return { difference: { kind: "unreadable" }, problems: [problem] };
}
