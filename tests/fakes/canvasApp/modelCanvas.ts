import type { JsonObject } from "../../../src/engine/index";

export interface ModelData {
  readonly nodes: readonly JsonObject[];
  readonly edges: readonly JsonObject[];
}

/** A card or a connection of the scene. */
export class ModelItem {
  isEditing = false;

  constructor(
    readonly id: string,
    private data: JsonObject,
  ) {}

  getData(): JsonObject {
    return { ...this.data };
  }

  setData(data: JsonObject): void {
    this.data = { ...data };
  }
}

/** The scene of an open canvas: like the app's, a save writes the snapshot of the last request, and undo restores whole states. */
export class ModelCanvas {
  readonly nodes = new Map<string, ModelItem>();
  readonly edges = new Map<string, ModelItem>();
  readonly readonly = false;
  data: ModelData = { nodes: [], edges: [] };
  isDragging = false;
  private history: ModelData[] = [];
  private current = -1;

  constructor(private readonly view: { requestSave(): void }) {}

  getData(): ModelData {
    const all = (items: ReadonlyMap<string, ModelItem>): readonly JsonObject[] => [...items.values()].map((item) => item.getData());
    return { nodes: all(this.nodes), edges: all(this.edges) };
  }

  /** As a file is loaded. */
  setData(data: ModelData): void {
    this.data = data;
    this.importData(data, true);
    if (this.history.length === 0) this.push(this.getData());
  }

  importData(data: ModelData, clear: boolean): void {
    if (clear) {
      const kept = new Set([...data.nodes, ...data.edges].map(({ id }) => id));
      for (const items of [this.edges, this.nodes]) for (const id of [...items.keys()]) if (!kept.has(id)) items.delete(id);
    }
    for (const node of data.nodes) this.import(this.nodes, node);
    for (const edge of data.edges) if (this.hasNode(edge.fromNode) && this.hasNode(edge.toNode)) this.import(this.edges, edge);
  }

  removeNode(node: ModelItem): void {
    for (const edge of [...this.edges.values()]) {
      const { fromNode, toNode } = edge.getData();
      if (fromNode === node.id || toNode === node.id) this.removeEdge(edge);
    }
    this.nodes.delete(node.id);
  }

  removeEdge(edge: ModelItem): void {
    this.edges.delete(edge.id);
  }

  requestSave(): void {
    this.data = this.getData();
    this.push(this.data);
    this.view.requestSave();
  }

  undo(): void {
    const state = this.history[this.current - 1];
    if (state === undefined) return;
    this.current -= 1;
    this.importData(state, true);
    this.data = this.getData();
    this.view.requestSave();
  }

  clear(): void {
    this.nodes.clear();
    this.edges.clear();
    this.history = [];
    this.current = -1;
  }

  private hasNode(id: unknown): boolean {
    return typeof id === "string" && this.nodes.has(id);
  }

  private push(state: ModelData): void {
    this.history = [...this.history.slice(0, this.current + 1), state];
    this.current = this.history.length - 1;
  }

  private import(items: Map<string, ModelItem>, data: JsonObject): void {
    const { id } = data;
    if (typeof id !== "string") return;
    const known = items.get(id);
    if (known === undefined) items.set(id, new ModelItem(id, data));
    else known.setData(data);
  }
}
