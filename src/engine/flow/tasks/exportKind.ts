import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import { isJsonObject, type JsonValue } from "../../kernel/json";
import type { Signal } from "../../kernel/signal";
import type { ExportFiles } from "../../tasks/export/exportFiles";
import { ExportTargetRefused } from "../../tasks/export/exportTarget";
import type { ItemContext, TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";
import { exportContent } from "./exportContent";
import { readExportRequest, type ExportRequest } from "./exportRequest";
import type { ExportSources } from "./exportSources";
import { storageAsAway } from "./storageAsAway";

export interface ExportKindParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly files: ExportFiles;
  readonly sources: ExportSources;
}

/** What one file takes on a slow machine with a vault of some size, in milliseconds. */
const costs: Readonly<Record<ExportRequest["what"], number>> = { events: 1_000, graph: 1_000, stats: 20, task: 300 };

/**
 * Writes events, the graph, figures or the results of a task as a new file of the vault. The result says which one.
 * An item may run again: its file is known by the task and the item, so that also a crash leaves one file in the end.
 */
export function exportKind(parts: ExportKindParts): TaskKind {
  return {
    name: "export",
    check: (item) => {
      const read = readExportRequest(item);
      return read.kind === "refused" ? read.reason : null;
    },
    domainOf: () => "vault",
    keyOf: () => null,
    costMs: (item) => {
      const read = readExportRequest(item);
      return read.kind === "ok" ? costs[read.request.what] : 0;
    },
    repeatable: true,
    isResult: isExportResult,
    run: (item, context) => storageAsAway(() => run(parts, item, context)),
  };
}

/** `rows` is null where an earlier run, cut off by a crash, had finished the file. */
export function isExportResult(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const { bytes, path, rows } = value;
  return typeof path === "string" && path !== "" && isCount(bytes) && (rows === null || isCount(rows));
}

async function run({ clock, files, hasher, sources }: ExportKindParts, item: JsonValue, context: ItemContext): Promise<JsonValue> {
  const read = readExportRequest(item);
  if (read.kind === "refused") throw new TaskFailure("data", "item", read.reason);
  const { folder, format } = read.request;
  const content = exportContent(read.request, sources, clock);
  if (content === null) throw new TaskFailure("data", "unknown-task", "The task whose results were to be exported is not there.");
  const key = hasher.sha256(`${context.task}\n${context.item}`).slice(0, 10);
  const target = { folder, name: `${content.name} ${day(clock.now())}`, key, extension: format };
  try {
    const { bytes, kind, path } = await files.write(target, untilAborted(content.chunks, context.signal));
    return { path, bytes, rows: kind === "there" ? null : content.rows() };
  } catch (error) {
    if (error instanceof ExportTargetRefused) throw new TaskFailure("data", "folder", `Nothing can be exported there: ${error.reason}.`);
    throw error;
  }
}

/** Ends with an error on abort, so that no half file is taken for a whole one. */
async function* untilAborted(chunks: AsyncIterable<string>, signal: Signal): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    if (signal.aborted) throw new TaskFailure("unavailable", "stopped", "The export was stopped before its file was whole.");
    yield chunk;
  }
}

/** The day as people of this place write it, for a name that sorts. */
function day(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function isCount(value: JsonValue | undefined): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
