import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffCanvas } from "../../../src/engine/canvas/diffCanvas";
import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";
import type { LocalGraph } from "../../../src/engine/graph/localGraph";
import type { JsonValue } from "../../../src/engine/kernel/json";
import { conceptOf } from "../../../src/engine/learning/concept";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { canvasDrafts } from "../../../src/engine/learning/fromCanvas";
import { lifecycleDraft } from "../../../src/engine/learning/lifecycle";
import { defaultMasteryTable, levelOf } from "../../../src/engine/learning/mastery";
import { mintEvents } from "../../../src/engine/learning/mint";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import { canvasDocument, shuffledPair } from "../canvas/canvasArbitraries";
import { coveredBy, openGraph, tailAfter } from "./graphSetup";
import { home, vault } from "./madeEvents";

/** One vault with one canvas, saved again and again. */
class Journaled {
  readonly events: LearningEvent[] = [];
  private lastHlc: string | null = null;

  constructor(public graph: LocalGraph) {}

  async save(document: CanvasDocument, at: number): Promise<void> {
    const before = await this.graph.lastGood(home.id);
    const created = this.events.length === 0 ? [lifecycleDraft({ kind: "created", canvas: home })] : [];
    const drafts = [...created, ...canvasDrafts(diffCanvas(before, document), defaultMasteryTable)];
    const known = new Set(this.events.map(({ id }) => id));
    const minted = mintEvents(drafts, {
      hasher: testHasher,
      vault,
      device: "d1",
      canvas: home,
      origin: "edit",
      at,
      hlcMs: at,
      now: at,
      lastHlc: this.lastHlc,
      isKnown: (id) => known.has(id),
      repeats: "real",
    });
    this.lastHlc = minted.lastHlc;
    // As the journal gives them back.
    const placed = minted.events.map(
      (event, index) => JSON.parse(JSON.stringify({ ...event, seq: this.events.length + index + 1 })) as LearningEvent,
    );
    this.events.push(...placed);
    await this.graph.apply(placed);
  }
}

const GEOMETRY = ["x", "y", "width", "height"];
const SIDES = ["fromSide", "toSide"];

/** An entry as events can tell it: places are whole numbers, null is absent, sides of edges are Obsidian's. */
function told(entry: CanvasEntry, isNode: boolean): ReadonlyMap<string, JsonValue> {
  const members = Object.entries(entry).filter(([key, value]) => value !== null && (isNode || !SIDES.includes(key)));
  const rounded = members.map(([key, value]): [string, JsonValue] => [
    key,
    isNode && GEOMETRY.includes(key) && typeof value === "number" ? Math.round(value) + 0 : value,
  ]);
  return new Map(rounded.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tellable(written: CanvasDocument): unknown {
  // JSON text knows no -0.
  const document = JSON.parse(JSON.stringify(written)) as CanvasDocument;
  const list = (entries: readonly CanvasEntry[], isNode: boolean): unknown =>
    [...entries].sort((a, b) => (a.id < b.id ? -1 : 1)).map((entry) => told(entry, isNode));
  return { nodes: list(document.nodes, true), edges: list(document.edges, false) };
}

async function expectSame(graph: LocalGraph, document: CanvasDocument): Promise<void> {
  const kept = await graph.lastGood(home.id);
  expect(tellable(kept)).toEqual(tellable(document));
  expect(canvasDrafts(diffCanvas(kept, document), defaultMasteryTable)).toEqual([]);
  expect(graph.canvasById(home.id)).toMatchObject({ nodes: document.nodes.length, edges: document.edges.length });
  const views = await Promise.all(document.nodes.map(({ id }) => graph.node(home.id, id)));
  expect(views.map((view) => [view?.live, view?.level, view?.concept])).toEqual(
    document.nodes.map((entry) => {
      const color = typeof entry["color"] === "string" ? entry["color"] : null;
      return [true, levelOf(color, defaultMasteryTable), conceptOf(entry)];
    }),
  );
}

const versions = fc.array(
  fc.oneof(
    canvasDocument,
    shuffledPair.map(([, shuffled]) => shuffled),
  ),
  { minLength: 1, maxLength: 5 },
);

describe("after every save", () => {
  it("the graph is the canvas", async () => {
    await fc.assert(
      fc.asyncProperty(versions, async (documents) => {
        const journaled = new Journaled(await openGraph());
        for (const [index, document] of documents.entries()) {
          await journaled.save(document, 1_000 + index * 10);
          await expectSame(journaled.graph, document);
        }
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it("it stays the canvas when the process dies and starts again each time", async () => {
    await fc.assert(
      fc.asyncProperty(versions, async (documents) => {
        const folder = new MemoryDataFolder();
        const journaled = new Journaled(await openGraph({ folder }));
        for (const [index, document] of documents.entries()) {
          await journaled.save(document, 1_000 + index * 10);
          if (index % 2 === 0) await journaled.graph.checkpoint(coveredBy(journaled.events));
          journaled.graph = await openGraph({ folder, journal: journaled.events });
          await journaled.graph.apply(tailAfter(journaled.graph.covered, journaled.events));
          await expectSame(journaled.graph, document);
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

describe("the first look at a canvas", () => {
  it("keeps the order of its file", async () => {
    const document = {
      nodes: ["z", "a", "m"].map((id) => ({ id, text: id })),
      edges: ["y", "b"].map((id) => ({ id, fromNode: "a", toNode: "z" })),
    };
    const journaled = new Journaled(await openGraph());
    await journaled.save(document, 1_000);
    expect(await journaled.graph.lastGood(home.id)).toEqual(document);
    await journaled.save({ ...document, nodes: [...document.nodes, { id: "b", text: "b" }] }, 2_000);
    expect((await journaled.graph.lastGood(home.id)).nodes.map(({ id }) => id)).toEqual(["z", "a", "m", "b"]);
  });
});
