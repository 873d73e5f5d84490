import { describe, expect, test } from "vitest";
import { batchParameters } from "../../../src/adapters/neo4j/parameters";
import type { StoreBatch } from "../../../src/engine/index";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, hlc, nodeRow, noteRow } from "../../contracts/graphRows";

const integer = (value: number) => ({ integer: value });

function parametersOf(lists: Partial<Omit<StoreBatch, "vault">>) {
  return batchParameters(batchOf("v", lists), "epoch", integer);
}

test("an empty batch has every list, empty", () => {
  const { vault, epoch, ...lists } = parametersOf({});
  expect([vault, epoch]).toEqual(["v", "epoch"]);
  expect(Object.values(lists)).toEqual(Array.from({ length: 9 }, () => []));
});

describe("properties", () => {
  test("whole numbers become integers, others stay, nulls are kept to remove what was there", () => {
    const [node] = parametersOf({
      nodes: [nodeRow("v", "c", "n", { x: 3, y: -0.5, width: 1e300, height: null, rating: "good" })],
    }).nodes;
    expect(node?.props).toMatchObject({
      x: integer(3),
      y: -0.5,
      width: 1e300,
      height: null,
      rating: "good",
      deleted: false,
    });
  });

  test("keys, clocks and ends are left to the statement", () => {
    const edges = [edgeRow("v", "c", "e", ["a", "b"])];
    const [edge] = parametersOf({ edges }).edges;
    expect(edge).toMatchObject({ uid: "c#e", from: "c#a", to: "c#b", hlc: hlc(1) });
    expect(Object.keys(edge?.props ?? {}).sort()).toEqual([
      "canvas",
      "color",
      "deleted",
      "extra",
      "fromSide",
      "id",
      "label",
      "toSide",
      "vault",
    ]);
    const [event] = parametersOf({ events: [eventRow("v", "e1", "c#n", { seq: 7, canvas: "c" })] }).nodeEvents;
    expect(event).toMatchObject({
      id: "e1",
      about: "c#n",
      props: { seq: integer(7), hlc: hlc(1), at: integer(1_700_000_000_000) },
    });
    expect(event?.props).not.toHaveProperty("id");
  });

  test.for([undefined, {}, [1], () => 1, Symbol("s"), 1n])(
    "a value that no property can hold throws before anything is sent",
    (value) => {
      const nodes = [nodeRow("v", "c", "n", { text: value as string })];
      expect(() => parametersOf({ nodes })).toThrow(TypeError);
    },
  );
});

describe("what a row points at", () => {
  const standIn = { hlc: null, props: {} };

  test("is listed as a stand-in when the batch does not carry it", () => {
    const parameters = parametersOf({
      edges: [edgeRow("v", "c1", "e", ["a", "b"])],
      events: [
        eventRow("v", "1", "c2#n", { canvas: "c2" }),
        eventRow("v", "2", "c3", { aboutKind: "canvas", canvas: "c3" }),
        eventRow("v", "3", "v/note.md", { aboutKind: "note" }),
        eventRow("v", "4", "v/idea", { aboutKind: "concept" }),
        eventRow("v", "5", "lost", { canvas: null }),
      ],
    });
    expect(parameters.canvases).toEqual(["c1", "c2", "c3"].map((uid) => ({ uid, ...standIn })));
    expect(parameters.nodes).toEqual([
      { uid: "c1#a", canvas: "c1", ...standIn },
      { uid: "c1#b", canvas: "c1", ...standIn },
      { uid: "c2#n", canvas: "c2", ...standIn },
      { uid: "lost", canvas: null, ...standIn },
    ]);
    expect(parameters.notes).toEqual([{ uid: "v/note.md", ...standIn }]);
    expect(parameters.concepts).toEqual([{ uid: "v/idea", ...standIn }]);
    const events = [parameters.nodeEvents, parameters.canvasEvents, parameters.noteEvents, parameters.conceptEvents];
    expect(events.map((list) => list.map((event) => event.id))).toEqual([["1", "5"], ["2"], ["3"], ["4"]]);
  });

  test("is listed once, as the row, when the batch carries it", () => {
    const parameters = parametersOf({
      canvases: [canvasRow("v", "c")],
      nodes: [nodeRow("v", "c", "a"), nodeRow("v", "c", "b")],
      notes: [noteRow("v", "n.md")],
      concepts: [conceptRow("v", "k")],
      edges: [edgeRow("v", "c", "e", ["a", "b"])],
      events: [
        eventRow("v", "1", "c#a", { canvas: "c" }),
        eventRow("v", "2", "v/n.md", { aboutKind: "note" }),
        eventRow("v", "3", "v/k", { aboutKind: "concept" }),
      ],
    });
    const clocks = [parameters.canvases, parameters.nodes, parameters.notes, parameters.concepts].map((list) =>
      list.map((row) => row.hlc),
    );
    expect(clocks).toEqual([[hlc(1)], [hlc(1), hlc(1)], [hlc(1)], [hlc(1)]]);
  });
});

test("each uid stands once, with its greatest clock, and lists are sorted", () => {
  const rows = [3, 1, 2].map((ms) => nodeRow("v", "c", "n", { text: `at ${ms}`, hlc: hlc(ms) }));
  const nodes = [nodeRow("v", "c", "z"), ...rows, nodeRow("v", "c", "a")];
  const parameters = batchParameters({ ...batchOf("v", {}), nodes }, "epoch", integer);
  expect(parameters.nodes.map((node) => [node.uid, node.props.text])).toEqual([
    ["c#a", "text of a"],
    ["c#n", "at 3"],
    ["c#z", "text of z"],
  ]);
});
