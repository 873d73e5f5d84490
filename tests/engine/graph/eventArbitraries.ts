import * as fc from "fast-check";
import type { JsonObject, JsonValue } from "../../../src/engine/kernel/json";
import type { LearningEvent, SubjectKind } from "../../../src/engine/learning/event";
import { canvasId, made, otherCanvasId } from "./madeEvents";

/** Histories of a small world, so that events meet on the same things: sound ones, odd ones and damaged ones. */

const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, 0, 1.5, -3, "a", "b", "", true, "#ff0000", "4"),
  fc.constantFrom<JsonValue>(["x", 1], { deep: { er: 1 } }, {}),
);
const key = fc.constantFrom(
  "text",
  "type",
  "file",
  "color",
  "x",
  "label",
  "id",
  "__proto__",
  "constructor",
  "1",
  "fromNode",
  "toNode",
  "toSide",
  "odd key",
);
const entry: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(key, value), { maxLength: 6 })
  .map((pairs) => Object.fromEntries(pairs));
const changes: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(key, fc.tuple(value, value)), { maxLength: 3 })
  .map((pairs) => Object.fromEntries(pairs));
const level = fc.constantFrom("not_understood", "learning", "understood", "mastered", "strange", null);
const text = fc.constantFrom("a", "b", null);
const number = fc.oneof(fc.constantFrom<JsonValue>(null, "no number"), fc.integer({ min: -5, max: 100 }));
const place = fc.record({ x: number, y: number, width: number, height: number });
const path = fc.constantFrom("A.canvas", "B.canvas", "folder/C.canvas");
const damaged: fc.Arbitrary<JsonObject> = fc.constantFrom<JsonObject>(
  {},
  { node: 3, edge: [], changes: "no", to: null },
  { changes: { text: "no pair", type: [1], x: [1, 2, 3] }, score: "high", newLevel: 4, path: 7 },
);

type Told = { readonly type: string; readonly kind: SubjectKind; readonly data: fc.Arbitrary<JsonObject> };

const told: readonly Told[] = [
  { type: "canvas_created", kind: "canvas", data: fc.record({ path }) },
  { type: "canvas_renamed", kind: "canvas", data: fc.record({ from: path, to: path }) },
  { type: "canvas_deleted", kind: "canvas", data: fc.record({ path }) },
  { type: "node_created", kind: "node", data: fc.record({ node: entry, level, concept: text }) },
  { type: "node_updated", kind: "node", data: fc.record({ changes, level, concept: text }) },
  { type: "node_moved", kind: "node", data: fc.record({ from: place, to: place }) },
  { type: "color_changed", kind: "node", data: fc.record({ oldColor: text, newColor: text, newLevel: level }) },
  { type: "color_removed", kind: "node", data: fc.record({ oldColor: text, oldLevel: level }) },
  { type: "node_removed", kind: "node", data: fc.record({ node: entry, level }) },
  { type: "edge_created", kind: "edge", data: fc.record({ edge: entry }) },
  { type: "edge_updated", kind: "edge", data: fc.record({ changes }) },
  { type: "edge_removed", kind: "edge", data: fc.record({ edge: entry }) },
  ...(["node", "note", "concept"] as const).flatMap((kind): readonly Told[] => [
    { type: "score_submitted", kind, data: fc.record({ score: number, previous: number, concept: text }) },
    { type: "review_rated", kind, data: fc.record({ rating: value, due: value, interval: number, ease: number }) },
    { type: "mastery_changed", kind, data: fc.record({ oldLevel: level, newLevel: level }) },
    { type: "custom:seen", kind, data: entry },
  ]),
  { type: "node_created", kind: "edge", data: fc.record({ node: entry }) },
  { type: "note_opened", kind: "note", data: fc.constant({}) },
];

const ids: Readonly<Record<SubjectKind, readonly string[]>> = {
  canvas: [canvasId, otherCanvasId],
  node: ["n1", "n2", "__proto__"],
  edge: ["e1", "e2"],
  note: ["Note.md", "__proto__"],
  concept: ["limits"],
};

interface Drawn {
  readonly told: Told;
  readonly data: JsonObject;
  readonly id: string;
  readonly canvas: { readonly id: string; readonly path: string };
  readonly device: string;
  readonly file: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.constantFrom(...told).chain((one) =>
  fc.record({
    told: fc.constant(one),
    data: fc.oneof({ weight: 12, arbitrary: one.data }, { weight: 1, arbitrary: damaged }),
    id: fc.constantFrom(...ids[one.kind]),
    canvas: fc.record({ id: fc.constantFrom(canvasId, otherCanvasId), path }),
    device: fc.constantFrom("d1", "d1x", "d2"),
    file: fc.boolean(),
  }),
);

/** A history in which every event has a clock of its own, as journals have it. */
export function histories(maxLength: number): fc.Arbitrary<readonly LearningEvent[]> {
  return fc.array(drawn, { minLength: 1, maxLength }).map((all) => all.map((one, index) => event(one, 100 + index)));
}

/** A history in which clocks repeat, as only a damaged journal has them. */
export function tiedHistories(maxLength: number): fc.Arbitrary<readonly LearningEvent[]> {
  return fc
    .array(fc.tuple(drawn, fc.integer({ min: 100, max: 104 })), { minLength: 1, maxLength })
    .map((all) => all.map(([one, ms]) => event({ ...one, device: "d1" }, ms)));
}

/** The same events in another order, some of them twice, cut into batches. */
export function retold(events: readonly LearningEvent[]): fc.Arbitrary<readonly (readonly LearningEvent[])[]> {
  return fc
    .tuple(fc.subarray([...events]), fc.integer({ min: 1, max: 5 }))
    .chain(([again, size]) =>
      fc
        .shuffledSubarray([...events, ...again], { minLength: events.length + again.length })
        .map((all) => batches(all, size)),
    );
}

export function batches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function event({ told: { type, kind }, data, id, canvas, device, file }: Drawn, ms: number): LearningEvent {
  const here = kind === "canvas" ? { id, path: canvas.path } : canvas;
  return made({
    ms,
    type,
    subject: [kind, id],
    data,
    canvas: here,
    at: (ms * 7) % 50,
    device,
    origin: file ? "edit" : "api",
  });
}
