import { emptyBatch, isEmptyBatch } from "../../engine/index";
import type {
  Clock,
  Connected,
  GraphStore,
  PrivacyChoice,
  PrivacyLevel,
  Random,
  Signal,
  StoreBatch,
  StoredPage,
  StoreFailure,
  StoreQuestion,
  WriteOutcome,
} from "../../engine/index";
import { parseAddress, type Address } from "./address";
import { Neo4jConnection, type Ran } from "./connection";
import { defaultDriverLimits, type DriverLimits } from "./driverConfig";
import { loadDriver, type DriverModule } from "./driverModule";
import { batchParameters } from "./parameters";
import { openVault } from "./openVault";
import { prepareDatabase } from "./prepareDatabase";
import { readPage } from "./readPage";
import { removeVaultData } from "./removeVaultData";
import { isSupportedServer } from "./serverVersion";
import { writeStatement } from "./statement";
import { storeFailure } from "./storeFailure";

export interface Neo4jOptions {
  /** As the user typed it, such as `bolt://localhost:7687`. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The vault whose epoch tells whether the database is the one that was written to before. */
  readonly vault: string;
  /** How much the database may hold of the vault, and since when. */
  readonly privacy: PrivacyChoice;
  /** Batches under way at once. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds that one statement may take before it counts as unavailable. Default 24,000. */
  readonly deadlineMs?: number;
  readonly limits?: DriverLimits;
  /** For hosts that bring the driver in another way. */
  readonly loadDriver?: () => Promise<DriverModule>;
}

export type Reached =
  | { readonly kind: "reached"; readonly server: string; readonly database: string; readonly latencyMs: number }
  | StoreFailure;

/** The graph store in Neo4j, and a way to ask whether it can be reached without writing anything. */
export interface Neo4jGraphStore extends GraphStore {
  /** Logs in, asks for the version and measures a round trip. Changes nothing in the database. */
  reach(signal: Signal): Promise<Reached>;
}

/** A little less than the time after which the engine stops waiting, so that a dead connection is replaced here. */
const defaultDeadlineMs = 24_000;

/** Never throws: an address that cannot work is a store that fails with the reason. */
export function createNeo4jGraphStore(options: Neo4jOptions): Neo4jGraphStore {
  const parsed = parseAddress(options.uri, options.database);
  if (parsed.kind === "address") return new ConnectedStore(options, parsed.address);
  const refusal = storeFailure(parsed.reason, "ADDRESS", parsed.address);
  return {
    address: "",
    level: options.privacy.level,
    reach: async () => refusal,
    connect: async () => refusal,
    write: async () => refusal,
    read: async () => refusal,
    removeVault: async () => refusal,
    setConcurrency: () => undefined,
    close: async () => undefined,
  };
}

class ConnectedStore implements Neo4jGraphStore {
  private readonly connection: Neo4jConnection;
  private readonly deadlineMs: number;
  /** Set by `connect`, and forgotten when a write finds another one. */
  private epoch: string | null = null;

  constructor(
    private readonly options: Neo4jOptions,
    private readonly place: Address,
  ) {
    this.deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
    this.connection = new Neo4jConnection({
      ...options,
      address: place,
      limits: options.limits ?? defaultDriverLimits,
      loadDriver: options.loadDriver ?? loadDriver,
    });
  }

  get address(): string {
    return this.place.text;
  }

  get level(): PrivacyLevel {
    return this.options.privacy.level;
  }

  async reach(signal: Signal): Promise<Reached> {
    // After sleep or a change of network the old connections may be dead without knowing it.
    this.connection.renew();
    const first = await this.ask("RETURN 1 AS one", signal);
    if (first.kind === "failed") return first;
    if (!isSupportedServer(first.server)) return storeFailure("old-server", first.server, this.place);
    const started = this.options.clock.monotonic();
    const second = await this.ask("RETURN 1 AS one", signal);
    if (second.kind === "failed") return second;
    const latencyMs = this.options.clock.monotonic() - started;
    return { kind: "reached", server: first.server, database: this.place.database, latencyMs };
  }

  async connect(signal: Signal): Promise<Connected | StoreFailure> {
    const reached = await this.reach(signal);
    if (reached.kind === "failed") return reached;
    const prepared = await prepareDatabase(this.connection, this.deadlineMs, signal);
    if (prepared.kind === "failed") return prepared;
    const { connection, deadlineMs, place } = this;
    const opened = await openVault({ ...this.options, connection, deadlineMs, place }, signal);
    if (opened.kind === "failed") return opened;
    const { epoch } = opened;
    this.epoch = epoch;
    // The first run of the statement is when the server plans it: better now than under the first batch.
    const rehearsed = await this.writeRows(emptyBatch(this.options.vault), signal);
    if (rehearsed.kind === "failed") return rehearsed;
    return { kind: "connected", address: this.place.text, epoch, server: reached.server, latencyMs: reached.latencyMs };
  }

  async write(batch: StoreBatch, signal: Signal): Promise<WriteOutcome> {
    const written = await this.writeRows(batch, signal);
    // Without rows the statement changes nothing, and a server that can keep nothing has nothing to fail at.
    return written.kind === "stored" && isEmptyBatch(batch) ? this.commitProof(signal) : written;
  }

  async read(question: StoreQuestion, signal: Signal): Promise<StoredPage | StoreFailure> {
    const { epoch } = this;
    if (epoch === null) return storeFailure("not-connected", "NOT_CONNECTED", this.place);
    const page = await readPage(this.connection, question, { vault: this.options.vault, epoch, deadlineMs: this.deadlineMs }, signal);
    if (page !== null) return page;
    this.epoch = null;
    return storeFailure("other-target", "OTHER_TARGET", this.place);
  }

  setConcurrency(limit: number): void {
    this.connection.setConcurrency(limit);
  }

  async removeVault(vault: string, signal: Signal): ReturnType<GraphStore["removeVault"]> {
    if (vault === this.options.vault) this.epoch = null;
    return removeVaultData(this.connection, vault, this.deadlineMs, signal);
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private async commitProof(signal: Signal): Promise<WriteOutcome> {
    const { vault, random } = this.options;
    // Another value each time: the server commits nothing where a property stays what it is.
    const ran = await this.ask("MATCH (v:Vault {id: $vault}) SET v.proof = $proof", signal, {
      vault,
      proof: random.uuid(),
    });
    return ran.kind === "failed" ? ran : { kind: "stored" };
  }

  private async writeRows(batch: StoreBatch, signal: Signal): Promise<WriteOutcome> {
    const { epoch } = this;
    if (epoch === null) return storeFailure("not-connected", "NOT_CONNECTED", this.place);
    const ran = await this.connection.run(
      {
        text: writeStatement,
        parameters: (toInteger) => ({ batch: batchParameters(batch, epoch, toInteger) }),
        deadlineMs: this.deadlineMs,
      },
      signal,
    );
    if (ran.kind === "failed") return ran;
    const written = ran.records[0];
    if (written === undefined) {
      this.epoch = null;
      return storeFailure("other-target", "OTHER_TARGET", this.place);
    }
    const complete = written.events === batch.events.length && written.edges === countUids(batch.edges);
    return complete ? { kind: "stored" } : storeFailure("dropped", "DROPPED", this.place);
  }

  private ask(text: string, signal: Signal, parameters: object = {}): Promise<Ran> {
    return this.connection.run({ text, parameters: () => parameters, deadlineMs: this.deadlineMs }, signal);
  }
}

function countUids(rows: readonly { readonly uid: string }[]): number {
  return new Set(rows.map((row) => row.uid)).size;
}
