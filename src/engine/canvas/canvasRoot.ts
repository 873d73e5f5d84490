import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/json";
import type { FileProblem } from "./document";
import { findJsonFault } from "./jsonFault";
import { memberOf, memberSpans, skipSpace } from "./jsonSpans";
import { deeperAt, MAX_NESTING, nestsDeeper, tooDeep } from "./nesting";
import { placeAt } from "./textPlace";

export type ListName = "nodes" | "edges";

/** A canvas text read as JSON, nothing left out. */
export interface ReadRoot {
  readonly kind: "root";
  /** The text without its byte order mark. */
  readonly body: string;
  readonly root: JsonObject;
  /** A list that the file does not have is empty here. */
  readonly nodes: readonly JsonValue[];
  readonly edges: readonly JsonValue[];
}

export type CanvasRoot =
  ReadRoot | { readonly kind: "blank" } | { readonly kind: "unreadable"; readonly problem: FileProblem };

export const BYTE_ORDER_MARK = "\uFEFF";

export function readCanvasRoot(path: string, text: string): CanvasRoot {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (body.trim() === "") return { kind: "blank" };
  const unreadable = (offset: number | null, reason: string): CanvasRoot => {
    const place = offset === null ? { line: null, column: null } : placeAt(body, offset);
    return { kind: "unreadable", problem: { path, ...place, reason } };
  };

  let root: unknown;
  try {
    root = JSON.parse(body);
  } catch {
    const fault = findJsonFault(body);
    return unreadable(fault.offset, fault.reason);
  }
  if (!isJsonObject(root)) {
    return unreadable(skipSpace(body, 0), `a canvas is an object, but this file holds ${nameOf(root)}`);
  }
  if (nestsDeeper(root, MAX_NESTING)) {
    return unreadable(deeperAt(body, MAX_NESTING), tooDeep);
  }
  const nodes = listOf(root, "nodes");
  if (nodes === null) return unreadable(startOf(body, "nodes"), noList(root, "nodes"));
  const edges = listOf(root, "edges");
  if (edges === null) return unreadable(startOf(body, "edges"), noList(root, "edges"));
  return { kind: "root", body, root, nodes, edges };
}

/** Where the list begins in the body, or null when the file does not have it. */
export function startOf(body: string, list: ListName): number | null {
  return memberOf(memberSpans(body, skipSpace(body, 0)), list)?.valueStart ?? null;
}

function listOf(root: JsonObject, key: ListName): readonly JsonValue[] | null {
  if (!Object.hasOwn(root, key)) return [];
  const list = root[key];
  return Array.isArray(list) ? (list as readonly JsonValue[]) : null;
}

function noList(root: JsonObject, key: ListName): string {
  return `"${key}" must be a list, but it is ${nameOf(root[key])}`;
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
