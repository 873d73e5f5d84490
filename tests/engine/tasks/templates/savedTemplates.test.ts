import { describe, expect, it } from "vitest";
import { problemOfTemplate } from "../../../../src/engine/tasks/templates/problemOfTemplate";
import { readTemplates, withoutTemplate, withTemplate } from "../../../../src/engine/tasks/templates/savedTemplates";
import { shippedTemplates } from "../../../../src/engine/tasks/templates/shippedTemplates";
import type { TaskTemplate } from "../../../../src/engine/tasks/templates/taskTemplate";

const template: TaskTemplate = {
  id: "mine",
  name: "Mine",
  kind: "index",
  title: "Mine: {{folder}}",
  priority: "LOW",
  items: [{ folder: "{{folder}}" }],
  cron: "@daily",
};

describe("templates in the settings", () => {
  it("come back as they were saved, beside the shipped ones", () => {
    const saved: unknown = JSON.parse(JSON.stringify(withTemplate({}, template)));
    const { templates, unread } = readTemplates(saved as Record<string, never>);
    expect(templates).toEqual([...shippedTemplates, template]);
    expect(unread).toEqual([]);
  });

  it("may stand in for a shipped one, and leave it as it was when they are removed", () => {
    const own = { ...template, id: "index-all" };
    const saved = withTemplate({}, own);
    expect(readTemplates(saved).templates.filter(({ id }) => id === "index-all")).toEqual([own]);
    expect(readTemplates(withoutTemplate(saved, "index-all")).templates).toEqual(shippedTemplates);
  });

  it.each([
    ["no object", 7],
    ["no name", { ...template, name: 1 }],
    ["an unknown priority", { ...template, priority: "SOON" }],
    ["items that are no list", { ...template, items: {} }],
    ["a time that never comes", { ...template, cron: "0 0 30 2 *" }],
    ["no cron", { name: "a", kind: "b", title: "c", priority: "LOW", items: [1] }],
  ])("are named, and stay as they are, when they cannot be read: %s", (_, value) => {
    const saved = { broken: value };
    expect(readTemplates(saved)).toEqual({ templates: shippedTemplates, unread: ["broken"] });
    expect(withTemplate(saved, template)["broken"]).toBe(value);
  });

  it("are found by any id, also one that objects know", () => {
    const saved = withTemplate({}, { ...template, id: "constructor" });
    expect(readTemplates(saved).templates.map(({ id }) => id)).toContain("constructor");
  });

  it.each<[Partial<TaskTemplate>, string]>([
    [{ name: " " }, "Give the template a name."],
    [{ name: "n".repeat(101) }, "at most 100 characters"],
    [{ kind: "" }, "Say which kind"],
    [{ title: "" }, "Give the tasks of the template a title."],
    [{ items: [] }, "at least one item"],
    [{ title: "{{two words}}" }, "{{two words}} is no variable"],
    [{ items: ["x".repeat(100_000)] }, "The items take 100004 bytes, and 100000 fit"],
    [{ cron: "* * * * * *" }, "Schedules have no seconds"],
  ])("are refused with what to change: %j", (change, words) => {
    expect(problemOfTemplate({ ...template, ...change })).toContain(words);
    expect(() => withTemplate({}, { ...template, ...change })).toThrow(RangeError);
  });
});

describe("the shipped templates", () => {
  it("have nothing wrong with them, and ids of their own", () => {
    expect(shippedTemplates.map(problemOfTemplate)).toEqual(shippedTemplates.map(() => null));
    expect(new Set(shippedTemplates.map(({ id }) => id)).size).toBe(shippedTemplates.length);
  });
});
