import type { DeadLetterView, JsonObject, JsonValue, Stats, StorageSizes, StoreStatus, TaskView } from "../../engine/index";
import { exportStats } from "../../engine/index";
import { customColors } from "../../settings/customColors";
import { ranges } from "../../settings/schema";
import type { Settings } from "../../settings/schema";
import type { SessionView } from "../session/sessionView";

export interface DiagnosticsParts {
  /** Versions of the plugin and of Obsidian, and what kind of machine this is: none of them names anybody. */
  readonly plugin: string;
  readonly obsidian: string;
  readonly platform: string;
  readonly language: string;
  /** Epoch ms, and monotonic ms. */
  readonly now: number;
  readonly monotonic: number;
  readonly view: SessionView;
  /** Null where they could not be read. */
  readonly sizes: StorageSizes | null;
}

/**
 * What somebody needs who helps, as JSON. It is made of numbers, switches and names of ours alone: no text, title, path,
 * address, user or secret gets in, whatever the settings and the vault hold. What is named by people is only counted.
 */
export function diagnosticsReport(parts: DiagnosticsParts): string {
  const { language, monotonic, now, obsidian, platform, plugin, sizes, view } = parts;
  const report: JsonObject = {
    canvasEngram: plugin,
    obsidian,
    platform,
    language,
    at: new Date(now).toISOString(),
    settings: settingsOf(view.settings),
    status: statusOf(view),
    figures: view.status === null ? null : figuresOf(view.status.stats, monotonic),
    refused: refusedOf(view.dead),
    bytes: sizes === null ? null : { ...sizes },
  };
  return JSON.stringify(report, null, 2);
}

function settingsOf({ capture, diagnostics, engine, indexConsent, model, neo4j, nodes, notices, privacy, schedules, templates, version, webhook }: Settings): JsonObject {
  const work = Object.fromEntries((Object.keys(ranges) as (keyof typeof ranges)[]).map((name) => [name, engine[name]]));
  return {
    version,
    neo4j: { enabled: neo4j.enabled, address: maskedAddress(neo4j.uri), usualUser: neo4j.user === "neo4j", usualDatabase: neo4j.database === "neo4j", passwordChosen: neo4j.passwordSecretId !== "" },
    engine: { ...work, adaptive: engine.adaptive, domainLimits: Object.keys(engine.domainLimits).length },
    capture: {
      canvases: capture.canvases,
      notes: capture.notes,
      records: capture.records,
      foldersIn: capture.foldersIn.length,
      foldersOut: capture.foldersOut.length,
      watchedProperties: Object.values<string>({ ...capture.properties }).filter((name) => name !== "").length,
      colors: Object.fromEntries(["1", "2", "3", "4", "5", "6"].map((color) => [color, capture.masteryTable[color] ?? null])),
      customColors: customColors(capture.masteryTable).length,
    },
    privacy: { level: privacy.level, chosen: privacy.since > 0 },
    notices: { quiet: notices.quiet, scheduled: notices.scheduled, system: notices.system },
    webhook: { enabled: webhook.enabled, address: maskedAddress(webhook.url), secretChosen: webhook.secretId !== "" },
    cards: { generator: nodes.generator, style: nodes.style, model: maskedAddress(model.url), limitS: model.limitS, keyChosen: model.secretId !== "" },
    startJitterS: schedules.startJitterS,
    templates: Object.keys(templates.saved).length,
    logLevel: diagnostics.logLevel,
    indexConsent,
  };
}

const schemes = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc", "http", "https"];

/** The scheme of an address, and its host where that is this device; a port only where it is a usual one. */
export function maskedAddress(address: string): string {
  if (address.trim() === "") return "(none)";
  const [, scheme = "", authority = ""] = /^\s*([a-z0-9+]+):\/\/([^/?#]*)/i.exec(address) ?? [];
  const known = schemes.find((one) => one === scheme.toLowerCase());
  if (known === undefined || authority.includes("@")) return "(hidden)";
  const [, host = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  const shown = ["localhost", "127.0.0.1", "[::1]"].find((one) => one === host.toLowerCase()) ?? "(hidden)";
  return `${known}://${shown}${/^\d{1,5}$/.test(port) ? `:${port}` : ""}`;
}

function statusOf({ intake, neo4j, status }: SessionView): JsonObject {
  const common = { intake: intake.kind, ...(intake.kind === "capturing" ? { look: intake.look } : {}), neo4j: neo4j.kind };
  if (status === null) return common;
  const { backpressure, canvases, events, journal, phase, problems, quarantined, stores, tasks } = status;
  return {
    ...common,
    phase: phase.kind,
    journal: journal.kind === "ok" ? "ok" : journal.fault,
    events,
    quarantined,
    canvases,
    problems: problems.length,
    backpressure,
    stores: { local: storeOf(stores.local), neo4j: stores.neo4j === undefined ? null : storeOf(stores.neo4j) },
    tasks: tasksOf(tasks),
  };
}

function storeOf({ dead, pending, sent, state }: StoreStatus): JsonObject {
  return { state, sent, pending, dead };
}

const ownKinds = ["index", "verify", "rebuild", "drain", "export", "steps", "explain", "summarise", "mastery", "arrange"];

function tasksOf(tasks: readonly TaskView[]): JsonObject {
  return counted(tasks.map(({ kind, status }) => `${ownKinds.includes(kind) ? kind : "other"} ${status}`));
}

function figuresOf(stats: Stats, monotonic: number): JsonObject {
  return Object.fromEntries(
    ["local", "neo4j"].map((store): [string, JsonValue] => {
      const { last_failure: _, ...figures } = exportStats(stats, store, monotonic);
      const failure = stats.stores.get(store)?.lastFailure ?? null;
      return [store, { ...figures, last_failure: failure === null ? null : `${failure.class} ${codeOf(failure.code)}` }];
    }),
  );
}

function refusedOf(dead: readonly DeadLetterView[]): JsonObject {
  return counted(dead.map((letter) => `${plainClass(letter.class)} ${codeOf(letter.code)}`));
}

const classes = ["unavailable", "contention", "throttled", "too-big", "auth", "config", "query", "data", "unknown"];

function plainClass(name: string): string {
  return classes.includes(name) ? name : "other";
}

/** Codes of Neo4j and of ours are fixed words; anything else may be somebody's. */
function codeOf(code: string): string {
  return /^Neo\.[A-Za-z]+\.[A-Za-z]+\.[A-Za-z]+$/.test(code) || /^[A-Z][A-Z_]{1,30}$/.test(code) ? code : "(other)";
}

function counted(names: readonly string[]): JsonObject {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
