import type { JsonObject, MasteryTable } from "../engine/index";
import { colorKey, isJsonObject, readDomainLimits } from "../engine/index";
import { hasCredentials } from "./checkUri";
import { checkField, isLevel, isLogLevel } from "./fields";
import { cleanFolder } from "./folderFilter";
import { defaultSettings, ranges, SETTINGS_VERSION } from "./schema";
import { readPrivacy } from "./privacySettings";
import { readNodeSections } from "./nodeSettings";
import { readTaskSections } from "./taskSettings";
import type { CaptureSettings, DiagnosticsSettings, IndexConsent, Neo4jSettings, Settings, WorkSettings } from "./schema";

/** What a vault's UUID looks like. */
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Settings from whatever `data.json` holds: nothing, an older or newer version, damaged or foreign data. Never throws.
 * Each field that cannot be used falls back to its default alone (numbers to the nearest end of their range). Keys
 * that this version does not know ride along and are written back. `mintVault` is called only when no vault UUID is there.
 */
export function readSettings(data: unknown, mintVault: () => string): Settings {
  const raw: JsonObject = isJsonObject(data) ? data : {};
  const vault = typeof raw["vault"] === "string" && uuid.test(raw["vault"]) ? raw["vault"] : mintVault();
  const defaults = defaultSettings(vault);
  return {
    ...raw,
    version: typeof raw["version"] === "number" && raw["version"] > SETTINGS_VERSION ? raw["version"] : SETTINGS_VERSION,
    vault,
    neo4j: readNeo4j(section(raw, "neo4j"), defaults.neo4j),
    engine: readWork(section(raw, "engine"), defaults.engine),
    capture: readCapture(section(raw, "capture"), defaults.capture),
    privacy: readPrivacy(section(raw, "privacy")),
    diagnostics: readDiagnostics(section(raw, "diagnostics"), defaults.diagnostics),
    ...readTaskSections((name) => section(raw, name)),
    ...readNodeSections((name) => section(raw, name)),
    indexConsent: readConsent(raw["indexConsent"]),
  };
}

function section(raw: JsonObject, name: string): JsonObject {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
  return isJsonObject(value) ? value : {};
}

function readNeo4j(raw: JsonObject, defaults: Neo4jSettings): Neo4jSettings {
  const text = (name: "user" | "database" | "passwordSecretId"): string => {
    const value = raw[name];
    return typeof value === "string" && checkField(`neo4j.${name}`, value) === null ? value : defaults[name];
  };
  const uri = raw["uri"];
  return {
    ...raw,
    enabled: raw["enabled"] === true,
    // An address that cannot work stays as it is, so that the person who wrote it can correct it.
    uri: typeof uri === "string" && !hasCredentials(uri) ? uri : defaults.uri,
    user: text("user"),
    database: text("database"),
    passwordSecretId: text("passwordSecretId"),
  };
}

function readWork(raw: JsonObject, defaults: WorkSettings): WorkSettings {
  const number = (name: keyof typeof ranges): number => {
    const value = raw[name];
    if (typeof value !== "number" || !Number.isFinite(value)) return defaults[name];
    return Math.min(ranges[name].max, Math.max(ranges[name].min, Math.round(value)));
  };
  const limits = readDomainLimits(raw["domainLimits"]);
  return {
    ...raw,
    concurrency: number("concurrency"),
    batchSize: number("batchSize"),
    lingerMs: number("lingerMs"),
    adaptive: typeof raw["adaptive"] === "boolean" ? raw["adaptive"] : defaults.adaptive,
    targetLatencyMs: number("targetLatencyMs"),
    queueEvents: number("queueEvents"),
    ageingMs: number("ageingMs"),
    journalLimitMb: number("journalLimitMb"),
    workersMin: number("workersMin"),
    workersMax: number("workersMax"),
    retryAttempts: number("retryAttempts"),
    retryBaseMs: number("retryBaseMs"),
    retryMostMs: number("retryMostMs"),
    breakerFailures: number("breakerFailures"),
    breakerFirstMs: number("breakerFirstMs"),
    breakerMostMs: number("breakerMostMs"),
    domainLimits: limits.kind === "limits" ? limits.limits : defaults.domainLimits,
  };
}

function readCapture(raw: JsonObject, defaults: CaptureSettings): CaptureSettings {
  const properties = section(raw, "properties");
  const names = Object.entries<string>({ ...defaults.properties }).map(([role, name]) => {
    const own = properties[role];
    return [role, typeof own === "string" ? own.trim() : name];
  });
  const flag = (name: "canvases" | "notes" | "records"): boolean => {
    const value = raw[name];
    return typeof value === "boolean" ? value : defaults[name];
  };
  return {
    ...raw,
    canvases: flag("canvases"),
    notes: flag("notes"),
    records: flag("records"),
    foldersIn: readFolders(raw["foldersIn"]),
    foldersOut: readFolders(raw["foldersOut"]),
    properties: { ...properties, ...defaults.properties, ...(Object.fromEntries(names) as Partial<CaptureSettings["properties"]>) },
    masteryTable: readTable(raw["masteryTable"], defaults.masteryTable),
  };
}

function readFolders(value: unknown): readonly string[] {
  const folders: readonly unknown[] = Array.isArray(value) ? value : [];
  return folders.filter((one) => typeof one === "string").map(cleanFolder);
}

function readTable(value: unknown, fallback: MasteryTable): MasteryTable {
  if (!isJsonObject(value)) return fallback;
  return Object.fromEntries(
    Object.entries(value).flatMap(([color, level]) => (isLevel(level) ? [[colorKey(color), level] as const] : [])),
  );
}

function readDiagnostics(raw: JsonObject, defaults: DiagnosticsSettings): DiagnosticsSettings {
  const level: unknown = raw["logLevel"];
  return { ...raw, logLevel: isLogLevel(level) ? level : defaults.logLevel };
}

function readConsent(value: unknown): IndexConsent {
  return value === "granted" || value === "declined" || value === "unknown" ? value : "unasked";
}
