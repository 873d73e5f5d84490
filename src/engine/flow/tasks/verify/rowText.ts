import type { RowDifference } from "../../../graph/compareRows";
import type { ExpectedRow } from "../../../graph/expectedRows";
import type { UnknownRow } from "../../../graph/unknownRows";
import type { LearningEvent } from "../../../learning/event";

const words: Readonly<Record<RowDifference, string>> = {
  missing: "not in the store",
  older: "older in the store",
  unlinked: "in the store, but nothing ties it to what it belongs to",
  newer: "newer in the store: another device wrote it, and its journal has not come here yet",
};

/** A row that differs, in plain words: paths, names and ids, never what a note or card says. */
export function rowText(difference: RowDifference, row: ExpectedRow, pathOf: (canvas: string) => string | null): string {
  return `${nameOf(row.kind, row.canvas, row.name, pathOf)}: ${words[difference]}`;
}

export function eventText(difference: "missing" | "unlinked", event: LearningEvent): string {
  const { kind, id } = event.subject;
  const on = event.canvas === null ? "" : ` on canvas ${JSON.stringify(event.canvas.path)}`;
  return `event ${event.type} of ${kind} ${JSON.stringify(id)}${on}, ${event.id}: ${words[difference]}`;
}

export function unknownText({ kind, row }: UnknownRow, pathOf: (canvas: string) => string | null): string {
  const name = kind === "event" ? `event ${row.name}, ${row.key}` : nameOf(kind, row.canvas, row.name, pathOf);
  return `${name}: in the store, but no journal here knows of it`;
}

function nameOf(kind: string, canvas: string | null, name: string, pathOf: (canvas: string) => string | null): string {
  const on = canvas === null || kind === "canvas" ? "" : ` on canvas ${JSON.stringify(pathOf(canvas) ?? canvas)}`;
  return `${kind} ${JSON.stringify(name)}${on}`;
}
