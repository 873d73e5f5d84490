import type { MasteryTable, PropertyNames } from "../engine/index";
import { defaultMasteryTable, defaultPropertyNames } from "../engine/index";

/** Version of the settings that this code writes. */
export const SETTINGS_VERSION = 1;

export interface Neo4jSettings {
  readonly enabled: boolean;
  readonly uri: string;
  readonly user: string;
  readonly database: string;
  /** The name under which Obsidian keeps the password, never the password. Empty: none chosen yet. */
  readonly passwordSecretId: string;
}

export interface SendingSettings {
  /** Batches under way at once. */
  readonly concurrency: number;
  /** Events in a batch. */
  readonly batchSize: number;
  /** Milliseconds that a batch waits for company after its first event. */
  readonly lingerMs: number;
}

export interface CaptureSettings {
  /** Only files below these vault folders are read; none: the whole vault. */
  readonly foldersIn: readonly string[];
  /** Files below these vault folders are not read, also where `foldersIn` has them. */
  readonly foldersOut: readonly string[];
  readonly properties: PropertyNames;
  readonly masteryTable: MasteryTable;
}

/** What is written to the developer console at least. */
export type LogLevel = "warn" | "debug";

export interface DiagnosticsSettings {
  readonly logLevel: LogLevel;
}

/**
 * What the user said when asked whether the vault may be indexed. `unknown`: the settings were lost, so it is asked again,
 * also on a device that has its index.
 */
export type IndexConsent = "unasked" | "granted" | "declined" | "unknown";

/** What `data.json` holds. It syncs between devices and is readable by anybody, so it never holds a secret. */
export interface Settings {
  readonly version: number;
  /** The vault's UUID, minted once. */
  readonly vault: string;
  readonly neo4j: Neo4jSettings;
  readonly engine: SendingSettings;
  readonly capture: CaptureSettings;
  readonly diagnostics: DiagnosticsSettings;
  readonly indexConsent: IndexConsent;
}

export const ranges = {
  concurrency: { min: 1, max: 50 },
  batchSize: { min: 1, max: 2000 },
  lingerMs: { min: 0, max: 10_000 },
} as const;

export function defaultSettings(vault: string): Settings {
  return {
    version: SETTINGS_VERSION,
    vault,
    neo4j: { enabled: false, uri: "bolt://localhost:7687", user: "neo4j", database: "neo4j", passwordSecretId: "" },
    engine: { concurrency: 10, batchSize: 200, lingerMs: 100 },
    capture: { foldersIn: [], foldersOut: [], properties: defaultPropertyNames, masteryTable: defaultMasteryTable },
    diagnostics: { logLevel: "warn" },
    indexConsent: "unasked",
  };
}
