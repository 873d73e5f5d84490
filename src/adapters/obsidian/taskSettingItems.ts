import type { Setting, SettingGroupItem } from "obsidian";
import { strings } from "../../panel/text/strings";
import { checkField } from "../../settings/fields";
import type { TaskFieldKey } from "../../settings/taskFields";
import { defaultTaskSections, startJitterRange } from "../../settings/taskSettings";

const words = strings.settings;

export function scheduleItems(schedules: SettingGroupItem[], templates: SettingGroupItem[]): SettingGroupItem[] {
  const { min, max } = startJitterRange;
  const defaultValue = defaultTaskSections.schedules.startJitterS;
  const field = key("schedules.startJitterS");
  return [
    {
      name: words.startJitter,
      desc: words.startJitterHelp,
      control: { type: "number", key: field, min, max, step: 1, defaultValue, validate: (value) => checkField(field, value) ?? "" },
    },
    { type: "page", name: strings.scheduleRows.list, desc: strings.scheduleRows.listHelp, items: schedules },
    { type: "page", name: words.templates, desc: words.templatesHelp, items: templates },
  ];
}

export function noticeItems(): SettingGroupItem[] {
  return [
    toggle("notices.quiet", words.quiet, words.quietHelp),
    toggle("notices.scheduled", words.scheduledNotices, words.scheduledNoticesHelp),
    toggle("notices.system", words.systemNotices, words.systemNoticesHelp),
  ];
}

/** `showSecret` adds the choice of a secret to its row. */
export function webhookItems(showSecret: (setting: Setting) => void): SettingGroupItem[] {
  const url = key("webhook.url");
  return [
    toggle("webhook.enabled", words.webhookEnabled, words.webhookEnabledHelp),
    {
      name: words.webhookUrl,
      desc: words.webhookUrlHelp,
      control: { type: "text", key: url, placeholder: "https://example.com/hook", validate: (value) => checkField(url, value) ?? "" },
    },
    { name: words.webhookSecret, desc: words.webhookSecretHelp, render: showSecret },
  ];
}

function toggle(field: TaskFieldKey, name: string, desc: string): SettingGroupItem {
  return { name, desc, control: { type: "toggle", key: key(field) } };
}

/** Only known fields become keys of controls. */
function key(field: TaskFieldKey): TaskFieldKey {
  return field;
}
