import { describe, expect, it } from "vitest";
import type { ScheduleView, TaskTemplate } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { formFor, kindExamples, scheduleSubjects, taskOfForm } from "../../../src/panel/forms/scheduleForm";
import { scheduleText } from "../../../src/panel/forms/scheduleRow";

const template: TaskTemplate = { id: "weekly", name: "Weekly", kind: "export", title: "To {{folder}}", priority: "LOW", items: [{ folder: "{{folder}}" }], cron: "0 18 * * FRI" };
const other: TaskTemplate = { ...template, id: "other", name: "Other", title: "Other", items: [{}], cron: null };
const weekly = formFor({ kind: "template", template }, null);

describe("the form of a schedule", () => {
  it("offers the templates and then the kinds, each kind with items to begin with", () => {
    const subjects = scheduleSubjects([template, other]);
    expect([...subjects.keys()].slice(0, 3)).toEqual(["template weekly", "template other", "kind index"]);
    for (const [name, items] of Object.entries(kindExamples)) {
      const form = { ...formFor({ kind: "kind", name }, null), title: "x" };
      expect(taskOfForm(form)).toEqual({ kind: "task", task: { kind: name, title: "x", priority: "LOW", items } });
    }
  });

  it("suggests the time of the template, and leaves one that was typed", () => {
    expect(weekly.cron).toBe("0 18 * * FRI");
    expect(formFor({ kind: "template", template: other }, weekly).cron).toBe("@daily");
    expect(formFor({ kind: "template", template: other }, { ...weekly, cron: "@hourly", missed: "skip" })).toMatchObject({ cron: "@hourly", missed: "skip" });
  });

  it("fills the template, and takes an empty text for a missing one", () => {
    expect(taskOfForm({ ...weekly, values: { folder: "Out", left: "from another template" } })).toEqual({ kind: "task", task: { kind: "export", title: "To Out", priority: "LOW", items: [{ folder: "Out" }] } });
    expect(taskOfForm({ ...weekly, values: { folder: "  " } })).toEqual({ kind: "problem", reason: 'The template "Weekly" needs a value for {{folder}}.' });
  });

  it("says what is wrong with items that are no list", () => {
    const form = formFor({ kind: "kind", name: "index" }, null);
    expect(taskOfForm({ ...form, items: "{}" })).toEqual({ kind: "problem", reason: "The items are no JSON list: a list begins with [ and ends with ]" });
    expect(taskOfForm({ ...form, items: "[1" })).toMatchObject({ kind: "problem" });
  });
});

describe("the row of a schedule", () => {
  const format = createFormat("en");
  const at = new Date(2030, 0, 7, 9, 0).getTime();
  const view: ScheduleView = {
    id: "s",
    cron: "@daily",
    missed: "skip",
    task: { kind: "drain", title: "Send", priority: "LOW", items: [{}] },
    paused: false,
    createdAt: 0,
    nextRuns: [at, at + 86_400_000],
    lastRun: null,
    trouble: null,
  };

  it("says when it runs next, that it is paused, and what keeps it from running", () => {
    expect(scheduleText(view, format)).toBe(`@daily. Next: ${format.dateAndTime(at)} · ${format.dateAndTime(at + 86_400_000)}.`);
    expect(format.dateAndTime(at)).toContain("Jan 7");
    expect(scheduleText({ ...view, paused: true, nextRuns: [] }, format)).toBe("@daily. Paused.");
    const lastRun = { time: 1, at: 2, task: null, problem: "The kind is gone." };
    expect(scheduleText({ ...view, lastRun }, format)).toMatch(/ The last run could not be made: The kind is gone\.$/);
    expect(scheduleText({ ...view, lastRun, trouble: "The disk is full." }, format)).toMatch(/ Held up: The disk is full\.$/);
  });
});
