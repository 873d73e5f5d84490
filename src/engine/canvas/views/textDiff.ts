import { jsonEqual } from "../../kernel/json";
import { valueOf } from "../changedKeys";
import type { CanvasDiff, EntryChange } from "../diff";
import { diffCanvas } from "../diffCanvas";
import { emptyDocument, type CanvasDocument } from "../document";
import { parseCanvas } from "../parseCanvas";

/** What happened from one text to the next, or null when one of them is no canvas. */
export function textDiff(before: string, after: string): CanvasDiff | null {
  const [old, now] = [documentOf(before), documentOf(after)];
  return old === null || now === null ? null : diffCanvas(old, now);
}

/** The way back. */
export function reverseDiff({ nodes, edges }: CanvasDiff): CanvasDiff {
  return { nodes: nodes.map(reverse), edges: edges.map(reverse) };
}

/** Whether what a diff adds is in a text, and what it removes is not. */
export function hasDiff(text: string, { nodes, edges }: CanvasDiff): boolean {
  const document = documentOf(text);
  if (document === null) return false;
  return isIn(document.nodes, nodes) && isIn(document.edges, edges);
}

/** Whether something in a text is as it was before a diff. */
export function lacksDiff(text: string, { nodes, edges }: CanvasDiff): boolean {
  const document = documentOf(text);
  return document !== null && (lacks(document.nodes, nodes) || lacks(document.edges, edges));
}

/** The text as a canvas; null when it is none. */
export function documentOf(text: string): CanvasDocument | null {
  const parsed = parseCanvas("", text);
  if (parsed.kind === "unreadable") return null;
  return parsed.kind === "blank" ? emptyDocument : parsed.document;
}

function reverse(change: EntryChange): EntryChange {
  switch (change.kind) {
    case "added":
      return { kind: "removed", id: change.id, before: change.after };
    case "removed":
      return { kind: "added", id: change.id, after: change.before };
    case "changed":
      return { ...change, before: change.after, after: change.before };
  }
}

function lacks(entries: CanvasDocument["nodes"], changes: readonly EntryChange[]): boolean {
  const found = new Map(entries.map((entry) => [entry.id, entry]));
  return changes.some((change) => {
    const entry = found.get(change.id);
    if (change.kind === "added") return entry === undefined;
    if (change.kind === "removed" || entry === undefined) return change.kind === "removed" && entry !== undefined;
    return change.keys.some((key) => jsonEqual(valueOf(entry, key), valueOf(change.before, key)));
  });
}

function isIn(entries: CanvasDocument["nodes"], changes: readonly EntryChange[]): boolean {
  const ids = new Set(entries.map((entry) => entry.id));
  return changes.every((change) => ids.has(change.id) === (change.kind !== "removed"));
}
