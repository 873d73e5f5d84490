import { isJsonObject, ownMember, type JsonObject } from "../../kernel/json";
import type { FailureClass } from "../../graph/port";
import type { ItemError, ItemResult } from "../itemResult";
import { isCount, isNumber } from "./readFields";

const classes: Readonly<Record<FailureClass, true>> = {
  unavailable: true,
  contention: true,
  throttled: true,
  "too-big": true,
  auth: true,
  config: true,
  query: true,
  data: true,
  unknown: true,
};

/** One result from a file; null when it is none. */
export function readItemResult(value: unknown): ItemResult | null {
  if (!isJsonObject(value)) return null;
  const { item, domain, attempts, waitMs, runMs, at, status } = value;
  if (!isCount(item) || !isCount(attempts) || typeof domain !== "string") return null;
  if (!isNumber(waitMs) || !isNumber(runMs) || !isNumber(at)) return null;
  const ended = { item, domain, attempts, waitMs, runMs, at };
  if (status === "done") return { ...ended, status, value: ownMember(value, "value") ?? null };
  if (status === "cancelled") return { ...ended, status };
  const error = status === "failed" ? readError(value) : null;
  return error === null ? null : { ...ended, status: "failed", error };
}

function readError(result: JsonObject): ItemError | null {
  const { error } = result;
  if (!isJsonObject(error)) return null;
  const { class: failure, code, message } = error;
  if (typeof code !== "string" || typeof message !== "string") return null;
  return { class: isFailureClass(failure) ? failure : "unknown", code, message };
}

function isFailureClass(value: unknown): value is FailureClass {
  return typeof value === "string" && Object.hasOwn(classes, value);
}
