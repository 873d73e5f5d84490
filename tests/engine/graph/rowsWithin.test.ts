import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { privacyLevels } from "../../../src/engine/graph/privacyLevel";
import { rowsWithin } from "../../../src/engine/graph/rowsWithin";
import type { StoreBatch } from "../../../src/engine/graph/rows";
import { createUids } from "../../../src/engine/graph/uids";
import type { JsonObject, JsonValue } from "../../../src/engine/kernel/json";
import type { LearningEvent, SubjectKind } from "../../../src/engine/learning/event";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, nodeRow, noteRow } from "../../contracts/graphRows";
import { testHasher } from "../../fakes/testHasher";
import { openGraph } from "./graphSetup";
import { canvasId, made, vault } from "./madeEvents";

/** Stands in everything that a person, a file or another program may have written. */
const NAME = "Xname";
/** Stands in what not even `titles` may hold. */
const BODY = "Xbody";

const within = (batch: StoreBatch, level: (typeof privacyLevels)[number]): StoreBatch => rowsWithin(batch, level, createUids(testHasher, vault, level));

const written = fc.constantFrom(NAME, `${NAME}.canvas`, `${NAME} 1`, `#${NAME}`, `2026-01-01${NAME}`, `https://x.example/${BODY}`, `${NAME}\n${BODY}`);
const plain = fc.constantFrom<JsonValue>(null, 1, -2.5, "1", "#ff8800", "mastered", "2026-01-31", "top", true);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    plain,
    written,
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.oneof(written, fc.constantFrom("text", "x", "color", "score", "from", "oldLevel", "url", "extra")), tie("value"), { maxKeys: 3 }),
  ),
}));

/** Data under the keys that events really have, with anything for a value. */
const data: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    fc.constantFrom("node", "edge", "changes", "level", "concept", "path", "from", "to", "oldColor", "newColor", "oldLevel", "newLevel", "score", "previous", "rating", "due", "interval", "ease", NAME),
    fc.oneof(value, fc.dictionary(fc.constantFrom("text", "type", "file", "url", "label", "color", "x", "fromNode", "toNode", "fromSide", "odd"), value)),
    { maxKeys: 6 },
  )
  .map((found) => found as JsonObject);

const types = ["canvas_created", "canvas_renamed", "node_created", "node_updated", "node_moved", "color_changed", "node_removed", "edge_created", "edge_updated", "score_submitted", "review_rated", "mastery_changed", "explanation_created", `custom:${NAME}`];
const ids: Readonly<Record<SubjectKind, readonly string[]>> = { canvas: [canvasId], node: ["n1", "n2"], edge: ["e1"], note: [`${NAME}.md`, `Deep/${NAME}.md`], concept: [NAME] };

const events: fc.Arbitrary<readonly LearningEvent[]> = fc
  .array(fc.tuple(fc.constantFrom(...types), fc.constantFrom<SubjectKind>("canvas", "node", "edge", "note", "concept"), fc.nat(1), data), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(([type, kind, at, found], index) => {
      const id = ids[kind][at % ids[kind].length] ?? "";
      const event = made({ ms: 100 + index, type, subject: [kind, id], data: sound(type, found), canvas: { id: canvasId, path: `${NAME}.canvas` } });
      return { ...event, id: testHasher.sha256(event.id) };
    }),
  );

/** What is an id or a path by its place is one: ids stay at every level, and a path is a name whatever it holds. */
function sound(type: string, found: JsonObject): JsonObject {
  const path = (key: "path" | "to"): JsonObject => (type.startsWith("canvas_") && typeof found[key] === "string" ? { [key]: `Deep/${NAME}.canvas` } : {});
  return { ...endsAtIds(found), ...path("path"), ...path("to") };
}

function endsAtIds(found: JsonObject): JsonObject {
  const within = ([key, value]: [string, JsonValue]): [string, JsonValue] => {
    if (key === "fromNode" || key === "toNode") return [key, "n1"];
    return [key, typeof value === "object" && value !== null && !Array.isArray(value) ? endsAtIds(value as JsonObject) : value];
  };
  return Object.fromEntries(Object.entries(found).map(within));
}

async function rowsOf(all: readonly LearningEvent[]): Promise<StoreBatch> {
  const graph = await openGraph({ journal: all });
  await graph.apply(all);
  return graph.rowsFor(all);
}

describe("what a store may hold", () => {
  it("is nothing that somebody wrote, at ids", async () => {
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        const sent = JSON.stringify(within(await rowsOf(all), "ids"));
        expect(sent).not.toContain(NAME);
        expect(sent).not.toContain(BODY);
      }),
      { numRuns: 300 },
    );
  });

  it("is names and first lines but neither texts nor addresses, at titles", async () => {
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        expect(JSON.stringify(within(await rowsOf(all), "titles"))).not.toContain(BODY);
      }),
      { numRuns: 300 },
    );
  });

  it("is everything at full, and reducing twice is reducing once", async () => {
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        const rows = await rowsOf(all);
        expect(within(rows, "full")).toBe(rows);
        const titles = within(rows, "titles");
        expect(within(titles, "titles")).toEqual(titles);
      }),
      { numRuns: 100 },
    );
  });

  const learned = { score: 40, rating: "good", due: "2026-02-01", interval: 3, ease: 2.5 };
  const full = batchOf(vault, {
    canvases: [canvasRow(vault, "c", { path: "Deep/Maths.canvas", title: "Maths" })],
    nodes: [nodeRow(vault, "c", "n", { ...learned, text: "Limits\nand more", concept: "Limits", color: "#FF8800", level: "learning", file: "Deep/Limits.md", url: "https://x.example", label: "Group\nx", extra: '{"k":"v"}' })],
    edges: [edgeRow(vault, "c", "e", ["n", "n"], { label: "leads to", color: "4", fromSide: "top", toSide: "odd", extra: '{"k":1}' })],
    notes: [noteRow(vault, "Deep/n.md", { ...learned, mastery: "mastered", rating: "my own words" })],
    concepts: [conceptRow(vault, "limits", { ...learned, mastery: "a lot", due: "some day" })],
    events: [
      eventRow(vault, "1", "c#n", { type: "color_changed", canvas: "c", canvasPath: "Deep/Maths.canvas", concept: "Limits", oldLevel: "learning", newLevel: "mastered", data: '{"oldColor":"2","newColor":"mine","oldLevel":"learning","newLevel":"mastered","concept":"Limits"}' }),
      eventRow(vault, "2", `${vault}/Deep/n.md`, { type: "custom:diary", subjectKind: "note", subjectId: "Deep/n.md", aboutKind: "note", data: '{"text":"x","concept":"n"}' }),
    ],
  });

  it("keeps ids, colours, levels, places, scores and times, at ids", () => {
    const note = testHasher.sha256(`${vault}/Deep/n.md`);
    expect(within(full, "ids")).toEqual(
      batchOf(vault, {
        canvases: [canvasRow(vault, "c", { path: "", title: "" })],
        nodes: [nodeRow(vault, "c", "n", { ...learned, text: null, color: "#FF8800", level: "learning" })],
        edges: [edgeRow(vault, "c", "e", ["n", "n"], { color: "4", fromSide: "top" })],
        notes: [noteRow(vault, "", { ...learned, uid: note, mastery: "mastered", rating: null })],
        concepts: [conceptRow(vault, "", { ...learned, uid: testHasher.sha256(`${vault}/limits`), due: null })],
        events: [
          eventRow(vault, "1", "c#n", { type: "color_changed", canvas: "c", oldLevel: "learning", newLevel: "mastered", data: '{"oldColor":"2","newColor":null,"oldLevel":"learning","newLevel":"mastered"}' }),
          eventRow(vault, "2", note, { type: "custom", subjectKind: "note", subjectId: note, aboutKind: "note", data: "{}" }),
        ],
      }),
    );
  });

  it("adds paths and what things are called, at titles", () => {
    const { canvases, nodes, edges, notes, concepts, events: told } = within(full, "titles");
    expect(canvases).toEqual(full.canvases);
    expect(nodes[0]).toMatchObject({ text: null, concept: "Limits", file: "Deep/Limits.md", url: null, label: "Group", extra: "{}" });
    expect([edges[0]?.label, notes[0]?.path, notes[0]?.uid, concepts[0]?.name]).toEqual(["leads to", "Deep/n.md", `${vault}/Deep/n.md`, "limits"]);
    expect(told.map(({ concept, data: sent, type }) => [type, concept, sent])).toEqual([
      ["color_changed", "Limits", '{"oldColor":"2","newColor":null,"oldLevel":"learning","newLevel":"mastered","concept":"Limits"}'],
      ["custom:diary", null, "{}"],
    ]);
  });
});
