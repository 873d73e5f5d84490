import type { LevelFigures, TimelineEntry } from "../../src/engine/index";
import type { LearningState } from "../../src/panel/session/learningState";

const none: LevelFigures = { not_understood: 0, learning: 0, understood: 0, mastered: 0, none: 0 };
const DAY = 86_400_000;

/** What somebody learned in the week that ends at a time (epoch ms), with one canvas as it was two days before. */
export function aWeekOfLearning(now: number): LearningState {
  const dayOf = (ago: number): string => new Date(now - ago * DAY).toISOString().slice(0, 10);
  const days = [
    { ...none, learning: 4, not_understood: 3 },
    none,
    { ...none, learning: 2, understood: 5 },
    { ...none, understood: 3, mastered: 2, none: 1 },
    { ...none, not_understood: 1 },
    { ...none, learning: 1, understood: 4, mastered: 6 },
    { ...none, understood: 2, mastered: 1 },
  ].map((levels, index) => ({ day: dayOf(6 - index), levels, total: Object.values(levels).reduce((sum, count) => sum + count, 0) }));
  const entry = (index: number, node: string, concept: string, what: TimelineEntry["what"], more: Partial<TimelineEntry> = {}): TimelineEntry => ({
    id: `e${index}`,
    at: now - index * 7 * 3_600_000,
    hlc: "h",
    device: "0123456789abcdef",
    origin: "edit",
    canvas: "Courses/Calculus.canvas",
    subject: { kind: "node", id: node },
    concept,
    what,
    ...more,
  });
  const entries = [
    entry(1, "n1", "Limits", { kind: "level", from: "learning", to: "mastered", fromColor: "3", toColor: "5" }),
    entry(2, "n2", "The chain rule", { kind: "review", rating: "good", due: "2030-02-01" }, { origin: "review" }),
    entry(3, "n3", "Integration by parts", { kind: "created", color: "1", level: "not_understood" }, { device: "fedcba9876543210", origin: "catch-up" }),
    entry(4, "n1", "Limits", { kind: "text", before: "Limits", after: "Limits\nA value that a function comes as close to as you like." }),
  ];
  const node = { type: "text", score: null };
  return {
    movement: {
      kind: "loaded",
      value: {
        complete: true,
        moved: 11,
        days,
        canvases: [
          { path: "Courses/Calculus.canvas", live: true, changes: 21, up: 15, down: 3 },
          { path: "Courses/Physics/Optics and waves in thin layers.canvas", live: true, changes: 9, up: 4, down: 5 },
          { path: "Old.canvas", live: false, changes: 2, up: 0, down: 0 },
        ],
      },
    },
    subject: { canvas: "Courses/Calculus.canvas", node: null },
    timeline: { kind: "loaded", value: { complete: true, more: true, entries } },
    past: {
      day: dayOf(2),
      state: {
        kind: "loaded",
        value: {
          kind: "there",
          path: "Courses/Calculus.canvas",
          total: 31,
          edges: 12,
          nodes: [
            { ...node, id: "n1", text: "Limits", color: "3", level: "learning" },
            { ...node, id: "n2", text: "The chain rule", color: null, level: null, score: 70 },
          ],
        },
      },
    },
  };
}

/** A week in which nothing changed, with no canvas open. */
export function aQuietWeek(now: number): LearningState {
  const { movement } = aWeekOfLearning(now);
  if (movement.kind !== "loaded") throw new Error("expected a week that is known");
  const days = movement.value.days.map(({ day }) => ({ day, levels: none, total: 0 }));
  return { movement: { kind: "loaded", value: { complete: true, moved: 0, days, canvases: [] } }, subject: null, timeline: { kind: "waiting" }, past: null };
}
