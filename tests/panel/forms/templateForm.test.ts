import { describe, expect, it } from "vitest";
import type { TaskTemplate } from "../../../src/engine/index";
import { formOfTemplate, newTemplateId, templateOfForm } from "../../../src/panel/forms/templateForm";

const template: TaskTemplate = { id: "mine", name: "Mine", kind: "index", title: "Index {{folder}}", priority: "HIGH", items: [{ folder: "{{folder}}" }, { canvas: "a.canvas" }], cron: "@daily" };

describe("the form of a template", () => {
  it("is the template again when nothing is typed", () => {
    for (const one of [template, { ...template, cron: null, items: [1] }]) expect(templateOfForm(formOfTemplate(one), "mine")).toEqual({ kind: "template", template: one });
    expect(formOfTemplate(template).items).toBe('[{"folder":"{{folder}}"},\n {"canvas":"a.canvas"}]');
  });

  it.each([
    [{ name: " " }, "Give the template a name."],
    [{ items: "[]" }, "A template needs at least one item."],
    [{ items: "7" }, "The items are no JSON list"],
    [{ cron: "61 * * * *" }, "The minute must be from 0 to 59"],
    [{ title: "{{not a name}}" }, "is no variable"],
  ])("says what is wrong with %j", (part, reason) => {
    expect(templateOfForm({ ...formOfTemplate(template), ...part }, "mine")).toMatchObject({ kind: "problem", reason: expect.stringContaining(reason) as string });
  });
});

describe("the id of a new template", () => {
  it("is its name in plain letters, in any language, and no other template's", () => {
    const taken = new Set(["my-week", "my-week-2"]);
    expect(newTemplateId("My  week!", taken)).toBe("my-week-3");
    expect(newTemplateId("Übung, 1. Woche", taken)).toBe("übung-1-woche");
    expect(newTemplateId("数学", taken)).toBe("数学");
    expect(newTemplateId("…", taken)).toBe("template");
  });
});
