import type { JsonObject, SavedTemplates } from "../engine/index";
import { isJsonObject } from "../engine/index";
import { hasCredentials } from "./checkUri";

export interface NoticesSettings {
  /** Only failures of tasks are told. */
  readonly quiet: boolean;
  /** Also told is what a schedule made and went well. */
  readonly scheduled: boolean;
  /** Also told by the system, while nobody looks at the app. */
  readonly system: boolean;
}

export interface WebhookSection {
  readonly enabled: boolean;
  readonly url: string;
  /** The name under which Obsidian keeps the secret of the signatures, never the secret. Empty: none chosen yet. */
  readonly secretId: string;
}

export interface SchedulesSettings {
  /** Seconds of which the first scheduled runs after a start wait a random part. */
  readonly startJitterS: number;
}

export interface TemplatesSettings {
  readonly saved: SavedTemplates;
}

/** The settings of what surrounds tasks. */
export interface TaskSections {
  readonly notices: NoticesSettings;
  readonly webhook: WebhookSection;
  readonly schedules: SchedulesSettings;
  readonly templates: TemplatesSettings;
}

export const startJitterRange = { min: 0, max: 300 } as const;

export const defaultTaskSections: TaskSections = {
  notices: { quiet: false, scheduled: false, system: false },
  webhook: { enabled: false, url: "", secretId: "" },
  schedules: { startJitterS: 30 },
  templates: { saved: {} },
};

/** Each field that cannot be used falls back to its default alone; what is not known rides along. */
export function readTaskSections(section: (name: keyof TaskSections) => JsonObject): TaskSections {
  const notices = section("notices");
  const webhook = section("webhook");
  const schedules = section("schedules");
  const templates = section("templates");
  return {
    notices: { ...notices, quiet: notices["quiet"] === true, scheduled: notices["scheduled"] === true, system: notices["system"] === true },
    webhook: {
      ...webhook,
      enabled: webhook["enabled"] === true,
      // An address that cannot work stays as it is, so that the person who wrote it can correct it.
      url: typeof webhook["url"] === "string" && !hasCredentials(webhook["url"]) ? webhook["url"] : "",
      secretId: typeof webhook["secretId"] === "string" ? webhook["secretId"] : "",
    },
    schedules: { ...schedules, startJitterS: readJitter(schedules["startJitterS"]) },
    // Templates that cannot be read stay: they may be of a newer version.
    templates: { ...templates, saved: isJsonObject(templates["saved"]) ? templates["saved"] : {} },
  };
}

function readJitter(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return defaultTaskSections.schedules.startJitterS;
  return Math.min(startJitterRange.max, Math.max(startJitterRange.min, Math.round(value)));
}
