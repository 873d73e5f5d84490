import type { Setting, SettingGroupItem } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import type { TaskFieldKey } from "../../settings/taskFields";
import { startJitterRange } from "../../settings/taskSettings";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;

export function scheduleItems(host: FieldHost, schedules: SettingGroupItem[], templates: SettingGroupItem[]): SettingGroupItem[] {
  const { min, max } = startJitterRange;
  const range = fill(words.range, { min: String(min), max: String(max) });
  return [
    { type: "page", name: strings.scheduleRows.list, desc: strings.scheduleRows.listHelp, items: schedules },
    { type: "page", name: words.templates, desc: words.templatesHelp, items: templates },
    fieldRow(host, { key: "schedules.startJitterS", name: words.startJitter, desc: `${words.startJitterHelp} ${range}`, control: { kind: "number", min, max, unit: words.units.seconds } }),
  ];
}

export function noticeItems(host: FieldHost): SettingGroupItem[] {
  return [
    toggle(host, "notices.quiet", words.quiet, words.quietHelp),
    toggle(host, "notices.scheduled", words.scheduledNotices, words.scheduledNoticesHelp),
    toggle(host, "notices.system", words.systemNotices, words.systemNoticesHelp),
  ];
}

/** `showSecret` adds the choice of a secret to its row. */
export function webhookItems(host: FieldHost, showSecret: (setting: Setting) => void): SettingGroupItem[] {
  return [
    toggle(host, "webhook.enabled", words.webhookEnabled, words.webhookEnabledHelp),
    fieldRow(host, { key: "webhook.url", name: words.webhookUrl, desc: words.webhookUrlHelp, control: { kind: "text", placeholder: "https://example.com/hook" } }),
    { name: words.webhookSecret, desc: words.webhookSecretHelp, render: showSecret },
  ];
}

function toggle(host: FieldHost, key: TaskFieldKey, name: string, desc: string): SettingGroupItem {
  return fieldRow(host, { key, name, desc, control: { kind: "toggle" } });
}
