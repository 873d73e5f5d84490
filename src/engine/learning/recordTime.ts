import { invalid, type InvalidRecord } from "./invalidRecord";
import { parseIsoTime } from "./isoTime";

/** The greatest time that the order clock can write: 20 November 2286. */
const MAX_TIME = 9_999_999_999_999;

/** The caller's time as whole epoch ms; null when there is none. ISO text without a zone is UTC. */
export function readTimestamp(value: unknown): { readonly kind: "time"; readonly at: number | null } | InvalidRecord {
  if (value === undefined || value === null) return { kind: "time", at: null };
  const ms = typeof value === "string" ? parseIsoTime(value)?.utcMs : value;
  if (typeof ms !== "number" || !Number.isFinite(ms)) {
    return invalid("invalid_timestamp", "timestamp must be epoch milliseconds or ISO 8601 text");
  }
  if (ms < 0 || ms > MAX_TIME) return invalid("invalid_timestamp", "timestamp must lie between 1970 and 2286");
  return { kind: "time", at: Math.floor(ms) + 0 };
}
