import type { MasteryLevel, MasteryTable, PrivacyLevel, PropertyNames } from "../engine/index";
import { isPrivacyLevel } from "../engine/index";
import { checkUri } from "./checkUri";
import { limitLines, readLimitLines } from "./domainLimitLines";
import { cleanFolder } from "./folderFilter";
import { defaultSettings, ranges } from "./schema";
import { customColors, isHexColor } from "./customColors";
import { choosePrivacy } from "./privacySettings";
import { checkNodeField, isNodeSection, nodeFieldNames } from "./nodeFields";
import type { NodeFieldKey } from "./nodeFields";
import { checkTaskField, isTaskSection, taskFieldNames } from "./taskFields";
import type { TaskFieldKey } from "./taskFields";
import type { CaptureSettings, DiagnosticsSettings, LogLevel, Neo4jSettings, Settings, WorkSettings } from "./schema";

export type FolderField = "capture.foldersIn" | "capture.foldersOut";

/** Fields that say whether something becomes events. */
type SwitchField = "capture.canvases" | "capture.notes" | "capture.records";

export type FieldKey =
  | TaskFieldKey
  | NodeFieldKey
  | `neo4j.${keyof Neo4jSettings}`
  | `engine.${keyof WorkSettings}`
  | FolderField
  | SwitchField
  | "privacy.level"
  | `diagnostics.${keyof DiagnosticsSettings}`
  | `properties.${keyof PropertyNames}`
  | `mastery.${"1" | "2" | "3" | "4" | "5" | "6" | `#${string}`}`;

/** What a form shows: folders and limits one a line, a colour without a level as empty text. */
export type FieldValue = string | number | boolean;

export const masteryLevels: readonly MasteryLevel[] = ["not_understood", "learning", "understood", "mastered"];

export const logLevels: readonly LogLevel[] = ["warn", "debug"];

export function readField(settings: Settings, key: string): FieldValue {
  const [section, name] = split(key);
  if (section === "neo4j") return own(settings.neo4j, name);
  if (key === "engine.domainLimits") return limitLines(settings.engine.domainLimits);
  if (section === "engine") return own(settings.engine, name);
  if (section === "diagnostics") return own(settings.diagnostics, name);
  if (section === "privacy") return settings.privacy.level;
  if (isSwitch(key)) return own(settings.capture, name);
  if (isTaskSection(section) || isNodeSection(section)) return own(settings[section], name);
  if (section === "properties") return own(settings.capture.properties, name);
  if (section === "mastery") return settings.capture.masteryTable[name] ?? "";
  return folders(settings.capture, name).join("\n");
}

/** What is wrong with a value, in one sentence that says what to do; null when it can be kept. */
export function checkField(key: string, value: unknown): string | null {
  const [section, name] = split(key);
  if (key === "neo4j.enabled" || key === "engine.adaptive" || isSwitch(key)) return typeof value === "boolean" ? null : "This can be on or off only.";
  if (isTaskSection(section)) return checkTaskField(key as TaskFieldKey, value);
  if (isNodeSection(section)) return checkNodeField(key as NodeFieldKey, value);
  if (key === "engine.domainLimits") return checkLimits(value);
  if (section === "engine") return checkRange(ranges[name as keyof typeof ranges], value);
  if (section === "privacy") return isPrivacyLevel(value) ? null : "Choose one of the levels.";
  if (section === "mastery") return value === "" || isLevel(value) ? null : "Choose one of the levels.";
  if (key === "diagnostics.logLevel") return isLogLevel(value) ? null : "Choose one of the levels.";
  if (typeof value !== "string") return "This must be text.";
  if (key === "neo4j.uri") return checkUri(value);
  if (key === "neo4j.user") return value.trim() === "" ? "Enter the user, usually neo4j." : null;
  if (key === "neo4j.database") return checkDatabase(value);
  if (section === "capture") return checkFolders(value);
  return null;
}

/** The settings with one field changed. The value must have passed `checkField`. `now` (epoch ms) dates what is a choice. */
export function writeField(settings: Settings, key: string, value: FieldValue, now = 0): Settings {
  const wrong = checkField(key, value);
  if (wrong !== null) throw new Error(`${key}: ${wrong}`);
  const [section, name] = split(key);
  const kept = typeof value === "string" ? value.trim() : value;
  if (section === "neo4j") return { ...settings, neo4j: { ...settings.neo4j, [name]: kept } };
  if (key === "engine.domainLimits") return { ...settings, engine: withLimits(settings.engine, String(value)) };
  if (section === "engine") return { ...settings, engine: { ...settings.engine, [name]: kept } };
  if (section === "diagnostics") return { ...settings, diagnostics: { ...settings.diagnostics, [name]: kept } };
  if (section === "privacy") return { ...settings, privacy: choosePrivacy(settings.privacy, kept as PrivacyLevel, now) };
  if (isSwitch(key)) return { ...settings, capture: { ...settings.capture, [name]: kept } };
  if (isTaskSection(section) || isNodeSection(section)) return { ...settings, [section]: { ...settings[section], [name]: kept } };
  return { ...settings, capture: withCapture(settings.capture, section, name, String(kept)) };
}

/** What a field is when nobody has set it. */
export function defaultField(key: FieldKey): FieldValue {
  return readField(defaultSettings(""), key);
}

/** How much is done at once and when, as it is when nobody has set it. What a newer version keeps there stays. */
export function withDefaultWork(settings: Settings): Settings {
  return { ...settings, engine: { ...settings.engine, ...defaultSettings("").engine } };
}

/** Every field that there is, those of the colours of these settings among them. */
export function fieldKeys({ capture }: Settings): readonly FieldKey[] {
  const fixed = Object.entries(sections).flatMap(([section, names]) => names.map((name) => `${section}.${name}`));
  return [...fixed, ...customColors(capture.masteryTable).map((color) => `mastery.${color}`)] as readonly FieldKey[];
}

function isSwitch(key: string): key is SwitchField {
  return key === "capture.canvases" || key === "capture.notes" || key === "capture.records";
}

function withLimits(engine: WorkSettings, lines: string): WorkSettings {
  const read = readLimitLines(lines);
  return read.kind === "limits" ? { ...engine, domainLimits: read.limits } : engine;
}

function withCapture(capture: CaptureSettings, section: string, name: string, value: string): CaptureSettings {
  if (section === "properties") return { ...capture, properties: { ...capture.properties, [name]: value } };
  if (section === "mastery") return { ...capture, masteryTable: withLevel(capture.masteryTable, name, value) };
  return { ...capture, [name]: folderLines(value) };
}

function withLevel(table: MasteryTable, color: string, level: string): MasteryTable {
  const others = Object.fromEntries(Object.entries(table).filter(([known]) => known !== color));
  return isLevel(level) ? { ...others, [color]: level } : others;
}

export function isLevel(value: unknown): value is MasteryLevel {
  return (masteryLevels as readonly unknown[]).includes(value);
}

export function isLogLevel(value: unknown): value is LogLevel {
  return (logLevels as readonly unknown[]).includes(value);
}

function folderLines(text: string): readonly string[] {
  return [...new Set(text.split("\n").filter((line) => line.trim() !== "").map(cleanFolder))];
}

function checkRange(range: { readonly min: number; readonly max: number }, value: unknown): string | null {
  const fits = typeof value === "number" && Number.isInteger(value) && value >= range.min && value <= range.max;
  return fits ? null : `Enter a whole number from ${range.min} to ${range.max}.`;
}

function checkLimits(value: unknown): string | null {
  if (typeof value !== "string") return "This must be text.";
  const read = readLimitLines(value);
  return read.kind === "limits" ? null : read.message;
}

function checkDatabase(value: string): string | null {
  if (value.trim() === "") return "Enter the database, usually neo4j.";
  return /^[a-z][a-z0-9.-]{0,62}$/i.test(value.trim())
    ? null
    : "A database is named with letters, digits, dots and dashes only, and begins with a letter.";
}

function checkFolders(value: string): string | null {
  const bad = value.split("\n").find((line) => line.includes("\\") || line.includes("\0") || line.split("/").includes(".."));
  return bad === undefined ? null : "Write each folder as the vault shows it, such as Courses/Maths, one a line.";
}

function folders(capture: CaptureSettings, name: string): readonly string[] {
  return name === "foldersIn" ? capture.foldersIn : capture.foldersOut;
}

function own(section: object, name: string): FieldValue {
  const value: unknown = Object.hasOwn(section, name) ? (section as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : "";
}

const sections: Readonly<Record<string, readonly string[]>> = {
  neo4j: ["enabled", "uri", "user", "database", "passwordSecretId"],
  engine: [...Object.keys(ranges), "adaptive", "domainLimits"],
  capture: ["canvases", "notes", "records", "foldersIn", "foldersOut"],
  privacy: ["level"],
  diagnostics: ["logLevel"],
  properties: ["score", "mastery", "due", "interval", "ease"],
  mastery: ["1", "2", "3", "4", "5", "6"],
  ...taskFieldNames,
  ...nodeFieldNames,
};

function split(key: string): readonly [section: string, name: string] {
  const [section = "", name = ""] = key.split(".");
  if (section === "mastery" && isHexColor(name)) return [section, name];
  const names = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (names?.includes(name) !== true) throw new Error(`there is no setting ${key}`);
  return [section, name];
}
