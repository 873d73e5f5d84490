import { checkCanvasPath } from "../../../canvas/canvasPath";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json";

/** What is to be compared, and whether what differs is put right. */
export interface VerifyRequest {
  readonly scope: "files" | "store" | "all";
  readonly repair: boolean;
  readonly which: VerifyChoice;
}

export type VerifyChoice =
  | { readonly kind: "all" }
  | { readonly kind: "canvas"; readonly path: string }
  /** Files that the graph does not know, and canvases without a file: together, since a moved canvas is one of each. */
  | { readonly kind: "unmatched" };

export type ReadVerifyRequest = ({ readonly kind: "request" } & VerifyRequest) | { readonly kind: "refused"; readonly reason: string };

/** Reads `{scope: "files" | "store" | "all", repair: boolean}` with `canvas: "a.canvas"` or `unmatched: true`. */
export function readVerifyRequest(item: JsonValue): ReadVerifyRequest {
  if (!isJsonObject(item) || !Object.keys(item).every((key) => keys.has(key))) return refused;
  const { repair, scope } = item;
  if (scope !== "files" && scope !== "store" && scope !== "all") return refused;
  if (typeof repair !== "boolean") return refused;
  const which = readChoice(item);
  if (which.kind === "refused") return which;
  if (which.kind === "unmatched" && scope !== "files") return refused;
  return { kind: "request", scope, repair, which };
}

/** The item that a request is kept as. */
export function verifyItem({ repair, scope, which }: VerifyRequest): JsonValue {
  if (which.kind === "all") return { scope, repair };
  return which.kind === "canvas" ? { scope, repair, canvas: which.path } : { scope, repair, unmatched: true };
}

const keys: ReadonlySet<string> = new Set(["scope", "repair", "canvas", "unmatched"]);

const refused = {
  kind: "refused",
  reason: 'An item of the kind verify is {"scope": "files", "store" or "all", "repair": true or false}, with "canvas": "….canvas" for one canvas.',
} as const;

function readChoice({ canvas, unmatched }: JsonObject): VerifyChoice | Extract<ReadVerifyRequest, { readonly kind: "refused" }> {
  if (unmatched !== undefined) return unmatched === true && canvas === undefined ? { kind: "unmatched" } : refused;
  if (canvas === undefined) return { kind: "all" };
  if (typeof canvas !== "string") return refused;
  const checked = checkCanvasPath(canvas);
  if (checked.kind === "ok") return { kind: "canvas", path: checked.path };
  return { kind: "refused", reason: `${JSON.stringify(canvas)} is no canvas of the vault: ${checked.reason}.` };
}
