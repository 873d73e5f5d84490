import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One change of a real vault. */
export interface HistoryStep {
  /** When, ISO 8601. */
  readonly t: string;
  readonly op: "create" | "modify" | "rename" | "delete";
  readonly path: string;
  readonly from?: string;
  /** The whole file after the change. */
  readonly content?: string;
}

export interface History {
  readonly name: string;
  readonly steps: readonly HistoryStep[];
}

/** Edit histories of real vaults, from the folder that CANVAS_HISTORIES names. None, with one loud line, without it. */
export function loadHistories(): readonly History[] {
  const folder = process.env["CANVAS_HISTORIES"];
  if (folder === undefined || folder === "") {
    console.warn("SKIPPED: no real canvas histories. Set CANVAS_HISTORIES to a folder of *.jsonl.gz files to replay them.");
    return [];
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl.gz"))
    .sort()
    .map((name) => ({ name: name.replace(/\.jsonl\.gz$/, ""), steps: readSteps(join(folder, name)) }));
}

function readSteps(file: string): readonly HistoryStep[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as HistoryStep);
}
