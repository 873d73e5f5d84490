import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/engine/kernel/json";
import { fillTemplate, templateVariables } from "../../../../src/engine/tasks/templates/fillTemplate";
import type { TaskTemplate } from "../../../../src/engine/tasks/templates/taskTemplate";
import { templateOfTask } from "../../../../src/engine/tasks/templates/templateOfTask";

const template: TaskTemplate = {
  id: "t",
  name: "Week",
  kind: "index",
  title: "Week in {{folder}}",
  priority: "HIGH",
  items: [{ folder: "{{folder}}" }, { list: ["{{ course }}/{{folder}}", 7, null, true], "{{key}}": "{}" }],
  cron: null,
};

describe("filling a template", () => {
  it("puts the values into every text, and into nothing else", () => {
    expect(templateVariables(template)).toEqual(["folder", "course"]);
    expect(fillTemplate(template, { folder: "Maths", course: "A" })).toEqual({
      kind: "filled",
      task: {
        kind: "index",
        title: "Week in Maths",
        priority: "HIGH",
        items: [{ folder: "Maths" }, { list: ["A/Maths", 7, null, true], "{{key}}": "{}" }],
      },
    });
  });

  it("names the variable that has no value, and the value that has no variable", () => {
    expect(fillTemplate(template, { folder: "Maths" })).toEqual({
      kind: "problem",
      reason: 'The template "Week" needs a value for {{course}}.',
    });
    expect(fillTemplate(template, { folder: "Maths", course: "A", folders: "x" })).toEqual({
      kind: "problem",
      reason: 'The template "Week" has no variable {{folders}}. It has {{folder}}, {{course}}.',
    });
  });

  it("takes no inherited member for a value", () => {
    const asking = { ...template, title: "{{constructor}}", items: [1] };
    expect(fillTemplate(asking, {})).toMatchObject({ kind: "problem" });
  });

  it("puts any value in as a text and does not look into it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("{{course}}", '", "all": true, "x": "', "$&$1", "\\{{folder}}")), (folder) => {
        const filled = fillTemplate({ ...template, items: [{ folder: "{{folder}}" }] }, { folder });
        expect(filled).toMatchObject({ kind: "filled", task: { items: [{ folder }], title: `Week in ${folder}` } });
      }),
    );
  });
});

describe("a template of a task", () => {
  it("makes the same task again, whatever the task holds", () => {
    const texts = fc.oneof(fc.string(), fc.constantFrom("{{folder}}", "\\{{folder}}", "\\\\{{a}}{{b}}", "{{{{x}}}}", "{{}}", "{{a b}}", "}}{{"));
    const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        texts,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(texts, tie("tree"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), texts, (items, title) => {
        const made = templateOfTask({ kind: "index", title, priority: "low" }, items, { id: "i", name: "n" });
        expect(templateVariables(made)).toEqual([]);
        expect(fillTemplate(made, {})).toEqual({ kind: "filled", task: { kind: "index", title, priority: "LOW", items } });
      }),
    );
  });

  it.each([
    ["immediate", "CRITICAL"],
    ["normal", "NORMAL"],
    ["low", "LOW"],
    ["HIGH", "HIGH"],
  ] as const)("spells the priority %s as %s", (given, kept) => {
    expect(templateOfTask({ kind: "drain", title: "t", priority: given }, [{}], { id: "i", name: "n" }).priority).toBe(kept);
  });

  it("is of normal priority when the task says none", () => {
    expect(templateOfTask({ kind: "drain", title: "t" }, [{}], { id: "i", name: "n" }).priority).toBe("NORMAL");
  });
});
