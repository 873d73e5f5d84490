import { describe, expect, it } from "vitest";
import { compareRows } from "../../../src/engine/graph/compareRows";
import { canvasRows, type ExpectedRow } from "../../../src/engine/graph/expectedRows";
import type { StoredKind, StoredRow } from "../../../src/engine/graph/storedRows";
import { createUids } from "../../../src/engine/graph/uids";
import { unknownRows } from "../../../src/engine/graph/unknownRows";
import { hlc } from "../../contracts/graphRows";
import { testHasher } from "../../fakes/testHasher";
import { openGraph } from "./graphSetup";
import { canvasId, made, nodeCreated, vault } from "./madeEvents";

function expected(key: string, clock: string): ExpectedRow {
  return { kind: "node", key, clock, canvas: "c", id: key, name: key };
}

function stored(key: string, clock: string, over: Partial<StoredRow> = {}): StoredRow {
  return { key, clock, canvas: "c", name: key, linked: true, ...over };
}

describe("rows that a store has, beside those that it should have", () => {
  it("differ by their clocks alone", () => {
    const both = `${hlc(7)}+0000000000003-000000`;
    const rows = ["same", "missing", "older", "newer", "lessOlder", "blank"].map((key) => expected(key, key === "blank" ? "" : both));
    const answers = [stored("newer", hlc(8)), stored("same", both), stored("older", hlc(6)), stored("lessOlder", hlc(7)), stored("blank", ""), stored("unasked", both)];
    expect(compareRows(rows, answers).map(({ difference, row, stored: clock }) => [row.key, difference, clock])).toEqual([
      ["missing", "missing", ""],
      ["older", "older", hlc(6)],
      ["newer", "newer", hlc(8)],
      ["lessOlder", "older", hlc(7)],
    ]);
  });

  it("differ by what ties them, where they say what they should", () => {
    const rows = [expected("loose", hlc(2)), expected("old", hlc(2)), expected("ahead", hlc(2))];
    const answers = [stored("loose", hlc(2), { linked: false }), stored("old", hlc(1), { linked: false }), stored("ahead", hlc(3), { linked: false })];
    expect(compareRows(rows, answers).map(({ difference }) => difference)).toEqual(["unlinked", "older", "unlinked"]);
  });
});

describe("rows that a store should have of a canvas", () => {
  it("are the ones that are sent, with what was removed and with names too long for a key", async () => {
    const long = "n".repeat(2_000);
    const events = [
      made({ ms: 1, type: "canvas_created", subject: ["canvas", canvasId], data: { path: "Maths.canvas" } }),
      nodeCreated(2, "a", { id: "a", type: "text", text: "t" }),
      nodeCreated(3, long, { id: long, type: "text", text: "t" }),
      made({ ms: 4, type: "edge_created", subject: ["edge", "e"], data: { edge: { id: "e", fromNode: "a", toNode: long } } }),
      made({ ms: 5, type: "node_removed", subject: ["node", "a"] }),
    ];
    const graph = await openGraph();
    await graph.apply(events);
    const view = graph.view();
    const row = view.canvases.get(canvasId);
    if (row === undefined) throw new Error("no canvas");
    const rows = [...canvasRows(createUids(testHasher, vault), row, await view.contents(canvasId))];
    const sent = await graph.rowsFor(events);
    const clocks = [...sent.canvases, ...sent.nodes, ...sent.edges].map(({ hlc: clock, uid }) => [uid, clock]);
    expect(rows.map(({ clock, key }) => [key, clock]).sort()).toEqual(clocks.sort());
    expect(rows).toHaveLength(4);
  });
});

describe("rows of which nothing is known", () => {
  it("are those of no journal, of each kind, and not those that only an event left behind", async () => {
    const graph = await openGraph();
    await graph.apply([
      nodeCreated(1, "a", { id: "a", type: "text", text: "t" }),
      made({ ms: 2, type: "edge_created", subject: ["edge", "e"], data: { edge: { id: "e", fromNode: "a", toNode: "a" } } }),
      made({ ms: 3, type: "custom:seen", subject: ["note", "n.md"] }),
      made({ ms: 4, type: "custom:seen", subject: ["concept", "limits"] }),
    ]);
    const on = { canvas: canvasId };
    const off = { canvas: null };
    const rows: Readonly<Record<StoredKind, readonly StoredRow[]>> = {
      canvas: [stored(canvasId, hlc(1), off), stored("k", hlc(1), off), stored("spoken", "", off)],
      node: [stored("1", hlc(1), { ...on, name: "a" }), stored("2", hlc(1), { ...on, name: "b" }), stored("3", "", { ...on, name: "c" }), stored("4", hlc(1), { canvas: "k", name: "a" }), stored("5", hlc(1), { ...off, name: "a" })],
      edge: [stored("1", hlc(1), { ...on, name: "e" }), stored("2", hlc(1), { ...on, name: "a" })],
      note: [stored("1", hlc(1), { ...off, name: "n.md" }), stored("2", hlc(1), { ...off, name: "m.md" })],
      concept: [stored("1", hlc(1), { ...off, name: "limits" }), stored("2", hlc(1), { ...off, name: "n.md" })],
      event: [stored("known", hlc(1), off), stored("k", hlc(1), off)],
    };
    const unknown: Record<string, readonly string[]> = {};
    for (const kind of ["canvas", "node", "edge", "note", "concept", "event"] as const)
      unknown[kind] = (await unknownRows(kind, rows[kind], graph.view(), (id) => id === "known")).map(({ row }) => row.key);
    expect(unknown).toEqual({ canvas: ["k"], node: ["2", "4", "5"], edge: ["2"], note: ["2"], concept: ["2"], event: ["k"] });
  });
});
