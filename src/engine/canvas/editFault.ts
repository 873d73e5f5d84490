import { startOf, type ListName, type ReadRoot } from "./canvasRoot";
import { elementSpans, memberSpans, skipSpace } from "./jsonSpans";
import { isEntry } from "./parseCanvas";
import type { CanvasPatch, PatchOperation } from "./patch";

/**
 * What a new text did to something that the patch does not name, or null. It looks at the two texts and the patch
 * alone, so that no mistake of the code that made the text can hide here: entries that are not named are all there, in
 * their order and byte for byte, and so is everything beside the lists.
 */
export function editFault(before: ReadRoot, after: ReadRoot, patch: CanvasPatch): string | null {
  for (const list of ["nodes", "edges"] as const) {
    const named = namedIds(before, patch, list);
    const [old, now] = [unnamed(before, list, named), unnamed(after, list, named)];
    if (!sameTexts(old, now)) return `it would touch ${list} that are not to be changed`;
  }
  return sameTexts(membersBeside(before), membersBeside(after)) ? null : "it would touch something beside the nodes and edges";
}

function namedIds({ edges }: ReadRoot, patch: CanvasPatch, list: ListName): ReadonlySet<string> {
  const named = new Set(patch.flatMap((operation) => (listOf(operation) === list ? [idOf(operation)] : [])));
  if (list === "nodes") return named;
  const removed = new Set(patch.flatMap((operation) => (operation.kind === "remove-node" ? [operation.id] : [])));
  if (removed.size === 0) return named;
  for (const edge of edges) {
    if (!isEntry(edge)) continue;
    const { fromNode, toNode } = edge;
    if ([fromNode, toNode].some((end) => typeof end === "string" && removed.has(end))) named.add(edge.id);
  }
  return named;
}

function listOf({ kind }: PatchOperation): ListName {
  return kind === "add-edge" || kind === "update-edge" || kind === "remove-edge" ? "edges" : "nodes";
}

function idOf(operation: PatchOperation): string {
  if (operation.kind === "add-node") return operation.node.id;
  return operation.kind === "add-edge" ? operation.edge.id : operation.id;
}

/** The texts of the entries of a list that are not named, entries without an id among them. */
function unnamed(root: ReadRoot, list: ListName, named: ReadonlySet<string>): readonly string[] {
  const start = startOf(root.body, list);
  if (start === null) return [];
  return elementSpans(root.body, start).items.flatMap((span, index) => {
    const value = root[list][index];
    const isNamed = value !== undefined && isEntry(value) && named.has(value.id);
    return isNamed ? [] : [root.body.slice(span.start, span.end)];
  });
}

function membersBeside({ body }: ReadRoot): readonly string[] {
  const { items } = memberSpans(body, skipSpace(body, 0));
  return items.filter(({ key }) => key !== "nodes" && key !== "edges").map(({ start, end }) => body.slice(start, end));
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
