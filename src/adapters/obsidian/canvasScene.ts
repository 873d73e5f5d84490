import type { TextFileView } from "obsidian";
import { isJsonObject } from "../../engine/index";
import type { CanvasDiff, EntryChange, JsonObject } from "../../engine/index";
import { property } from "./property";

/** A card or a connection on an open canvas: no public API. */
interface Item {
  readonly id: string;
  getData(): object;
}

interface CanvasData {
  readonly nodes: readonly object[];
  readonly edges: readonly object[];
}

/** What is used of an open canvas, which is no public API. */
interface LiveCanvas {
  readonly nodes: ReadonlyMap<string, Item>;
  readonly edges: ReadonlyMap<string, Item>;
  getData(): object;
  /** Adds and updates by id, and with `clear` takes everything else away. */
  importData(data: CanvasData, clear: boolean): void;
  removeNode(node: Item): void;
  removeEdge(edge: Item): void;
  requestSave(): void;
}

const methods = ["getData", "importData", "removeNode", "removeEdge", "requestSave"];

/** The scene of a canvas view, or null where the app does not let it be changed in memory. */
export function sceneOf(view: TextFileView): CanvasScene | null {
  const canvas = property(view, "canvas");
  if (!methods.every((name) => typeof property(canvas, name) === "function")) return null;
  if (!(property(canvas, "nodes") instanceof Map) || !(property(canvas, "edges") instanceof Map)) return null;
  return new CanvasScene(canvas as LiveCanvas);
}

export class CanvasScene {
  constructor(private readonly canvas: LiveCanvas) {}

  data(): JsonObject {
    const data: unknown = JSON.parse(JSON.stringify(this.canvas.getData()));
    return isJsonObject(data) ? data : {};
  }

  /** Ids of the cards that are open for typing. */
  typing(): readonly string[] {
    return [...this.canvas.nodes.values()].filter((node) => property(node, "isEditing") === true).map(({ id }) => id);
  }

  /** While a file is being opened the scene is empty. A card that the app leaves out would be lost by a save. */
  stateFor(snapshot: unknown): "ready" | "loading" | "never" {
    const nodes = property(snapshot, "nodes");
    if (!Array.isArray(nodes) || nodes.every((node: unknown) => this.hasNode(property(node, "id")))) return "ready";
    return this.canvas.nodes.size === 0 ? "loading" : "never";
  }

  /** False when the app did something else than asked; the scene then shows again what it showed. */
  patch(diff: CanvasDiff): boolean {
    const before = this.canvas.getData() as CanvasData;
    const wanted = { nodes: idsAfter(this.canvas.nodes, diff.nodes), edges: idsAfter(this.canvas.edges, diff.edges) };
    try {
      this.apply(diff);
      const isAsWanted = sameIds(this.canvas.nodes, wanted.nodes) && sameIds(this.canvas.edges, wanted.edges);
      if (isAsWanted) {
        this.canvas.requestSave();
        return true;
      }
    } catch {
      // The caller goes another way.
    }
    this.canvas.importData(before, true);
    return false;
  }

  private apply({ nodes, edges }: CanvasDiff): void {
    for (const { id } of removed(edges)) this.take(this.canvas.edges, id, (edge) => this.canvas.removeEdge(edge));
    for (const { id } of removed(nodes)) this.take(this.canvas.nodes, id, (node) => this.canvas.removeNode(node));
    const data = { nodes: entries(this.canvas.nodes, nodes), edges: entries(this.canvas.edges, edges) };
    if (data.nodes.length > 0 || data.edges.length > 0) this.canvas.importData(data, false);
  }

  private take(items: ReadonlyMap<string, Item>, id: string, remove: (item: Item) => void): void {
    const item = items.get(id);
    if (item !== undefined) remove(item);
  }

  private hasNode(id: unknown): boolean {
    return typeof id !== "string" || this.canvas.nodes.has(id);
  }
}

function removed(changes: readonly EntryChange[]): readonly EntryChange[] {
  return changes.filter((change) => change.kind === "removed");
}

/** Whole entries, as the app takes them: what a change does not name comes from what is on the canvas now. */
function entries(live: ReadonlyMap<string, Item>, changes: readonly EntryChange[]): readonly object[] {
  return changes.flatMap((change) => {
    if (change.kind === "removed") return [];
    const now = live.get(change.id)?.getData();
    if (change.kind === "added" || now === undefined) return [change.after];
    const kept = Object.entries(now).filter(([key]) => !change.keys.includes(key));
    const set = change.keys.map((key): [string, unknown] => [key, change.after[key]]);
    return [ordered(now, Object.fromEntries([...kept, ...set.filter(([, value]) => value != null)]))];
  });
}

/** The members in the order in which the entry has them, new ones last: the app writes them in the order of its object. */
function ordered(like: object, members: Readonly<Record<string, unknown>>): object {
  const keys = new Set([...Object.keys(like).filter((key) => key in members), ...Object.keys(members)]);
  return Object.fromEntries([...keys].map((key) => [key, members[key]]));
}

function idsAfter(live: ReadonlyMap<string, Item>, changes: readonly EntryChange[]): ReadonlySet<string> {
  const ids = new Set(live.keys());
  for (const change of changes) {
    if (change.kind === "removed") ids.delete(change.id);
    else ids.add(change.id);
  }
  return ids;
}

function sameIds(live: ReadonlyMap<string, Item>, ids: ReadonlySet<string>): boolean {
  return live.size === ids.size && [...ids].every((id) => live.has(id));
}
