import type { Engine, GraphStore, Signal, StoreTrial } from "../../engine/index";
import { checkUri } from "../../settings/checkUri";
import type { Neo4jSettings, Settings } from "../../settings/schema";
import type { Neo4jUse } from "./sessionView";
import { fill, strings } from "../text/strings";

/** The settings that decide which store it is, and what it may hold. */
export type StoreSettings = Pick<Settings, "neo4j" | "privacy">;

export interface StoreParts {
  /** `vault` is the UUID under which the engine sends. */
  openStore(vault: string, settings: StoreSettings, password: string, concurrency: number): GraphStore;
  /** Asks the Neo4j of the settings whether it can be reached, without writing anything. Gives up when `signal` is aborted. */
  tryStore(neo4j: Neo4jSettings, password: string, signal: Signal): Promise<StoreTrial>;
  /** The password kept under a name, or null when there is none. */
  password(secretId: string): string | null;
}

type Incomplete = Extract<Neo4jUse, { kind: "incomplete" }>;

/** The key of no store. */
const NONE = "none";

type Wanted = { readonly kind: "ready"; readonly password: string } | Incomplete;

/** Which Neo4j the engine sends to: follows the settings and the password of this device. */
export class StoreUse {
  private current: Neo4jUse = { kind: "off" };
  /** What identifies the store in use; null when a change failed, so that nobody knows. */
  private key: string | null = NONE;

  constructor(
    private readonly parts: StoreParts,
    private readonly changed: () => void,
  ) {}

  get state(): Neo4jUse {
    return this.current;
  }

  /** Uses the store of the settings with the password as it is now. The same one as before stays connected. */
  async apply(engine: Engine, settings: Settings): Promise<void> {
    const { neo4j, privacy } = settings;
    const wanted: Wanted | { readonly kind: "off" } = neo4j.enabled ? this.wanted(neo4j) : { kind: "off" };
    this.current = wanted.kind === "ready" ? { kind: "on" } : wanted;
    this.changed();
    const key = wanted.kind === "ready" ? JSON.stringify([neo4j.uri.trim(), neo4j.user, neo4j.database, wanted.password, privacy.level, privacy.since]) : NONE;
    if (key === this.key) return;
    this.key = key;
    try {
      await engine.useStore(
        wanted.kind === "ready" ? this.parts.openStore(engine.vault, { neo4j, privacy }, wanted.password, settings.engine.concurrency) : null,
      );
    } catch (error) {
      if (this.key === key) this.fail(error);
      throw error;
    }
  }

  /** Tries the settings once, whether or not they are in use. */
  async test(neo4j: Neo4jSettings, signal: Signal): Promise<StoreTrial | Incomplete> {
    const wanted = this.wanted(neo4j);
    return wanted.kind === "ready" ? this.parts.tryStore(neo4j, wanted.password, signal) : wanted;
  }

  /** The engine that had the store is gone. */
  forget(): void {
    this.key = NONE;
    this.current = { kind: "off" };
  }

  private fail(error: unknown): void {
    this.key = null;
    this.current = { kind: "failed", message: fill(strings.connection.failed, { reason: error instanceof Error ? error.message : String(error) }) };
    this.changed();
  }

  private wanted({ uri, passwordSecretId }: Neo4jSettings): Wanted {
    const wrong = checkUri(uri);
    if (wrong !== null) return { kind: "incomplete", message: wrong };
    if (passwordSecretId === "") return { kind: "incomplete", message: strings.connection.noPassword };
    const password = this.parts.password(passwordSecretId);
    if (password !== null && password !== "") return { kind: "ready", password };
    return { kind: "incomplete", message: fill(strings.connection.noPasswordHere, { name: passwordSecretId }) };
  }
}
