import { diffCanvas } from "../../canvas/diffCanvas";
import { emptyDocument, type CanvasEntry } from "../../canvas/document";
import { applyEvent, emptyGraph } from "../../graph/fold";
import type { LocalGraph } from "../../graph/localGraph";
import type { PrivacyLevel } from "../../graph/privacyLevel";
import { RowCollector } from "../../graph/rowCollector";
import type { StoreBatch } from "../../graph/rows";
import { rowsWithin } from "../../graph/rowsWithin";
import { createUids } from "../../graph/uids";
import type { Hasher } from "../../kernel/hash";
import type { CanvasRef } from "../../learning/event";
import { canvasDrafts } from "../../learning/fromCanvas";
import type { MasteryTable } from "../../learning/mastery";
import { mintEvents } from "../../learning/mint";

export interface SentExampleParts {
  readonly graph: Pick<LocalGraph, "canvases" | "lastGood">;
  readonly hasher: Hasher;
  readonly vault: string;
  readonly device: string;
  readonly masteryTable: () => MasteryTable;
}

/** What a store gets of one new card. `madeUp`: there is no card in the graph, so it is one that nobody wrote. */
export interface SentExample {
  readonly madeUp: boolean;
  readonly rows: StoreBatch;
}

interface Card {
  readonly canvas: CanvasRef;
  readonly node: CanvasEntry;
  readonly at: number;
}

/** Midnight of a day that nobody takes for a real one. */
const MADE_UP_AT = Date.UTC(2000, 0, 1);

const madeUpCard: Card = {
  canvas: { id: "0123456789abcdef", path: "Courses/Maths.canvas" },
  at: MADE_UP_AT,
  node: { id: "89abcdef01234567", type: "text", text: "Limits of sequences\nA sequence converges when …", color: "4", x: 0, y: 0, width: 250, height: 60 },
};

/** Made as every batch is, and written nowhere. Rejects with StorageError when the graph cannot be read. */
export async function sentExample(parts: SentExampleParts, level: PrivacyLevel): Promise<SentExample> {
  const found = await firstCard(parts.graph);
  return { madeUp: found === null, rows: rowsOf(parts, found ?? madeUpCard, level) };
}

/** A text card of a canvas where there is one: it shows best what a level leaves out. */
async function firstCard(graph: SentExampleParts["graph"]): Promise<Card | null> {
  const canvas = graph.canvases().find(({ live, nodes }) => live && nodes > 0);
  if (canvas === undefined) return null;
  const { nodes } = await graph.lastGood(canvas.id);
  const node = nodes.find(({ type }) => type === "text") ?? nodes[0];
  return node === undefined ? null : { canvas: { id: canvas.id, path: canvas.path }, at: canvas.changedAt, node };
}

function rowsOf({ device, hasher, masteryTable, vault }: SentExampleParts, { at, canvas, node }: Card, level: PrivacyLevel): StoreBatch {
  const drafts = canvasDrafts(diffCanvas(emptyDocument, { ...emptyDocument, nodes: [node] }), masteryTable());
  const created = { type: "canvas_created", subject: { kind: "canvas", id: canvas.id }, data: { path: canvas.path }, priority: "NORMAL" } as const;
  const context = { hasher, vault, device, canvas, at, hlcMs: at, now: at, lastHlc: null, origin: "edit", isKnown: () => false, repeats: "duplicate" } as const;
  const events = mintEvents([created, ...drafts], context).events.map((event, index) => ({ ...event, seq: index + 1 }));
  const graph = emptyGraph();
  for (const event of events) applyEvent(graph, event);
  const rows = new RowCollector(vault, createUids(hasher, vault), graph);
  for (const event of events) if (event.subject.kind === "node") rows.add(event);
  return rowsWithin(rows.batch(), level, createUids(hasher, vault, level));
}
