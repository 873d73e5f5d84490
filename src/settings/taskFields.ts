import { problemOfWebhookUrl } from "../engine/index";
import type { NoticesSettings, SchedulesSettings, WebhookSection } from "./taskSettings";
import { startJitterRange } from "./taskSettings";

export type TaskFieldKey =
  `notices.${keyof NoticesSettings}` | `webhook.${keyof WebhookSection}` | `schedules.${keyof SchedulesSettings}`;

export const taskFieldNames = {
  notices: ["quiet", "scheduled", "system"],
  webhook: ["enabled", "url", "secretId"],
  schedules: ["startJitterS"],
} as const;

export type TaskSectionName = keyof typeof taskFieldNames;

export function isTaskSection(section: string): section is TaskSectionName {
  return Object.hasOwn(taskFieldNames, section);
}

/** What is wrong with a value, in one sentence that says what to do; null when it can be kept. */
export function checkTaskField(key: TaskFieldKey, value: unknown): string | null {
  if (key === "webhook.url") return typeof value === "string" ? checkUrl(value) : "This must be text.";
  if (key === "webhook.secretId") return typeof value === "string" ? null : "This must be text.";
  if (key === "schedules.startJitterS") return checkJitter(value);
  return typeof value === "boolean" ? null : "This can be on or off only.";
}

// None is how it is at first, and what somebody goes back to who wants nobody told.
function checkUrl(value: string): string | null {
  return value.trim() === "" ? null : problemOfWebhookUrl(value);
}

function checkJitter(value: unknown): string | null {
  const { min, max } = startJitterRange;
  const fits = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
  return fits ? null : `Enter a whole number from ${min} to ${max}.`;
}
