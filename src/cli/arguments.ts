import { parseArgs } from "node:util";
import { parseAddress, type ParsedAddress } from "../adapters/neo4j/address";
import { failureMessage } from "../adapters/neo4j/failureMessage";
import type { Environment } from "../adapters/node/nodeDevice";

export interface StoreOptions {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface HostOptions {
  readonly vault: string;
  /** Null: no database, the local graph only. */
  readonly neo4j: StoreOptions | null;
  readonly concurrency: number;
  readonly batchSize: number;
  readonly lingerMs: number;
  /** How long `sync`, `retry` and `rebuild` wait for a store, in milliseconds. */
  readonly timeoutMs: number;
}

export type Command =
  | { readonly kind: "help"; readonly topic: string | null }
  | { readonly kind: "version" }
  | { readonly kind: "sync"; readonly host: HostOptions; readonly json: boolean }
  | { readonly kind: "watch"; readonly host: HostOptions; readonly json: boolean }
  | { readonly kind: "status"; readonly host: HostOptions; readonly json: boolean }
  | { readonly kind: "events"; readonly host: HostOptions; readonly query: { since?: number; type?: string; canvas?: string } }
  | { readonly kind: "retry"; readonly host: HostOptions; readonly ids: readonly string[] | "all" }
  | { readonly kind: "rebuild"; readonly host: HostOptions; readonly dryRun: boolean }
  | { readonly kind: "demo"; readonly json: boolean };

/** Wrong usage: the message says what is wrong and what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const commandNames = ["sync", "watch", "status", "events", "retry", "rebuild", "demo"] as const;

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  json: { type: "boolean" },
  since: { type: "string" },
  type: { type: "string" },
  canvas: { type: "string" },
  all: { type: "boolean" },
  "dry-run": { type: "boolean" },
  neo4j: { type: "string" },
  concurrency: { type: "string" },
  "batch-size": { type: "string" },
  linger: { type: "string" },
  timeout: { type: "string" },
} as const;

type Values = ReturnType<typeof parse>["values"];

/** Options that only some commands take. The engine options are for every command that opens a vault. */
const own: Readonly<Record<string, readonly (keyof Values)[]>> = {
  sync: ["json"],
  watch: ["json"],
  status: ["json"],
  events: ["since", "type", "canvas", "json"],
  retry: ["all"],
  rebuild: ["dry-run"],
  demo: ["json"],
};
const engineOptions: readonly (keyof Values)[] = ["neo4j", "concurrency", "batch-size", "linger", "timeout"];

/** Reads the command line. Throws UsageError. */
export function readArguments(argv: readonly string[], environment: Environment): Command {
  const { values, positionals } = parse(argv);
  const [name, vault, ...rest] = positionals;
  if (values.version === true) return { kind: "version" };
  if (values.help === true || name === undefined || name === "help") {
    return { kind: "help", topic: name === "help" ? (vault ?? null) : (name ?? null) };
  }
  refuseForeignOptions(name, values);
  if (name === "demo") {
    if (vault !== undefined) throw new UsageError(`unexpected argument ${vault}: demo makes a vault of its own`);
    return { kind: "demo", json: values.json ?? false };
  }
  if (vault === undefined || vault === "") throw new UsageError(`${name} needs a vault: canvas-engram ${name} <vault folder>`);
  if (name !== "retry" && rest.length > 0) throw new UsageError(`unexpected argument ${rest[0] ?? ""}`);
  const host = hostOptions(vault, values, environment);
  const json = values.json ?? false;
  switch (name) {
    case "sync":
    case "watch":
    case "status":
      return { kind: name, host, json };
    case "events":
      return { kind: "events", host, query: eventQuery(values) };
    case "retry":
      return { kind: "retry", host, ids: retryIds(values.all ?? false, rest) };
    case "rebuild":
      return { kind: "rebuild", host, dryRun: values["dry-run"] ?? false };
    default:
      throw new UsageError(`unknown command ${name}; there are ${commandNames.join(", ")}`);
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: withSignedValues(argv), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
  }
}

/** `--timeout -1` as `--timeout=-1`: the parser takes every `-` for an option, and its advice is about its own syntax. */
function withSignedValues(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const before = joined.at(-1) ?? "";
    if (/^-\d/.test(argument) && takesValue(before)) joined[joined.length - 1] = `${before}=${argument}`;
    else joined.push(argument);
  }
  return joined;
}

function takesValue(argument: string): boolean {
  return Object.entries(options).some(([name, { type }]) => type === "string" && argument === `--${name}`);
}

function refuseForeignOptions(name: string, values: Values): void {
  const allowed = own[name];
  if (allowed === undefined) throw new UsageError(`unknown command ${name}; there are ${commandNames.join(", ")}`);
  const given = Object.keys(values) as (keyof Values)[];
  const foreign = given.find((option) => !allowed.includes(option) && !(name !== "demo" && engineOptions.includes(option)));
  if (foreign !== undefined) throw new UsageError(`${name} does not take --${foreign}`);
}

function hostOptions(vault: string, values: Values, environment: Environment): HostOptions {
  return {
    vault,
    neo4j: storeOptions(values.neo4j, environment),
    concurrency: concurrency(values.concurrency, environment["BATCH_NEO4J_CONCURRENCY"]),
    batchSize: whole(values["batch-size"], "--batch-size", 1, 2_000, 200),
    lingerMs: whole(values.linger, "--linger", 0, 60_000, 100),
    timeoutMs: whole(values.timeout, "--timeout", 1, 86_400, 15) * 1_000,
  };
}

function concurrency(option: string | undefined, variable: string | undefined): number {
  return option === undefined ? whole(variable, "BATCH_NEO4J_CONCURRENCY", 1, 50, 10) : whole(option, "--concurrency", 1, 50, 10);
}

function storeOptions(given: string | undefined, environment: Environment): StoreOptions | null {
  const uri = given ?? environment["NEO4J_URI"] ?? "";
  if (uri === "") return null;
  const database = environment["NEO4J_DATABASE"] || "neo4j";
  const parsed = parseAddress(uri, database);
  if (parsed.kind === "refused") throw new UsageError(refusalText(parsed));
  const password = environment["NEO4J_PASSWORD"] ?? "";
  if (password === "") throw new UsageError("a Neo4j address is given without a password: set NEO4J_PASSWORD");
  return {
    uri,
    user: environment["NEO4J_USERNAME"] ?? "neo4j",
    password,
    database,
  };
}

/** The address itself is not repeated: it may hold the very password that should not be in it. */
function refusalText({ reason, address }: Extract<ParsedAddress, { kind: "refused" }>): string {
  if (reason === "credentials-in-address") return "the Neo4j address must not hold a user or password: use NEO4J_USERNAME and NEO4J_PASSWORD";
  return `the Neo4j address cannot be used. ${failureMessage(reason, address)}`;
}

function whole(text: string | undefined, name: string, least: number, most: number, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
  }
  return value;
}

function eventQuery(values: Values): { since?: number; type?: string; canvas?: string } {
  return {
    ...(values.since === undefined ? {} : { since: instant(values.since) }),
    ...(values.type === undefined ? {} : { type: values.type }),
    ...(values.canvas === undefined ? {} : { canvas: values.canvas }),
  };
}

function instant(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`--since must be an ISO date or time such as 2026-05-01 or 2026-05-01T08:00:00Z, not ${text}`);
  return time;
}

function retryIds(all: boolean, ids: readonly string[]): readonly string[] | "all" {
  if (all && ids.length > 0) throw new UsageError("retry takes either --all or ids, not both");
  if (!all && ids.length === 0) throw new UsageError("retry needs the ids of dead letters, or --all");
  return all ? "all" : ids;
}
