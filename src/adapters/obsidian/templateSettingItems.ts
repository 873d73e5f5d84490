import type { SettingGroupItem } from "obsidian";
import { readTemplates, templateVariables } from "../../engine/index";
import type { SavedTemplates, TaskTemplate } from "../../engine/index";
import { fill, strings } from "../../panel/strings";

const words = strings.settings;

/** The templates that there are; those that were saved can be removed. */
export function templateItems(saved: SavedTemplates, remove: (id: string) => void): SettingGroupItem[] {
  const { templates, unread } = readTemplates(saved);
  const known = templates.map((template) => row(template.name, textOf(template), Object.hasOwn(saved, template.id) ? () => remove(template.id) : null));
  return [...known, ...unread.map((id) => row(id, words.templateUnread, () => remove(id)))];
}

function row(name: string, desc: string, remove: (() => void) | null): SettingGroupItem {
  if (remove === null) return { name, desc };
  return {
    name,
    desc,
    render: (setting) => void setting.addExtraButton((button) => button.setIcon("trash-2").setTooltip(words.templateRemove).onClick(remove)),
  };
}

function textOf(template: TaskTemplate): string {
  const variables = templateVariables(template).map((name) => `{{${name}}}`);
  const asks = variables.length === 0 ? "" : fill(words.templateAsks, { variables: variables.join(", ") });
  const runs = template.cron === null ? "" : fill(words.templateRuns, { cron: template.cron });
  return [fill(words.templateMakes, { kind: template.kind }), asks, runs].filter((part) => part !== "").join(" ");
}
