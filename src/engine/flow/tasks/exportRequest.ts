import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json";
import { parseIsoTime } from "../../learning/isoTime";
import { folderRefusal } from "../../tasks/export/exportTarget";

export type ExportFormat = "json" | "ndjson" | "csv";
export type GraphTable = "canvases" | "nodes" | "edges" | "notes" | "concepts";

/** Since when events are exported: epoch milliseconds, or so many days before the export runs. */
export type Since = { readonly kind: "all" } | { readonly kind: "at"; readonly at: number } | { readonly kind: "days"; readonly days: number };

interface Told {
  readonly format: ExportFormat;
  readonly folder: string;
}

/** What an item of the kind export asks for. */
export type ExportRequest =
  | (Told & { readonly what: "events"; readonly since: Since; readonly type: string | null; readonly canvas: string | null })
  /** Without a table all of them, in one JSON document. */
  | (Told & { readonly what: "graph"; readonly table: GraphTable | null })
  | (Told & { readonly what: "stats" })
  | (Told & { readonly what: "task"; readonly task: string });

export type ReadExport = { readonly kind: "ok"; readonly request: ExportRequest } | { readonly kind: "refused"; readonly reason: string };

const formats: Readonly<Record<ExportRequest["what"], readonly ExportFormat[]>> = {
  events: ["json", "ndjson", "csv"],
  graph: ["json", "ndjson", "csv"],
  stats: ["json"],
  task: ["json", "ndjson", "csv"],
};

const keys: Readonly<Record<ExportRequest["what"], readonly string[]>> = {
  events: ["since", "days", "type", "canvas"],
  graph: ["table"],
  stats: [],
  task: ["task"],
};

export const graphTables: readonly GraphTable[] = ["canvases", "nodes", "edges", "notes", "concepts"];

class Refused extends Error {}

/** Reads an item. The reason of a refusal is one sentence that names the member and what may stand there. */
export function readExportRequest(item: JsonValue): ReadExport {
  try {
    return { kind: "ok", request: read(item) };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", reason: error.message };
    throw error;
  }
}

function read(item: JsonValue): ExportRequest {
  if (!isJsonObject(item)) throw new Refused('An item of the kind export is an object such as {"what": "events", "format": "csv", "folder": "Exports"}.');
  const what = oneOf(item, "what", ["events", "graph", "stats", "task"] as const);
  const allowed = ["what", "format", "folder", ...keys[what]];
  const foreign = Object.keys(item).find((key) => !allowed.includes(key));
  if (foreign !== undefined) throw new Refused(`An export of ${what} has no "${foreign}"; it may have ${allowed.join(", ")}.`);
  const told = { format: oneOf(item, "format", formats[what]), folder: folderOf(item) };
  switch (what) {
    case "events":
      return { ...told, what, since: sinceOf(item), type: textOf(item, "type"), canvas: textOf(item, "canvas") };
    case "graph":
      return { ...told, what, table: tableOf(item, told.format) };
    case "stats":
      return { ...told, what };
    case "task":
      return { ...told, what, task: taskOf(item) };
  }
}

function oneOf<T extends string>(item: JsonObject, key: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === item[key]);
  if (found === undefined) throw new Refused(`"${key}" of an export is ${allowed.map((one) => `"${one}"`).join(" or ")}.`);
  return found;
}

function folderOf({ folder }: JsonObject): string {
  if (typeof folder !== "string") throw new Refused('"folder" of an export is a folder of the vault, or "" for the vault itself.');
  const reason = folderRefusal(folder);
  if (reason !== null) throw new Refused(`Nothing can be exported into ${JSON.stringify(folder)}: ${reason}.`);
  return folder;
}

function sinceOf({ days, since }: JsonObject): Since {
  if (since !== undefined && days !== undefined) throw new Refused('An export of events has "since" or "days", not both.');
  if (since !== undefined) return { kind: "at", at: timeOf(since) };
  if (days === undefined) return { kind: "all" };
  if (typeof days !== "number" || !(days > 0) || days > 36_500) throw new Refused('"days" of an export is a number above 0, at most 36500.');
  return { kind: "days", days };
}

function timeOf(since: JsonValue): number {
  if (typeof since === "number" && Number.isFinite(since)) return since;
  const read = typeof since === "string" ? parseIsoTime(since) : null;
  if (read === null) throw new Refused('"since" of an export is an ISO date such as "2026-01-31", or epoch milliseconds.');
  return read.utcMs;
}

function textOf(item: JsonObject, key: string): string | null {
  const value = item[key] ?? null;
  if (value !== null && (typeof value !== "string" || value === "")) throw new Refused(`"${key}" of an export is a text.`);
  return value;
}

function tableOf(item: JsonObject, format: ExportFormat): GraphTable | null {
  if (item["table"] !== undefined) return oneOf(item, "table", graphTables);
  if (format !== "json") throw new Refused(`A "${format}" of the graph holds one table: "table" is ${graphTables.map((one) => `"${one}"`).join(" or ")}.`);
  return null;
}

function taskOf({ task }: JsonObject): string {
  if (typeof task !== "string" || task === "") throw new Refused('"task" of an export is the id of a task.');
  return task;
}
