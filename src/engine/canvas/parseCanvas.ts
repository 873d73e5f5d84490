import { isJsonObject, type JsonValue } from "../kernel/json";
import { readCanvasRoot, startOf, type ListName } from "./canvasRoot";
import type { CanvasEntry, FileProblem, ParsedCanvas } from "./document";
import { elementSpans, type ContainerSpan, type Span } from "./jsonSpans";
import { placeAt } from "./textPlace";

/** A skipped entry, by its index in the list. */
interface Skipped {
  readonly index: number;
  readonly reason: string;
}

interface Picked {
  readonly entries: readonly CanvasEntry[];
  readonly skipped: readonly Skipped[];
}

/** Problems named for one list; the rest of a badly damaged one is counted in a last line. */
const NAMED_PROBLEMS = 20;

/**
 * Reads any text as a canvas and never throws. Entries that are no object or have no string id are skipped. Of entries
 * with one id in one list the last one counts, at the place of the last one; nodes and edges do not share ids.
 */
export function parseCanvas(path: string, text: string): ParsedCanvas {
  const read = readCanvasRoot(path, text);
  if (read.kind !== "root") return read;
  const nodes = pickEntries("nodes", read.nodes);
  const edges = pickEntries("edges", read.edges);
  const problems = [
    ...problemsOf(path, read.body, "nodes", nodes.skipped),
    ...problemsOf(path, read.body, "edges", edges.skipped),
  ];
  return { kind: "document", document: { nodes: nodes.entries, edges: edges.entries }, problems };
}

/** True for what counts as a node or an edge. */
export function isEntry(value: JsonValue): value is CanvasEntry {
  return isJsonObject(value) && Object.hasOwn(value, "id") && typeof value.id === "string";
}

function pickEntries(list: ListName, values: readonly JsonValue[]): Picked {
  const lastOf = new Map<string, number>();
  for (const [index, value] of values.entries()) if (isEntry(value)) lastOf.set(value.id, index);
  if (lastOf.size === values.length) return { entries: values as readonly CanvasEntry[], skipped: [] };

  const entries: CanvasEntry[] = [];
  const skipped: Skipped[] = [];
  const told = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (!isEntry(value)) {
      skipped.push({
        index,
        reason: `${list}[${index}] ${isJsonObject(value) ? "has no string id" : "is no object"} and is skipped`,
      });
      continue;
    }
    const last = lastOf.get(value.id);
    if (last === index) {
      entries.push(value);
    } else if (!told.has(value.id)) {
      told.add(value.id);
      skipped.push({
        index,
        reason: `${list}[${index}] has the same id as ${list}[${last}]; only the last one counts`,
      });
    }
  }
  return { entries, skipped };
}

function problemsOf(path: string, body: string, list: ListName, skipped: readonly Skipped[]): FileProblem[] {
  const start = skipped.length === 0 ? null : startOf(body, list);
  if (start === null) return [];
  const spans = elementSpans(body, start);
  const named = skipped
    .slice(0, NAMED_PROBLEMS)
    .map(({ index, reason }) => ({ path, ...placeOf(body, spans, index), reason }));
  const rest = skipped.length - named.length;
  if (rest === 0) return named;
  return [
    ...named,
    { path, line: null, column: null, reason: `${rest} more entries of ${list} are skipped for such reasons` },
  ];
}

function placeOf(
  body: string,
  spans: ContainerSpan<Span>,
  index: number,
): { line: number | null; column: number | null } {
  const span = spans.items[index];
  return span === undefined ? { line: null, column: null } : placeAt(body, span.start);
}
