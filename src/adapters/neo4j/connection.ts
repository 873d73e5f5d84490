import { createSignal } from "../../engine/index";
import type { Clock, Signal, StoreFailure } from "../../engine/index";
import type { Address } from "./address";
import { classify } from "./classify";
import { driverConfig, type DriverLimits } from "./driverConfig";
import { DriverHandle } from "./driverHandle";
import type { DriverModule, DriverResult, DriverSession } from "./driverModule";
import { storeFailure } from "./storeFailure";
import { settleWithin, type Settled } from "./settle";

export interface ConnectionOptions {
  readonly user: string;
  readonly password: string;
  readonly address: Address;
  readonly concurrency: number;
  readonly limits: DriverLimits;
  readonly clock: Clock;
  readonly loadDriver: () => Promise<DriverModule>;
}

/** One statement: the text never changes for one purpose, data are parameters. */
export interface Query {
  readonly text: string;
  /** Gets the function that makes driver integers. */
  readonly parameters?: (toInteger: DriverModule["toInteger"]) => object;
  /** Milliseconds after which nobody waits any more. The server gives up earlier, at five sixths of it. */
  readonly deadlineMs: number;
}

export type Ran =
  | { readonly kind: "ran"; readonly records: readonly Readonly<Record<string, unknown>>[]; readonly server: string }
  | StoreFailure;

/**
 * Runs statements, each as one auto-committed transaction in its own session: one round trip on a warm connection.
 * Owns the driver, its replacement and the deadline of every call. Knows nothing of what is stored.
 */
export class Neo4jConnection {
  private readonly closing = createSignal();
  private handle: DriverHandle | null = null;
  private concurrency: number;

  constructor(private readonly options: ConnectionOptions) {
    this.concurrency = options.concurrency;
  }

  /** Never rejects and always settles. */
  async run(query: Query, signal: Signal): Promise<Ran> {
    const loaded = await this.settle(query, signal, this.options.loadDriver());
    return loaded.kind === "done" ? this.runOn(loaded.value, query, signal) : this.failure(loaded);
  }

  /** The next call uses new connections; calls under way keep theirs until they end. */
  renew(): void {
    this.handle?.retire();
    this.handle = null;
  }

  setConcurrency(limit: number): void {
    if (limit === this.concurrency) return;
    this.concurrency = limit;
    this.renew();
  }

  close(): void {
    this.closing.abort();
    this.renew();
  }

  private settle<T>(query: Query, signal: Signal, work: Promise<T>): Promise<Settled<T>> {
    return settleWithin(this.options.clock, query.deadlineMs, [signal, this.closing.signal], work);
  }

  // Nothing may be awaited between choosing a driver and using it: it could be retired and closed in between.
  private async runOn(module: DriverModule, query: Query, signal: Signal): Promise<Ran> {
    // Closed since the module came: a driver made now would never be closed.
    if (this.closing.signal.aborted) return this.failure({ kind: "stopped" });
    try {
      this.handle ??= this.open(module);
    } catch (error) {
      return this.failure({ kind: "threw", error });
    }
    const { handle } = this;
    return handle.use(async (driver) => {
      const session = driver.session({ database: this.options.address.database });
      const settled = await this.settle(query, signal, send(session, query, module.toInteger));
      // Not awaited: it waits for an answer that may never come. It only gives the connection back to the pool.
      session.close().catch(() => undefined);
      // Several calls may be late on one dead link; only the first one finds this driver still in use.
      if (settled.kind === "late" && this.handle === handle) this.renew();
      return settled.kind === "done" ? ran(settled.value) : this.failure(settled);
    });
  }

  private open(module: DriverModule): DriverHandle {
    const { address, user, password, limits } = this.options;
    return new DriverHandle(module.open(address.uri, user, password, driverConfig(this.concurrency, limits)));
  }

  private failure(settled: Exclude<Settled<unknown>, { readonly kind: "done" }>): StoreFailure {
    const { address } = this.options;
    if (settled.kind === "late") return storeFailure("no-answer", "DEADLINE", address);
    if (settled.kind === "stopped") return storeFailure("stopped", "STOPPED", address);
    const { reason, code } = classify(settled.error);
    return storeFailure(reason, code, address);
  }
}

// An async function, so that what the parameters throw becomes an outcome as well.
async function send(session: DriverSession, query: Query, toInteger: DriverModule["toInteger"]): Promise<DriverResult> {
  const timeout = Math.floor((query.deadlineMs * 5) / 6);
  return session.run(query.text, query.parameters?.(toInteger) ?? {}, { timeout });
}

function ran(result: DriverResult): Ran {
  return {
    kind: "ran",
    records: result.records.map((record) => record.toObject()),
    server: result.summary.server.agent ?? "",
  };
}
