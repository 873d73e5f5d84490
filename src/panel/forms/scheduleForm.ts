import { fillTemplate, templateVariables } from "../../engine/index";
import type { MissedRuns, ScheduledTask, TaskTemplate } from "../../engine/index";
import { itemsOfText, itemsText } from "../text/itemsText";

/** What a schedule makes: a task of a template, or of a kind. */
export type ScheduleSubject = { readonly kind: "template"; readonly template: TaskTemplate } | { readonly kind: "kind"; readonly name: string };

/** What the dialog for a schedule holds, as typed. */
export interface ScheduleForm {
  readonly subject: ScheduleSubject;
  /** By the name of the template's variable. */
  readonly values: Readonly<Record<string, string>>;
  /** Of a task of a kind. */
  readonly title: string;
  readonly items: string;
  readonly cron: string;
  readonly missed: MissedRuns;
}

export type TaskOfForm = { readonly kind: "task"; readonly task: ScheduledTask } | { readonly kind: "problem"; readonly reason: string };

/** Kinds that everybody has, each with items to begin with. */
export const kindExamples = {
  index: [{ folder: "Courses" }],
  drain: [{}],
  verify: [{ scope: "all", repair: false }],
  export: [{ what: "events", format: "csv", folder: "Exports", days: 7 }],
  rebuild: [{ dryRun: true }],
} as const;

const FIRST_CRON = "@daily";

/** Every subject that can be chosen, the templates first, by a key of its own. */
export function scheduleSubjects(templates: readonly TaskTemplate[]): ReadonlyMap<string, ScheduleSubject> {
  const made = templates.map((template): [string, ScheduleSubject] => [`template ${template.id}`, { kind: "template", template }]);
  const kinds = Object.keys(kindExamples).map((name): [string, ScheduleSubject] => [`kind ${name}`, { kind: "kind", name }]);
  return new Map([...made, ...kinds]);
}

/** The form for another subject: what was typed of the time stays, unless it was only the last template's own. */
export function formFor(subject: ScheduleSubject, before: ScheduleForm | null): ScheduleForm {
  const typed = before === null || before.cron === cronOf(before.subject) ? null : before.cron;
  const example = subject.kind === "kind" ? Object.entries(kindExamples).find(([name]) => name === subject.name)?.[1] : undefined;
  return { subject, values: before?.values ?? {}, title: "", items: itemsText(example ?? []), cron: typed ?? cronOf(subject), missed: before?.missed ?? "run-once" };
}

/** The task that the form means; what else is wrong with it the engine says. */
export function taskOfForm({ items, subject, title, values }: ScheduleForm): TaskOfForm {
  if (subject.kind === "template") {
    const names = templateVariables(subject.template);
    // Nothing typed is no value, and what was typed for another template is none of this one.
    const given = names.flatMap((name): [string, string][] => ((values[name] ?? "").trim() === "" ? [] : [[name, values[name] ?? ""]]));
    const filled = fillTemplate(subject.template, Object.fromEntries(given));
    return filled.kind === "filled" ? { kind: "task", task: filled.task } : filled;
  }
  const read = itemsOfText(items);
  if (read.kind === "problem") return read;
  return { kind: "task", task: { kind: subject.name, title: title.trim(), priority: "LOW", items: read.items } };
}

function cronOf(subject: ScheduleSubject): string {
  return subject.kind === "template" ? (subject.template.cron ?? FIRST_CRON) : FIRST_CRON;
}
