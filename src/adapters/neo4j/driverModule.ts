import type { Config } from "neo4j-driver";
import type { ToInteger } from "./parameters";

/** What this adapter uses of the driver package, no more. */
export interface DriverModule {
  /** Makes a driver without any input or output. Throws for an address that it does not understand. */
  open(uri: string, user: string, password: string, config: Config): Driver;
  readonly toInteger: ToInteger;
}

export interface Driver {
  session(config: { readonly database: string }): DriverSession;
  close(): Promise<void>;
}

export interface DriverSession {
  /** One auto-committed transaction, which the server gives up after `timeout` milliseconds. May never settle. */
  run(text: string, parameters: object, config: { readonly timeout: number }): PromiseLike<DriverResult>;
  close(): Promise<void>;
}

export interface DriverResult {
  readonly records: readonly { toObject(): Readonly<Record<string, unknown>> }[];
  readonly summary: { readonly server: { readonly agent?: string } };
}

/** Loads the driver when Neo4j is first used: evaluating it takes tens of milliseconds that no start-up has to pay. */
export async function loadDriver(): Promise<DriverModule> {
  const { default: neo4j } = await import("neo4j-driver");
  return {
    open: (uri, user, password, config) => neo4j.driver(uri, neo4j.auth.basic(user, password), config),
    toInteger: (value) => neo4j.int(value),
  };
}
