import type { FileProblem } from "../../../canvas/document";
import type { EventDraft } from "../../../learning/event";
import type { FileDifference } from "./fileDifference";

/** Nodes and edges that a line names. */
const MOST_NAMES = 5;

/** A difference in plain words: paths, ids and numbers, never what a note or card says. */
export function differenceText(path: string, difference: Exclude<FileDifference, { readonly kind: "same" | "unreadable" }>): string {
  const canvas = `canvas ${JSON.stringify(path)}`;
  switch (difference.kind) {
    case "changed":
      return `${canvas}: ${counted(difference.drafts.length, "change")} that the graph does not have, in ${namesIn(difference.drafts)}`;
    case "unknown":
      return `${canvas}: not in the graph, with ${counted(difference.nodes, "node")} and ${counted(difference.edges, "edge")}`;
    case "gone":
      return `${canvas}: in the graph with ${counted(difference.nodes, "node")}, but there is no such file`;
    case "twins":
      return `${canvas}: in the graph ${difference.canvases} times`;
  }
}

export function problemText({ column, line, path, reason }: FileProblem): string {
  const place = line === null ? "" : `, line ${line}${column === null ? "" : `, column ${column}`}`;
  return `${JSON.stringify(path)}${place}: ${reason}`;
}

function namesIn(drafts: readonly EventDraft[]): string {
  const names = [...new Set(drafts.map(({ subject }) => `${subject.kind} ${JSON.stringify(subject.id)}`))];
  const rest = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
