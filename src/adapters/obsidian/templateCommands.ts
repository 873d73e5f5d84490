import { Notice } from "obsidian";
import { readTemplates, templateOfTask, templateVariables, withoutTemplate, withTemplate } from "../../engine/index";
import type { JsonValue, ScheduleDraft, TaskTemplate } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import { formOfTemplate, newTemplateId, templateOfForm } from "../../panel/forms/templateForm";
import type { TemplateForm } from "../../panel/forms/templateForm";
import { checkField, writeField } from "../../settings/fields";
import type { AddCommand, CommandHost } from "./commands";
import { confirm } from "./confirmModal";
import { reported } from "./reported";
import { ScheduleModal } from "./scheduleModal";
import { TemplateModal } from "./templateModal";
import { TemplatePicker } from "./templatePicker";
import { VariablesModal } from "./variablesModal";

const names = strings.scheduleCommands;
const words = strings.templateForm;
const rows = strings.scheduleRows;
const JITTER = "schedules.startJitterS";
const PAGE = 500;

type Asking = Pick<CommandHost, "plugin" | "session" | "format" | "modals" | "notices">;

export function addTemplateCommands(host: CommandHost, add: AddCommand): void {
  const running = (): boolean => host.session.current() !== null;
  add("new-schedule", names.add, running, () => newSchedule(host));
  add("run-template", names.run, running, () => host.modals.show(new TemplatePicker(host.plugin.app, templatesOf(host), (template) => void reported(() => runTemplate(host, template)))));
}

/** Asks for a schedule and makes it. `changed` is called when there is one more. */
export async function newSchedule(host: Asking, changed: () => void = () => undefined): Promise<void> {
  const { format, modals, plugin, session } = host;
  const { schedules } = await session.ready();
  const modal = new ScheduleModal(plugin.app, {
    templates: templatesOf(host),
    format,
    startJitter: String(session.currentSettings.schedules.startJitterS),
    preview: (cron) => schedules.preview(cron),
    checkJitter: (text) => checkField(JITTER, secondsOf(text)),
    save: async (draft, startJitter) => {
      const wrong = await said(() => addSchedule(host, draft, startJitter));
      if (wrong === null) changed();
      return wrong;
    },
  });
  modals.show(modal);
}

async function addSchedule({ format, session }: Asking, draft: ScheduleDraft, startJitter: string): Promise<void> {
  const { nextRuns, task } = await (await session.ready()).schedules.add(draft);
  const changed = writeField(session.currentSettings, JITTER, secondsOf(startJitter));
  if (changed.schedules.startJitterS !== session.currentSettings.schedules.startJitterS) await session.update(changed);
  const [first] = nextRuns;
  new Notice(fill(strings.scheduleForm.added, { title: task.title, time: first === undefined ? "" : format.dateAndTime(first) }));
}

/** Asks for what the template does not say, and starts its task. */
export async function runTemplate(host: Asking, template: TaskTemplate): Promise<void> {
  const variables = templateVariables(template);
  const start = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const engine = await host.session.ready();
    const id = await engine.createBatch([], { template: template.id, variables: values });
    host.notices.begin(id, fill(strings.taskCommands.started, { title: engine.tasks.status(id)?.title ?? template.name }));
  };
  if (variables.length === 0) return start({});
  host.modals.show(new VariablesModal(host.plugin.app, { name: template.name, variables }, (values) => said(() => start(values))));
}

/** Makes a template of a task that there is, once the person has looked at it. */
export async function saveTemplate(host: Asking, task: string): Promise<void> {
  const { tasks } = await host.session.ready();
  const view = tasks.status(task);
  if (view === null) return;
  const items: JsonValue[] = [];
  for (let page = await tasks.items(task, 0, PAGE); page.length > 0; page = await tasks.items(task, items.length, PAGE)) items.push(...page.map(({ input }) => input));
  const form = formOfTemplate(templateOfTask(view, items, { id: "", name: view.title }));
  const idOf = (name: string): string => newTemplateId(name, new Set([...templatesOf(host).map(({ id }) => id), ...Object.keys(host.session.currentSettings.templates.saved)]));
  host.modals.show(new TemplateModal(host.plugin.app, words.saveTitle, form, (typed) => keep(host, typed, idOf(typed.name))));
}

/** `changed` is called when it says something else. */
export function editTemplate(host: Asking, template: TaskTemplate, changed: () => void): void {
  const modal = new TemplateModal(host.plugin.app, words.editTitle, formOfTemplate(template), async (typed) => {
    const wrong = await keep(host, typed, template.id);
    if (wrong === null) changed();
    return wrong;
  });
  host.modals.show(modal);
}

/** Deletes a saved template after a yes. False when there was none. */
export async function removeTemplate({ modals, plugin, session }: Asking, id: string, name: string): Promise<boolean> {
  const question = { title: rows.removeTemplateTitle, lines: [fill(rows.removeTemplateText, { name })], yes: rows.remove, no: strings.confirm.cancel, destructive: true };
  if (!(await confirm(plugin.app, modals, question))) return false;
  const { currentSettings: settings } = session;
  await session.update({ ...settings, templates: { ...settings.templates, saved: withoutTemplate(settings.templates.saved, id) } });
  return true;
}

async function keep({ session }: Asking, form: TemplateForm, id: string): Promise<string | null> {
  const made = templateOfForm(form, id);
  if (made.kind === "problem") return made.reason;
  const { currentSettings: settings } = session;
  const wrong = await said(() => session.update({ ...settings, templates: { ...settings.templates, saved: withTemplate(settings.templates.saved, made.template) } }));
  if (wrong === null) new Notice(fill(words.saved, { name: made.template.name }));
  return wrong;
}

/** NaN, which no field takes, for what is no number: an empty text must not become 0. */
function secondsOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : NaN;
}

function templatesOf({ session }: Pick<CommandHost, "session">): readonly TaskTemplate[] {
  return readTemplates(session.currentSettings.templates.saved).templates;
}

/** Null when it went well, else why it did not. */
async function said(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
