import type { Setting, SettingGroupItem } from "obsidian";
import { readTemplates, templateVariables } from "../../engine/index";
import type { SavedTemplates, TaskTemplate } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";

const words = strings.settings;
const actionWords = strings.scheduleRows;

/** What a person may do with a template in its row. */
export interface TemplateActions {
  start(template: TaskTemplate): void;
  edit(template: TaskTemplate): void;
  remove(id: string, name: string): void;
}

/** The templates that there are. Each can be started; those that were saved can be changed and removed too. */
export function templateItems(saved: SavedTemplates, actions: TemplateActions): SettingGroupItem[] {
  const { templates, unread } = readTemplates(saved);
  const known = templates.map((template): SettingGroupItem => ({
    name: template.name,
    desc: textOf(template),
    render: (setting) => showButtons(setting, template, Object.hasOwn(saved, template.id), actions),
  }));
  const strange = unread.map((id): SettingGroupItem => ({ name: id, desc: words.templateUnread, render: (setting) => addRemove(setting, () => actions.remove(id, id)) }));
  return [...known, ...strange];
}

function showButtons(setting: Setting, template: TaskTemplate, isSaved: boolean, actions: TemplateActions): void {
  setting.addExtraButton((button) => button.setIcon("play").setTooltip(actionWords.start).onClick(() => actions.start(template)));
  if (!isSaved) return;
  setting.addExtraButton((button) => button.setIcon("pencil").setTooltip(actionWords.edit).onClick(() => actions.edit(template)));
  addRemove(setting, () => actions.remove(template.id, template.name));
}

function addRemove(setting: Setting, remove: () => void): void {
  setting.addExtraButton((button) => button.setIcon("trash-2").setTooltip(words.templateRemove).onClick(remove));
}

function textOf(template: TaskTemplate): string {
  const variables = templateVariables(template).map((name) => `{{${name}}}`);
  const asks = variables.length === 0 ? "" : fill(words.templateAsks, { variables: variables.join(", ") });
  const runs = template.cron === null ? "" : fill(words.templateRuns, { cron: template.cron });
  return [fill(words.templateMakes, { kind: template.kind }), asks, runs].filter((part) => part !== "").join(" ");
}
