import type { FailureReason } from "./failureReason";

/** Where the database is, as far as it may be shown: user, password and query of the URI are left out. */
export interface Address {
  /** Such as `bolt://localhost:7687/neo4j`. */
  readonly text: string;
  readonly port: number;
  readonly database: string;
  readonly encrypted: boolean;
}

export type ParsedAddress =
  | { readonly kind: "address"; readonly address: Address }
  | { readonly kind: "refused"; readonly reason: FailureReason; readonly address: Address | null };

const defaultPort = 7687;
const schemes: ReadonlySet<string> = new Set(["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"]);

/**
 * Checks what a person typed before the driver sees it. A URI with a user or password in it is refused: addresses are
 * shown and logged, credentials are not.
 */
export function parseAddress(uri: string, database: string): ParsedAddress {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(uri.trim());
  const scheme = parts?.[1]?.toLowerCase();
  const authority = parts?.[2] ?? "";
  if (scheme === "http" || scheme === "https") return refused("http");
  if (scheme === undefined || !schemes.has(scheme)) return refused("scheme");
  if (authority.includes("@")) return refused("credentials-in-address");
  const host = /^(\[[0-9a-z:.%]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/i.exec(authority);
  if (host === null) return refused("address");
  const port = host[2] === undefined ? defaultPort : Number(host[2]);
  const text = `${scheme}://${(host[1] ?? "").toLowerCase()}:${port}/${database}`;
  const address = { text, port, database, encrypted: scheme.includes("+") };
  // It holds users and databases and refuses everything else with an error that does not say so.
  return database === "system" ? refused("database", address) : { kind: "address", address };
}

function refused(reason: FailureReason, address: Address | null = null): ParsedAddress {
  return { kind: "refused", reason, address };
}
