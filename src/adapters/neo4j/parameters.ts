import type { EdgeRow, EventRow, NodeRow, StoreBatch } from "../../engine/index";

/** Makes a driver integer: a plain number would be stored as a float. */
export type ToInteger = (value: number) => unknown;

type Properties = Readonly<Record<string, unknown>>;

/** A row as the statement reads it. `hlc: null` marks a stand-in, whose `props` are empty. */
export interface EntityParameter {
  readonly uid: string;
  readonly hlc: string | null;
  readonly props: Properties;
}

export interface NodeParameter extends EntityParameter {
  readonly canvas: string | null;
}

export interface EdgeParameter extends EntityParameter {
  readonly from: string;
  readonly to: string;
}

export interface EventParameter {
  readonly id: string;
  readonly about: string;
  readonly props: Properties;
}

export interface BatchParameters {
  readonly vault: string;
  readonly epoch: string;
  readonly canvases: readonly EntityParameter[];
  readonly notes: readonly EntityParameter[];
  readonly concepts: readonly EntityParameter[];
  readonly nodes: readonly NodeParameter[];
  readonly edges: readonly EdgeParameter[];
  readonly canvasEvents: readonly EventParameter[];
  readonly noteEvents: readonly EventParameter[];
  readonly conceptEvents: readonly EventParameter[];
  readonly nodeEvents: readonly EventParameter[];
}

/**
 * The batch as the write statement's parameter. Each uid stands once, with its greatest clock, and lists are sorted.
 * Whatever a row, edge or event points at is listed too, as a stand-in where the batch does not carry it, so that
 * nothing is dropped because its other end is not there yet.
 */
export function batchParameters(batch: StoreBatch, epoch: string, toInteger: ToInteger): BatchParameters {
  const entity = (row: EntityRow): EntityParameter => ({
    uid: row.uid,
    hlc: row.hlc,
    props: properties(row, entityKeys, toInteger),
  });
  const node = (row: NodeRow): NodeParameter => ({ ...entity(row), canvas: row.canvas });
  const edge = (row: EdgeRow): EdgeParameter => ({ ...entity(row), from: row.from, to: row.to });
  const event = (row: EventRow): EventParameter => ({
    id: row.id,
    about: row.about,
    props: properties(row, eventKeys, toInteger),
  });
  const about = byKind(batch.events);
  return {
    vault: batch.vault,
    epoch,
    canvases: unique([...batch.canvases.map(entity), ...mentionedCanvases(batch), ...about.canvas.map(standInFor)]),
    notes: unique([...batch.notes.map(entity), ...about.note.map(standInFor)]),
    concepts: unique([...batch.concepts.map(entity), ...about.concept.map(standInFor)]),
    nodes: unique([...batch.nodes.map(node), ...mentionedNodes(batch.edges, about.node)]),
    edges: unique(batch.edges.map(edge)),
    canvasEvents: about.canvas.map(event),
    noteEvents: about.note.map(event),
    conceptEvents: about.concept.map(event),
    nodeEvents: about.node.map(event),
  };
}

/** What the statement writes by itself: keys, clocks and the ends of an edge. A node's `id` is the file's, no key. */
const entityKeys: ReadonlySet<string> = new Set(["uid", "hlc", "from", "to"]);
const eventKeys: ReadonlySet<string> = new Set(["id", "about"]);

type AboutKind = EventRow["aboutKind"];

interface EntityRow {
  readonly uid: string;
  readonly hlc: string;
}

function byKind(events: readonly EventRow[]): Readonly<Record<AboutKind, readonly EventRow[]>> {
  const of = (kind: AboutKind): readonly EventRow[] => events.filter((event) => event.aboutKind === kind);
  return { node: of("node"), canvas: of("canvas"), note: of("note"), concept: of("concept") };
}

function mentionedCanvases(batch: StoreBatch): readonly EntityParameter[] {
  const mentioned = new Set([...batch.nodes, ...batch.edges, ...batch.events].map((row) => row.canvas));
  return [...mentioned].filter((canvas) => canvas !== null).map(standIn);
}

function mentionedNodes(edges: readonly EdgeRow[], events: readonly EventRow[]): readonly NodeParameter[] {
  const ends = edges.flatMap(({ from, to, canvas }) => [
    { ...standIn(from), canvas },
    { ...standIn(to), canvas },
  ]);
  return [...ends, ...events.map((event) => ({ ...standInFor(event), canvas: event.canvas }))];
}

function standInFor(event: EventRow): EntityParameter {
  return standIn(event.about);
}

function standIn(uid: string): EntityParameter {
  return { uid, hlc: null, props: noProperties };
}

const noProperties: Properties = {};

/** One parameter for each uid, the one with the greatest clock, sorted by uid. */
function unique<T extends EntityParameter>(all: readonly T[]): readonly T[] {
  const byUid = new Map<string, T>();
  for (const one of all) {
    if (typeof one.uid !== "string") throw new TypeError("a row has no uid");
    const known = byUid.get(one.uid);
    if (known === undefined || isNewer(one, known)) byUid.set(one.uid, one);
  }
  return [...byUid.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

/** Any row is newer than a stand-in, also the one with the empty clock. */
function isNewer(one: EntityParameter, known: EntityParameter): boolean {
  return one.hlc !== null && (known.hlc === null || one.hlc > known.hlc);
}

/**
 * A whole row names what it lacks with null, which removes the property in the store. Names are those of our own row
 * types. Built by assignment, because this runs for every value of every row on the thread that draws the app.
 */
function properties(row: EntityRow | EventRow, skipped: ReadonlySet<string>, toInteger: ToInteger): Properties {
  const values: Properties = { ...row };
  const props: Record<string, unknown> = {};
  for (const name of Object.keys(values)) {
    if (!skipped.has(name)) props[name] = propertyValue(values[name], toInteger);
  }
  return props;
}

/**
 * Throws for what no property can hold. The driver would find that out half-way through a message, and what it had
 * already written would spoil the next message on that connection.
 */
function propertyValue(value: unknown, toInteger: ToInteger): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? toInteger(value) : value;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  throw new TypeError(`a property cannot hold a value of type ${typeof value}`);
}
