import type { FailureReason } from "./failureReason";

/** Where the database is, as far as it may be shown: user, password and query of the URI are left out. */
export interface Address {
  /** Such as `bolt://localhost:7687/neo4j`. */
  readonly text: string;
  /** What the driver gets: it takes schemes in lower case only, and refuses white space. */
  readonly uri: string;
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
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)[^?#]*(\?[^#]*)?/i.exec(uri.trim());
  const scheme = parts?.[1]?.toLowerCase();
  const authority = parts?.[2] ?? "";
  if (scheme === "http" || scheme === "https") return refused("http");
  if (scheme === undefined || !schemes.has(scheme)) return refused("scheme");
  if (authority.includes("@")) return refused("credentials-in-address");
  const [, host, portText] = /^(\[[0-9a-z:.%]+\]|[^:[\]\s]+)(?::(.*))?$/i.exec(authority) ?? [];
  if (host === undefined) return refused("address");
  const port = portText === undefined ? defaultPort : portOf(portText);
  if (port === null) return refused("port");
  const query = parts?.[3] === "?" ? "" : (parts?.[3] ?? "");
  if (!isRoutingContext(query, scheme)) return refused("parameters");
  const text = `${scheme}://${host.toLowerCase()}:${port}/${database}`;
  const address = { text, uri: `${scheme}://${host}:${port}${query}`, port, database, encrypted: scheme.includes("+") };
  // It holds users and databases and refuses everything else with an error that does not say so.
  return database === "system" ? refused("database", address) : { kind: "address", address };
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** Only an address of a cluster may end in parameters, each with a value. */
function isRoutingContext(query: string, scheme: string): boolean {
  if (query === "") return true;
  return scheme.startsWith("neo4j") && /^\?[^=&\s]+=[^=&\s]+(&[^=&\s]+=[^=&\s]+)*$/.test(query);
}

function refused(reason: FailureReason, address: Address | null = null): ParsedAddress {
  return { kind: "refused", reason, address };
}
