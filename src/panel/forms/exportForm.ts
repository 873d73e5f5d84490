import type { JsonObject } from "../../engine/index";
import { strings } from "../text/strings";

export const exportSubjects = ["events", "graph", "stats", "task"] as const;
export const exportTables = ["canvases", "nodes", "edges", "notes", "concepts"] as const;

export type ExportSubject = (typeof exportSubjects)[number];
export type ExportFormat = "json" | "ndjson" | "csv";
export type ExportTable = (typeof exportTables)[number];

/** What the dialog for an export holds, as typed. */
export interface ExportForm {
  readonly what: ExportSubject;
  readonly format: ExportFormat;
  /** Of the graph, where the format holds one table only. */
  readonly table: ExportTable;
  /** Path of the only canvas whose events are wanted. Empty: all. */
  readonly canvas: string;
  readonly days: string;
  /** The id of the task whose results are wanted. */
  readonly task: string;
  readonly folder: string;
}

export type ItemOfExport = { readonly kind: "item"; readonly item: JsonObject } | { readonly kind: "problem"; readonly field: "days"; readonly reason: string };

/** The form to begin with; `task` is the newest that has results, or empty. */
export function firstExport({ canvas = "", task = "" }: { readonly canvas?: string; readonly task?: string }): ExportForm {
  return { what: "events", format: "csv", table: "nodes", canvas, days: "", task, folder: strings.exportForm.firstFolder };
}

/** The formats of a subject, the one that suits it best first. */
export function exportFormats(what: ExportSubject): readonly ExportFormat[] {
  if (what === "stats") return ["json"];
  return what === "graph" ? ["json", "csv", "ndjson"] : ["csv", "json", "ndjson"];
}

/** The form for another subject: what was typed stays, and the format where the subject has it. */
export function withSubject(form: ExportForm, what: ExportSubject): ExportForm {
  const formats = exportFormats(what);
  const [first = form.format] = formats;
  return { ...form, what, format: formats.includes(form.format) ? form.format : first };
}

/** The item of a task of the kind `export`; what else is wrong with it the engine says. */
export function itemOfExport({ canvas, days, folder, format, table, task, what }: ExportForm): ItemOfExport {
  const told = { what, format, folder: folder.trim() };
  switch (what) {
    case "events": {
      const past = daysOf(days);
      if (Number.isNaN(past)) return { kind: "problem", field: "days", reason: strings.exportForm.badDays };
      return { kind: "item", item: { ...told, ...(past === null ? {} : { days: past }), ...(canvas.trim() === "" ? {} : { canvas: canvas.trim() }) } };
    }
    case "graph":
      return { kind: "item", item: format === "json" ? told : { ...told, table } };
    case "stats":
      return { kind: "item", item: told };
    case "task":
      return { kind: "item", item: { ...told, task } };
  }
}

/** Null for no limit, NaN for what is no number of days. People write decimals with a comma as well. */
function daysOf(text: string): number | null {
  if (text.trim() === "") return null;
  const days = Number(text.trim().replace(",", "."));
  return days > 0 && days <= 36_500 ? days : NaN;
}
