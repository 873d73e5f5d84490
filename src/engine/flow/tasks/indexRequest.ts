import { isJsonObject, type JsonValue } from "../../kernel/json";
import { checkCanvasPath } from "../../canvas/canvasPath";

/** What may be asked to be brought into the graph. */
export type IndexRequest =
  | { readonly kind: "all" }
  /** A vault path without a slash at its end. */
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "canvas"; readonly path: string };

export type ReadRequest = IndexRequest | { readonly kind: "refused"; readonly reason: string };

/** Reads `{all: true}`, `{folder: "Courses"}` or `{canvas: "a.canvas"}`. */
export function readIndexRequest(item: JsonValue): ReadRequest {
  if (!isJsonObject(item) || Object.keys(item).length !== 1) return refused;
  const { all, canvas, folder } = item;
  if (all === true) return { kind: "all" };
  if (typeof folder === "string") return readFolder(folder);
  if (typeof canvas !== "string") return refused;
  const checked = checkCanvasPath(canvas);
  if (checked.kind === "ok") return { kind: "canvas", path: checked.path };
  return { kind: "refused", reason: `${JSON.stringify(canvas)} is no canvas of the vault: ${checked.reason}.` };
}

const refused: ReadRequest = { kind: "refused", reason: 'An item of the kind index is {"all": true}, {"folder": "…"} or {"canvas": "….canvas"}.' };

function readFolder(folder: string): ReadRequest {
  const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0) return { kind: "refused", reason: 'The folder has no name. The whole vault is {"all": true}.' };
  if (parts.includes("..")) return { kind: "refused", reason: `${JSON.stringify(folder)} leads out of the vault.` };
  return { kind: "folder", folder: parts.join("/") };
}
