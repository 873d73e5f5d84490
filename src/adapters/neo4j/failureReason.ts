import type { FailureClass } from "../../engine/index";

/** What exactly is wrong, as far as an error tells. Each reason has one class and one message. */
export type FailureReason = keyof typeof classOfReason;

export const classOfReason = {
  // The server or the way to it.
  away: "unavailable",
  "unknown-host": "unavailable",
  "no-connection": "unavailable",
  "no-answer": "unavailable",
  "tls-handshake": "unavailable",
  "database-away": "unavailable",
  "not-connected": "unavailable",
  "other-target": "unavailable",
  stopped: "unavailable",
  // Trouble among transactions.
  contention: "contention",
  "rate-limit": "throttled",
  "too-big": "too-big",
  // For a person to change: who may come in.
  password: "auth",
  "expired-credentials": "auth",
  forbidden: "auth",
  security: "auth",
  // For a person to change: where and what the database is.
  http: "config",
  "not-bolt": "config",
  certificate: "config",
  "trust-strategy": "config",
  scheme: "config",
  "credentials-in-address": "config",
  address: "config",
  port: "config",
  parameters: "config",
  database: "config",
  "read-only": "config",
  "old-server": "config",
  "duplicates-in-database": "config",
  "schema-conflict": "config",
  "other-level": "config",
  // The statement and its rows.
  statement: "query",
  dropped: "query",
  rows: "data",
  execution: "unknown",
  unknown: "unknown",
} as const satisfies Record<string, FailureClass>;
