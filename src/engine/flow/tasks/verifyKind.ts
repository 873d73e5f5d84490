import { canvasKey } from "../../canvas/canvasPath";
import type { JsonObject, JsonValue } from "../../kernel/json";
import type { LocalGraph } from "../../graph/localGraph";
import type { ItemContext, TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";
import { STORE } from "../deliver/delivery";
import type { ComparableStore } from "../deliver/comparableStore";
import { storageAsAway } from "./storageAsAway";
import { verifyFiles, type VerifyFilesParts } from "./verify/verifyFiles";
import { readVerifyRequest, type VerifyChoice, type VerifyRequest } from "./verify/verifyRequest";
import { verifyStore, type VerifyStoreParts } from "./verify/verifyStore";

export interface VerifyKindParts extends VerifyFilesParts, VerifyStoreParts {
  readonly graph: LocalGraph;
  readonly store: () => ComparableStore;
  /** Events of all journals. */
  readonly eventCount: () => number;
}

/** Milliseconds on a slow machine: for a canvas file, for the store's first answer, and for each row or event there. */
const FILE_MS = 5;
const STORE_MS = 200;
const ROW_MS = 0.1;

const noStore = "No store is connected: only the files and the local graph can be compared.";

/**
 * Compares canvas files with the local graph and the graph with the store: `{scope, repair}`, with `canvas` for one of
 * them. Tasks are made with one item a canvas and one for the store (`verifyItems`).
 */
export function verifyKind(parts: VerifyKindParts): TaskKind {
  return {
    name: "verify",
    check: (item) => {
      const request = readVerifyRequest(item);
      return request.kind === "refused" ? request.reason : null;
    },
    domainOf: (item) => (requestOf(item).scope === "store" ? STORE : "vault"),
    keyOf: (item) => keyOf(requestOf(item)),
    costMs: (item) => costMs(parts, requestOf(item)),
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, requestOf(item), context)),
  };
}

function requestOf(item: JsonValue): VerifyRequest {
  const request = readVerifyRequest(item);
  if (request.kind === "refused") throw new TaskFailure("data", "item", request.reason);
  return request;
}

// What repairs in files or in the store twice at once would do everything twice.
function keyOf({ scope, which }: VerifyRequest): string {
  if (scope === "files" && which.kind === "canvas") return canvasKey(which.path);
  return scope === "store" ? "verify store" : "verify files";
}

function costMs({ eventCount, graph }: VerifyKindParts, { scope, which }: VerifyRequest): number {
  const { canvases, edges, nodes } = graph.summary();
  const files = which.kind === "all" ? canvases * FILE_MS : FILE_MS;
  const store = STORE_MS + (which.kind === "all" ? nodes + edges + eventCount() : 0) * ROW_MS;
  return (scope === "store" ? 0 : files) + (scope === "files" ? 0 : store);
}

async function run(parts: VerifyKindParts, { repair, scope, which }: VerifyRequest, { signal }: ItemContext): Promise<JsonValue> {
  const started = parts.clock.monotonic();
  const files = scope === "store" ? {} : { files: await verifyFiles(parts, which, repair, signal) };
  const store = scope === "files" ? {} : await withStore(parts, which, repair, signal);
  const canvas = which.kind === "canvas" ? { canvas: which.path } : {};
  return { scope, repair, ...canvas, ...files, ...store, ms: Math.round(parts.clock.monotonic() - started) };
}

async function withStore(parts: VerifyKindParts, which: VerifyChoice, repair: boolean, signal: ItemContext["signal"]): Promise<JsonObject> {
  const store = parts.store();
  if (store.kind === "none") return { note: noStore };
  if (store.kind === "away") throw new TaskFailure("unavailable", "not-connected", `The store cannot be compared yet: ${store.message}`);
  if (which.kind !== "canvas") return { store: await verifyStore(parts, store, null, repair, signal) };
  const known = parts.graph.canvasByPath(which.path);
  if (known === null) return { note: `There is no canvas ${JSON.stringify(which.path)} in the local graph, so the store has nothing of it.` };
  return { store: await verifyStore(parts, store, known.id, repair, signal) };
}
