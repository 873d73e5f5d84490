import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryChange } from "../../../src/engine/canvas/diff";
import type { JsonObject } from "../../../src/engine/kernel/json";
import { canvasDrafts } from "../../../src/engine/learning/fromCanvas";
import { defaultMasteryTable } from "../../../src/engine/learning/mastery";
import { added, changed, removed } from "./entryChange";

const card = { type: "text", text: "# Osmosis\nWater moves", x: 10, y: 20, width: 250, height: 60 };

function ofNode(change: EntryChange): unknown {
  return canvasDrafts({ nodes: [change], edges: [] }, defaultMasteryTable);
}

function ofEdge(change: EntryChange): unknown {
  return canvasDrafts({ nodes: [], edges: [change] }, defaultMasteryTable);
}

const node = { kind: "node", id: "a" };
const edge = { kind: "edge", id: "a" };
const place = { x: 10, y: 20, width: 250, height: 60 };

describe("node events", () => {
  it.each<[string, EntryChange, unknown[]]>([
    [
      "a new node, with every key of the file but its id, and no colour event beside it",
      added({ ...card, color: "4", styleAttributes: { pinned: true } }),
      [
        {
          type: "node_created",
          subject: node,
          priority: "NORMAL",
          data: {
            node: { ...card, color: "4", styleAttributes: { pinned: true } },
            level: "understood",
            concept: "Osmosis",
          },
        },
      ],
    ],
    [
      "a new node without anything",
      added({}),
      [{ type: "node_created", subject: node, priority: "NORMAL", data: { node: {}, level: null, concept: null } }],
    ],
    [
      "a node that is gone, with the last good version",
      removed({ ...card, color: "1" }),
      [
        {
          type: "node_removed",
          subject: node,
          priority: "NORMAL",
          data: { node: { ...card, color: "1" }, level: "not_understood", concept: "Osmosis" },
        },
      ],
    ],
    [
      "an edited text, with the level and concept of the new version",
      changed({ ...card, color: "5" }, { ...card, color: "5", text: "Diffusion" }),
      [
        {
          type: "node_updated",
          subject: node,
          priority: "NORMAL",
          data: { changes: { text: ["# Osmosis\nWater moves", "Diffusion"] }, level: "mastered", concept: "Diffusion" },
        },
      ],
    ],
    [
      "unknown keys that come, go and change, absent being null",
      changed({ ...card, gone: [1], deep: { a: 1 } }, { ...card, came: false, deep: { a: 2 } }),
      [
        {
          type: "node_updated",
          subject: node,
          priority: "NORMAL",
          data: {
            changes: { gone: [[1], null], came: [null, false], deep: [{ a: 1 }, { a: 2 }] },
            level: null,
            concept: "Osmosis",
          },
        },
      ],
    ],
    [
      "a move",
      changed(card, { ...card, x: -100.4 }),
      [{ type: "node_moved", subject: node, priority: "LOW", data: { from: place, to: { ...place, x: -100 } } }],
    ],
    [
      "a new size",
      changed({ ...card, width: 249.6 }, { ...card, width: 300, height: 61 }),
      [
        {
          type: "node_moved",
          subject: node,
          priority: "LOW",
          data: { from: place, to: { x: 10, y: 20, width: 300, height: 61 } },
        },
      ],
    ],
    ["a move below half a unit", changed(card, { ...card, x: 10.4, y: 19.6 }), []],
    ["minus zero", changed({ ...card, x: 0 }, { ...card, x: -0.4 }), []],
    [
      "a move to minus zero, which JSON writes as 0",
      changed(card, { ...card, x: -0.4 }),
      [{ type: "node_moved", subject: node, priority: "LOW", data: { from: place, to: { ...place, x: 0 } } }],
    ],
    [
      "a colour that is set",
      changed(card, { ...card, color: "2" }),
      [
        {
          type: "color_changed",
          subject: node,
          priority: "HIGH",
          data: { oldColor: null, newColor: "2", oldLevel: null, newLevel: "learning", concept: "Osmosis" },
        },
      ],
    ],
    [
      "a colour that changes to a hex one without a level",
      changed({ ...card, color: "1" }, { ...card, color: "#FF8800" }),
      [
        {
          type: "color_changed",
          subject: node,
          priority: "HIGH",
          data: { oldColor: "1", newColor: "#FF8800", oldLevel: "not_understood", newLevel: null, concept: "Osmosis" },
        },
      ],
    ],
    [
      "a colour that is taken away",
      changed({ ...card, color: "6" }, card),
      [
        {
          type: "color_removed",
          subject: node,
          priority: "HIGH",
          data: { oldColor: "6", oldLevel: "not_understood", concept: "Osmosis" },
        },
      ],
    ],
    [
      "text, place and colour in one save, in this order",
      changed({ ...card, color: "1" }, { ...card, text: "Ions", y: 21, color: "4" }),
      [
        {
          type: "node_updated",
          subject: node,
          priority: "NORMAL",
          data: { changes: { text: ["# Osmosis\nWater moves", "Ions"] }, level: "understood", concept: "Ions" },
        },
        { type: "node_moved", subject: node, priority: "LOW", data: { from: place, to: { ...place, y: 21 } } },
        {
          type: "color_changed",
          subject: node,
          priority: "HIGH",
          data: { oldColor: "1", newColor: "4", oldLevel: "not_understood", newLevel: "understood", concept: "Ions" },
        },
      ],
    ],
  ])("%s", (_, change, drafts) => {
    expect(ofNode(change)).toEqual(drafts);
  });
});

describe("values that do not belong where they are", () => {
  it.each<[string, EntryChange, unknown[]]>([
    [
      "a place that becomes text is told as a move to nowhere and as data",
      changed(card, { ...card, x: "left" }),
      [
        ["node_updated", { changes: { x: [null, "left"] }, level: null, concept: "Osmosis" }],
        ["node_moved", { from: place, to: { ...place, x: null } }],
      ],
    ],
    [
      "a place that changes between texts is data",
      changed({ ...card, x: "left" }, { ...card, x: "right" }),
      [["node_updated", { changes: { x: ["left", "right"] }, level: null, concept: "Osmosis" }]],
    ],
    [
      "a place that goes",
      changed(card, { type: "text", text: card.text, y: 20, width: 250, height: 60 }),
      [["node_moved", { from: place, to: { ...place, x: null } }]],
    ],
    [
      "a colour that is no text is data",
      changed({ ...card, color: "4" }, { ...card, color: 4 }),
      [
        ["node_updated", { changes: { color: [null, 4] }, level: null, concept: "Osmosis" }],
        ["color_removed", { oldColor: "4", oldLevel: "understood", concept: "Osmosis" }],
      ],
    ],
    [
      "a colour that changes between objects is data",
      changed({ ...card, color: { r: 1 } }, { ...card, color: { r: 2 } }),
      [["node_updated", { changes: { color: [{ r: 1 }, { r: 2 }] }, level: null, concept: "Osmosis" }]],
    ],
  ])("%s", (_, change, expected) => {
    const drafts = canvasDrafts({ nodes: [change], edges: [] }, defaultMasteryTable);
    expect(drafts.map(({ type, data }) => [type, data])).toEqual(expected);
  });

  it("keeps a key called __proto__ as a key", () => {
    const strange = JSON.parse('{"__proto__": {"x": 1}}') as JsonObject;
    const [created] = canvasDrafts({ nodes: [added(strange)], edges: [] }, defaultMasteryTable);
    expect(JSON.stringify(created?.data)).toBe('{"node":{"__proto__":{"x":1}},"level":null,"concept":null}');
    const [updated] = canvasDrafts({ nodes: [changed({}, strange)], edges: [] }, defaultMasteryTable);
    expect(JSON.stringify(updated?.data["changes"])).toBe('{"__proto__":[null,{"x":1}]}');
  });
});

describe("edge events", () => {
  const line = { fromNode: "n", toNode: "m", label: "is a" };

  it.each<[string, EntryChange, unknown[]]>([
    ["a new edge", added({ ...line, color: "4" }), [{ type: "edge_created", subject: edge, priority: "NORMAL", data: { edge: { ...line, color: "4" } } }]],
    ["an edge that is gone", removed(line), [{ type: "edge_removed", subject: edge, priority: "NORMAL", data: { edge: line } }]],
    [
      "a colour and an end",
      changed(line, { ...line, color: "1", toNode: "k" }),
      [{ type: "edge_updated", subject: edge, priority: "NORMAL", data: { changes: { toNode: ["m", "k"], color: [null, "1"] } } }],
    ],
    ["sides that are filled in", changed(line, { ...line, fromSide: "left", toSide: "right" }), []],
    ["one side that changes", changed({ ...line, toSide: "left" }, { ...line, toSide: "top" }), []],
    [
      "a label together with sides lists all of them",
      changed({ ...line, fromSide: "top" }, { ...line, label: "part of", fromSide: "left", toSide: "right" }),
      [
        {
          type: "edge_updated",
          subject: edge,
          priority: "NORMAL",
          data: { changes: { label: ["is a", "part of"], fromSide: ["top", "left"], toSide: [null, "right"] } },
        },
      ],
    ],
  ])("%s", (_, change, drafts) => {
    expect(ofEdge(change)).toEqual(drafts);
  });
});

it("tells nodes before edges, each in the order of the diff", () => {
  const came = (id: string): EntryChange => ({ kind: "added", id, after: { id } });
  const went = (id: string): EntryChange => ({ kind: "removed", id, before: { id } });
  const diff = { nodes: [came("z"), went("b")], edges: [came("y"), went("c")] };
  const drafts = canvasDrafts(diff, defaultMasteryTable);
  expect(drafts.map(({ type, subject }) => `${type} ${subject.id}`)).toEqual([
    "node_created z",
    "node_removed b",
    "edge_created y",
    "edge_removed c",
  ]);
});

it("lets no change of any key to any value go unseen, except what rounding hides", () => {
  const key = fc.constantFrom("x", "width", "color", "text", "type", "other");
  const value = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -3, max: 3 }),
    fc.constant(1.2),
    fc.constantFrom("1", "left", "", true, false),
    fc.constant({ a: 1 }),
  );
  fc.assert(
    fc.property(key, value, value, (name, before, after) => {
      const change = changed({ [name]: before }, { [name]: after });
      const isPlace = name === "x" || name === "width";
      const hidden = isPlace && typeof before === "number" && typeof after === "number" && Math.round(before) === Math.round(after);
      const differs = JSON.stringify(before) !== JSON.stringify(after);
      expect(canvasDrafts({ nodes: [change], edges: [] }, defaultMasteryTable).length > 0).toBe(differs && !hidden);
    }),
  );
});
