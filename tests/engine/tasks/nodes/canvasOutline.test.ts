import { describe, expect, it } from "vitest";
import type { CanvasDocument, CanvasEntry } from "../../../../src/engine/canvas/document";
import { conceptOf } from "../../../../src/engine/learning/concept";
import { defaultMasteryTable, levelOf } from "../../../../src/engine/learning/mastery";
import { canvasOutline, outlineText } from "../../../../src/engine/tasks/nodes/canvasOutline";
import { colorOf } from "../../../../src/engine/tasks/nodes/masteryColor";

const card = (id: string, text: string, x: number, more: object = {}): CanvasEntry => ({ id, type: "text", text, x, y: 0, width: 100, height: 50, ...more });
const document: CanvasDocument = {
  nodes: [
    { id: "g", type: "group", label: "Analysis", x: -10, y: -10, width: 300, height: 100 },
    card("a", "# Limits\nmore", 0, { color: "4" }),
    card("b", "Series", 150, { color: "1" }),
    card("c", "Sets", 900),
    card("d", "", 1200, { x: "no number" }),
  ],
  edges: [
    { id: "e", fromNode: "a", toNode: "b", label: "used\nby" },
    { id: "f", fromNode: "a", toNode: "gone" },
  ],
};

describe("the outline of a canvas", () => {
  const outline = canvasOutline(document, { titleOf: conceptOf, levelOf: (node) => levelOf(typeof node["color"] === "string" ? node["color"] : null, defaultMasteryTable) });

  it("has groups with their cards, connections, levels, and what stands alone", () => {
    expect(outline).toEqual({
      cards: 4,
      connections: 2,
      groups: [{ title: "Analysis", cards: ["Limits", "Series"] }],
      loose: ["Sets", "(empty card)"],
      connected: ["Limits → (used by) Series"],
      alone: ["Sets", "(empty card)"],
      levels: [
        { level: "not_understood", cards: ["Series"] },
        { level: "understood", cards: ["Limits"] },
        { level: null, cards: ["Sets", "(empty card)"] },
      ],
    });
  });

  it("reads as Markdown, and leaves empty parts out", () => {
    expect(outlineText(outline)).toContain("4 cards, 2 connections.\n\n## How well they are known\n\n- **Not understood** (1): Series\n");
    const empty = outlineText(canvasOutline({ nodes: [], edges: [] }, { titleOf: () => null, levelOf: () => null }));
    expect(empty).toBe("0 cards, 0 connections.");
  });
});

describe("the colour of a level", () => {
  it.each([
    ["not_understood", "1"],
    ["learning", "2"],
    ["understood", "4"],
    ["mastered", "5"],
  ] as const)("%s is %s", (level, color) => {
    expect(colorOf(level, defaultMasteryTable)).toBe(color);
  });

  it("is a preset before any other, and none where the table has none", () => {
    expect(colorOf("mastered", { "#00ff00": "mastered", "6": "mastered" })).toBe("6");
    expect(colorOf("mastered", { "#00ff00": "mastered" })).toBe("#00ff00");
    expect(colorOf("mastered", { "1": "learning" })).toBeNull();
  });
});
