import { describe, expect, it } from "vitest";
import { eventText } from "../../src/cli/eventText";
import type { LearningEvent } from "../../src/engine/index";

const event = (type: string, data: LearningEvent["data"], canvas = true): LearningEvent => ({
  v: 1, id: "i", at: 0, hlc: "h", seq: 1, device: "d", vault: "v", origin: "edit", priority: "HIGH", type, data,
  canvas: canvas ? { id: "c", path: "a.canvas" } : null,
  subject: canvas ? { kind: "node", id: "n" } : { kind: "note", id: "n.md" },
});

describe("an event as a line", () => {
  it.each([
    [event("color_changed", { oldColor: null, newColor: "4", oldLevel: null, newLevel: "understood", concept: "Cells" }), 'color_changed a.canvas · "Cells" · – → understood · – → green'],
    [event("color_removed", { oldColor: "#ff0000", oldLevel: null, concept: null }), "color_removed a.canvas · #ff0000 → –"],
    [event("node_created", { node: {}, level: "learning", concept: "Cells" }), 'node_created a.canvas · "Cells" · learning'],
    [event("score_submitted", { score: 85, previous: null, concept: "n.md" }, false), 'score_submitted n.md · "n.md" · – → 85'],
    [event("canvas_renamed", { from: "b.canvas", to: "a.canvas" }), "canvas_renamed a.canvas"],
    [event("node_created", { concept: "\u001b[2J" }), 'node_created a.canvas · "\\u001b[2J"'],
  ])("says what changed", (one, text) => {
    expect(eventText(one)).toBe(`1970-01-01T00:00:00.000Z ${text}`);
  });
});
