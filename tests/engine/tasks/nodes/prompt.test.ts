import { describe, expect, it } from "vitest";
import { explainStyles, styleNames } from "../../../../src/engine/tasks/nodes/explainStyles";
import type { NodeText } from "../../../../src/engine/tasks/nodes/nodeText";
import { explainPrompt, summaryPrompt } from "../../../../src/engine/tasks/nodes/prompt";
import { filledNote, shippedTemplateNote } from "../../../../src/engine/tasks/nodes/templateNote";

const about: NodeText = {
  canvas: "Courses/Maths.canvas",
  title: "Limits",
  text: "Limits\n\nThe value {{approached}}",
  note: { path: "Notes/Limits.md", text: "Epsilon and delta." },
  neighbours: [
    { text: "Series\nof numbers", label: null, direction: "to" },
    { text: "Numbers", label: "need", direction: "from" },
  ],
};

describe("what is sent to a model", () => {
  it.each(styleNames)("holds the card, its note and its neighbours once, and asks for the style %s", (style) => {
    const [system, user, ...more] = explainPrompt(about, style);
    expect([system?.role, user?.role, more]).toEqual(["system", "user", []]);
    expect(user?.content).toContain(explainStyles[style].ask.replace("{{title}}", '"Limits"'));
    for (const part of ["The value {{approached}}", "The note behind it (Notes/Limits.md)", "Epsilon and delta.", "- → Series of numbers", "- ← (need) Numbers"]) {
      expect(user?.content.split(part)).toHaveLength(2);
    }
  });

  it("leaves out what is not there", () => {
    const [, user] = explainPrompt({ ...about, note: null, neighbours: [] }, "plain-words");
    expect(user?.content).not.toMatch(/note behind|connected with/);
  });

  it("is bounded, whatever stands on the canvas", () => {
    const long = "漢😀".repeat(60_000);
    const neighbours = Array.from({ length: 500 }, () => ({ text: long, label: null, direction: "to" as const }));
    const [, user] = explainPrompt({ ...about, text: long, note: { path: "a.md", text: long }, neighbours }, "plain-words");
    expect(user?.content.length).toBeLessThan(25_000);
    expect(user?.content).not.toMatch(/[\ud800-\udfff]/u);
  });

  it("holds the outline of a canvas for a summary", () => {
    expect(summaryPrompt("a.canvas", "- Limits")[1]?.content).toMatch(/canvas a\.canvas in at most 300 words[\s\S]*---\n- Limits\n---/);
  });
});

describe("a note of a template", () => {
  const fill = (template: string, own: NodeText = about): ReturnType<typeof filledNote> => filledNote({ template, about: own, style: "comparison", date: "2030-01-01" });

  it("holds what the canvas says, and what the learner is to write", () => {
    expect(fill(shippedTemplateNote)).toEqual({
      kind: "note",
      text: [
        "# Limits",
        "",
        "> [!quote] On the canvas [[Courses/Maths.canvas]]",
        "> Limits",
        "> ",
        "> The value {{approached}}",
        "",
        "[[Notes/Limits]]",
        "",
        "## What they share",
        "",
        "",
        "",
        "## Where they differ",
        "",
        "",
        "",
        "## How to tell them apart",
        "",
        "",
        "",
        "## Connected with",
        "",
        "- → Series of numbers",
        "- ← (need) Numbers",
        "",
      ].join("\n"),
    });
  });

  it("knows every variable of its own", () => {
    const made = fill("{{title}}|{{text}}|{{note}}|{{link}}|{{canvas}}|{{style}}|{{date}}|\\{{title}}", { ...about, text: "{{title}}" });
    expect(made).toEqual({ kind: "note", text: "Limits|{{title}}|Epsilon and delta.|[[Notes/Limits]]|Courses/Maths.canvas|comparison|2030-01-01|{{title}}\n" });
  });

  it("names a variable that is none", () => {
    const problem = fill("{{title}} {{author}}");
    expect(problem.kind === "problem" && problem.reason).toContain("has no variable {{author}}. There are: {{title}}, {{text}},");
  });
});
