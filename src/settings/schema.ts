import type { DomainLimits, MasteryTable, PrivacyChoice, PropertyNames } from "../engine/index";
import { defaultEngineSettings, defaultMasteryTable, defaultPrivacy, defaultPropertyNames } from "../engine/index";
import { defaultNodeSections } from "./nodeSettings";
import type { NodeSections } from "./nodeSettings";
import { defaultTaskSections } from "./taskSettings";
import type { TaskSections } from "./taskSettings";

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

/** How much is done at once, and how much waits where. */
export interface WorkSettings {
  /** Batches under way at once; the most of them where `adaptive` is on. */
  readonly concurrency: number;
  /** Events in a batch. */
  readonly batchSize: number;
  /** Milliseconds that a batch waits for company after its first event. */
  readonly lingerMs: number;
  /** Whether the size of batches and their number at once follow what the store shows. */
  readonly adaptive: boolean;
  /** Milliseconds of a write above which fewer batches run at once. */
  readonly targetLatencyMs: number;
  /** Events that wait in memory; the rest waits in the journal. */
  readonly queueEvents: number;
  /** Milliseconds after which what waits counts as one priority higher. */
  readonly ageingMs: number;
  /** Megabytes of this device's journal beyond which nothing more is recorded; 0: no limit. */
  readonly journalLimitMb: number;
  readonly workersMin: number;
  /** Times that a batch which met another writer is sent again before it is put back. */
  readonly retryAttempts: number;
  /** Milliseconds of the longest first wait before that, and of the longest of all. */
  readonly retryBaseMs: number;
  readonly retryMostMs: number;
  /** Failures within half a minute after which the store counts as away. */
  readonly breakerFailures: number;
  /** Milliseconds for which it is then left alone at first, and at most. */
  readonly breakerFirstMs: number;
  readonly breakerMostMs: number;
  /** 0: as many as suit the device, see `engineSettings`. The settings sync, so a number would suit only one of them. */
  readonly workersMax: number;
  /** By domain; Neo4j's is `neo4j`. */
  readonly domainLimits: DomainLimits;
}

export interface CaptureSettings {
  /** Whether edits of canvases become events. */
  readonly canvases: boolean;
  /** Whether properties of notes do. */
  readonly notes: boolean;
  /** Whether commands and other plugins may record events. */
  readonly records: boolean;
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
export interface Settings extends TaskSections, NodeSections {
  readonly version: number;
  /** The vault's UUID, minted once. */
  readonly vault: string;
  readonly neo4j: Neo4jSettings;
  readonly engine: WorkSettings;
  readonly capture: CaptureSettings;
  /** How much of what people wrote is sent to Neo4j. What is kept in the vault does not depend on it. */
  readonly privacy: PrivacyChoice;
  readonly diagnostics: DiagnosticsSettings;
  readonly indexConsent: IndexConsent;
}

export const ranges = {
  concurrency: { min: 1, max: 50 },
  batchSize: { min: 1, max: 2000 },
  lingerMs: { min: 0, max: 10_000 },
  targetLatencyMs: { min: 10, max: 60_000 },
  queueEvents: { min: 10, max: 100_000 },
  ageingMs: { min: 100, max: 600_000 },
  journalLimitMb: { min: 0, max: 1_000_000 },
  workersMin: { min: 1, max: 10 },
  workersMax: { min: 0, max: 10 },
  retryAttempts: { min: 0, max: 20 },
  retryBaseMs: { min: 10, max: 60_000 },
  retryMostMs: { min: 10, max: 600_000 },
  breakerFailures: { min: 1, max: 20 },
  breakerFirstMs: { min: 100, max: 600_000 },
  breakerMostMs: { min: 1_000, max: 3_600_000 },
} as const;

export function defaultSettings(vault: string): Settings {
  return {
    version: SETTINGS_VERSION,
    vault,
    neo4j: { enabled: false, uri: "bolt://localhost:7687", user: "neo4j", database: "neo4j", passwordSecretId: "" },
    engine: defaultWork(),
    capture: {
      canvases: true,
      notes: true,
      records: true,
      foldersIn: [],
      foldersOut: [],
      properties: defaultPropertyNames,
      masteryTable: defaultMasteryTable,
    },
    privacy: defaultPrivacy,
    diagnostics: { logLevel: "warn" },
    ...defaultTaskSections,
    ...defaultNodeSections,
    indexConsent: "unasked",
  };
}

function defaultWork(): WorkSettings {
  const { adaptive, ageingMs, batchSize, breaker, concurrency, domainLimits, lingerMs, queueEvents, retry, targetLatencyMs } = defaultEngineSettings;
  return {
    concurrency,
    batchSize,
    lingerMs,
    adaptive,
    targetLatencyMs,
    queueEvents,
    ageingMs,
    journalLimitMb: 0,
    workersMin: 1,
    workersMax: 0,
    retryAttempts: retry.attempts,
    retryBaseMs: retry.baseMs,
    retryMostMs: retry.mostMs,
    breakerFailures: breaker.failures,
    breakerFirstMs: breaker.firstWaitMs,
    breakerMostMs: breaker.longestWaitMs,
    domainLimits,
  };
}
