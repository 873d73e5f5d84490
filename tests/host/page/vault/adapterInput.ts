import type { FsRequest } from "../../protocol";
import { normalizePath } from "../core/normalizePath";
import { refuse } from "../core/violations";
import type { DataWriteOptions } from "./adapter";

/** Vault paths are normalised; "/" and "" name the vault itself. Stricter than the app, which takes almost anything. */
export function checkPath(path: string): string {
  if (typeof path !== "string") refuse(`adapter path is no string: ${String(path)}`);
  if (path === "" || path === "/") return "";
  if (path !== normalizePath(path)) refuse(`adapter path is not normalised: '${path}'`);
  if (path.split("/").includes("..")) refuse(`adapter path has '..': '${path}'`);
  if (path.includes("\0")) refuse("adapter path has a NUL");
  return path;
}

export function checkText(data: string): string {
  if (typeof data !== "string") refuse(`text expected, got ${Object.prototype.toString.call(data)}`);
  return data;
}

export function putRequest(
  op: "write" | "append",
  path: string,
  data: string,
  binary: boolean,
  options: DataWriteOptions | undefined,
): FsRequest {
  return { op, path, data, binary, ...(options?.mtime === undefined ? {} : { mtime: options.mtime }) };
}
