import type { JsonValue } from "../../kernel/json";
import { canvasKey } from "../../canvas/canvasPath";
import type { FileProblem } from "../../canvas/document";
import type { ItemContext, TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";
import type { Look } from "../capture/look";
import type { VaultPort } from "../capture/vaultPort";
import { readIndexRequest, type IndexRequest } from "./indexRequest";
import { requestedOf } from "./indexItems";
import { storageAsAway } from "./storageAsAway";

export interface IndexKindParts {
  readonly files: Pick<VaultPort, "list" | "excludes">;
  /** Looks at one canvas and journals what changed. Rejects with StorageError where that cannot be kept. */
  readonly look: (path: string) => Promise<Look>;
  readonly problemsOf: (path: string) => readonly FileProblem[];
  readonly mayCapture: () => boolean;
}

/** Milliseconds that one canvas takes on a slow machine; of a folder nobody knows how many lie in it. */
const CANVAS_MS = 10;

/**
 * Brings canvases into the graph. Tasks are made with one item a canvas (`indexItems`); an item for a folder, which a
 * program may still hand in, looks at its canvases one after the other.
 */
export function indexKind(parts: IndexKindParts): TaskKind {
  return {
    name: "index",
    check: (item) => {
      const request = readIndexRequest(item);
      return request.kind === "refused" ? request.reason : null;
    },
    domainOf: () => "vault",
    keyOf: (item) => {
      const request = readIndexRequest(item);
      return request.kind === "canvas" ? canvasKey(request.path) : null;
    },
    costMs: () => CANVAS_MS,
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, item, context)),
  };
}

async function run(parts: IndexKindParts, item: JsonValue, context: ItemContext): Promise<JsonValue> {
  const request = readIndexRequest(item);
  if (request.kind === "refused") throw new TaskFailure("data", "item", request.reason);
  if (request.kind === "canvas") return { canvas: request.path, events: await eventsOf(parts, request.path) };
  return lookAtAll(parts, request, context);
}

async function lookAtAll(parts: IndexKindParts, request: IndexRequest, { signal }: ItemContext): Promise<JsonValue> {
  const { canvases, unreadable } = requestedOf(request, await parts.files.list());
  const [first] = unreadable;
  if (first !== undefined) throw new TaskFailure("data", "unreadable", `The folder ${JSON.stringify(first.path)} cannot be read: ${first.reason}.`);
  let events = 0;
  for (const path of canvases) {
    if (signal.aborted) break;
    events += await eventsOf(parts, path);
  }
  return { canvases: canvases.length, events };
}

async function eventsOf({ files, look, mayCapture, problemsOf }: IndexKindParts, path: string): Promise<number> {
  // The host may still be opening, so this is tried again.
  if (!mayCapture()) throw new TaskFailure("unavailable", "not-capturing", "This vault is not captured now.");
  if (files.excludes?.(path) === true) throw new TaskFailure("data", "kept-out", `${path} is kept out by the settings of this vault.`);
  const seen = await look(path);
  switch (seen.kind) {
    case "captured":
      return seen.events.length;
    case "unchanged":
      return 0;
    case "missing":
      throw new TaskFailure("data", "missing", `There is no file ${path}.`);
    case "unreadable":
      throw new TaskFailure("data", "unreadable", unreadableText(path, problemsOf(path)[0]));
  }
}

function unreadableText(path: string, problem: FileProblem | undefined): string {
  if (problem === undefined) return `${path} cannot be read.`;
  const { column, line, reason } = problem;
  const place = line === null ? "" : `, line ${line}${column === null ? "" : `, column ${column}`}`;
  return `${path}${place}: ${reason}.`;
}
