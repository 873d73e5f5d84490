import type { App } from "../app";
import { createNode } from "./createNode";
import type { NewNode } from "./createNode";
import { newId, withLists } from "./canvasData";
import type { CanvasData, EdgeData, NodeData, RawCanvas } from "./canvasData";
import { CanvasEdge } from "./canvasEdge";
import { CanvasHistory } from "./canvasHistory";
import { CanvasNode } from "./canvasNode";
import type { CanvasView } from "./canvasView";
import { Viewport } from "./viewport";

/**
 * The scene of an open canvas. `data` is a snapshot, taken when a save is asked for; `getData()` is the scene as it is
 * now. They differ while a file is being loaded (the scene is still empty) and while a change has not asked for a save.
 */
export class Canvas {
  app: App;
  view: CanvasView;
  data: RawCanvas = {};
  nodes = new Map<string, CanvasNode>();
  edges = new Map<string, CanvasEdge>();
  selection = new Set<CanvasNode | CanvasEdge>();
  history = new CanvasHistory();
  readonly = false;
  isDragging = false;
  wrapperEl: HTMLElement;
  canvasEl: HTMLElement;
  edgeContainerEl: SVGElement;
  menuEl: HTMLElement;
  /** Host only: unknown keys of the file, with empty lists. */
  private topLevel: CanvasData = { nodes: [], edges: [] };
  private readonly viewport: Viewport;

  constructor(view: CanvasView) {
    this.view = view;
    this.app = view.app;
    this.wrapperEl = view.contentEl.createDiv({ cls: "canvas-wrapper", attr: { tabindex: 0 } });
    this.canvasEl = this.wrapperEl.createDiv("canvas");
    this.edgeContainerEl = this.canvasEl.createSvg("svg", "canvas-edges");
    this.viewport = new Viewport(this.wrapperEl, this.canvasEl);
    this.menuEl = this.wrapperEl.createDiv("canvas-menu-container");
  }

  getData(): CanvasData {
    return {
      ...this.topLevel,
      nodes: [...this.nodes.values()].map((node) => node.getData()),
      edges: [...this.edges.values()].map((edge) => edge.getData()),
    };
  }

  /** Replaces the scene, as loading a file does. Nothing is saved. */
  setData(data: RawCanvas): void {
    this.data = data;
    this.importData(withLists(data), true);
    if (this.history.data.length === 0) this.history.push(this.getData());
  }

  /** Adds and updates by id; with `clear`, what is not in `data` goes. Nothing is saved. */
  importData(data: CanvasData, clear = false): void {
    if (clear) {
      this.topLevel = { ...data, nodes: [], edges: [] };
      const kept = new Set([...data.nodes, ...data.edges].map((item) => item.id));
      for (const edge of [...this.edges.values()]) if (!kept.has(edge.id)) this.removeEdge(edge);
      for (const node of [...this.nodes.values()]) if (!kept.has(node.id)) this.removeNode(node);
    }
    for (const node of data.nodes) this.importNode(node);
    for (const edge of data.edges) this.importEdge(edge);
    this.hostRedraw();
    this.viewport.fit([...this.nodes.values()].map((node) => node.getBBox()));
  }

  /** Takes the snapshot and lets the view write it after its delay. */
  requestSave(pushHistory = true): void {
    const data = this.getData();
    this.data = data;
    if (pushHistory) this.history.push(data);
    this.view.requestSave();
  }

  clear(): void {
    for (const edge of [...this.edges.values()]) this.removeEdge(edge);
    for (const node of [...this.nodes.values()]) this.removeNode(node);
    this.topLevel = { nodes: [], edges: [] };
  }

  createTextNode(options: NewNode & { text?: string }): CanvasNode {
    return createNode(this, "text", { text: options.text ?? "" }, options);
  }

  createFileNode(options: NewNode & { file: { path: string } }): CanvasNode {
    return createNode(this, "file", { file: options.file.path }, options);
  }

  createLinkNode(options: NewNode & { url: string }): CanvasNode {
    return createNode(this, "link", { url: options.url }, options);
  }

  createGroupNode(options: NewNode & { label?: string }): CanvasNode {
    return createNode(this, "group", { label: options.label ?? "" }, options);
  }

  addNode(node: CanvasNode): void {
    this.nodes.set(node.id, node);
  }

  removeNode(node: CanvasNode): void {
    for (const edge of this.getEdgesForNode(node)) this.removeEdge(edge);
    this.selection.delete(node);
    this.nodes.delete(node.id);
    node.destroy();
  }

  addEdge(edge: CanvasEdge): void {
    this.edges.set(edge.id, edge);
  }

  removeEdge(edge: CanvasEdge): void {
    this.selection.delete(edge);
    this.edges.delete(edge.id);
    edge.destroy();
  }

  getEdgesForNode(node: CanvasNode): CanvasEdge[] {
    return [...this.edges.values()].filter((edge) => edge.from.node === node || edge.to.node === node);
  }

  select(item: CanvasNode | CanvasEdge): void {
    this.selection.add(item);
    this.markSelection();
  }

  selectOnly(item: CanvasNode | CanvasEdge): void {
    this.selection.clear();
    this.select(item);
  }

  toggleSelect(item: CanvasNode | CanvasEdge): void {
    if (!this.selection.delete(item)) this.selection.add(item);
    this.markSelection();
  }

  deselectAll(): void {
    this.selection.clear();
    this.markSelection();
  }

  deleteSelection(): void {
    if (this.readonly || this.selection.size === 0) return;
    for (const item of [...this.selection]) {
      if (item instanceof CanvasNode) this.removeNode(item);
      else this.removeEdge(item);
    }
    this.markSelection();
    this.requestSave();
  }

  undo(): void {
    this.applyHistory(this.history.undo());
  }

  redo(): void {
    this.applyHistory(this.history.redo());
  }

  setReadonly(readonly: boolean): void {
    this.readonly = readonly;
    this.wrapperEl.toggleClass("mod-readonly", readonly);
    this.view.saveLocalData();
  }

  zoomToBbox(box: { minX: number; minY: number }): void {
    this.viewport.show(box);
  }

  zoomToSelection(): void {
    const first = [...this.selection].find((item): item is CanvasNode => item instanceof CanvasNode);
    if (first !== undefined) this.zoomToBbox(first.getBBox());
  }

  requestFrame(): void {
    this.hostRedraw();
  }

  /** A place on the screen in the coordinates of the canvas. */
  posFromClient(point: { x: number; y: number }): { x: number; y: number } {
    return this.viewport.posFromClient(point);
  }

  /** Host only: the middle of the upper edge of what is selected, counted from the corner of the window. */
  hostSelectionTop(): { x: number; y: number } {
    const items = [...this.selection];
    const boxes = items.flatMap((item) => (item instanceof CanvasNode ? [item] : [item.from.node, item.to.node]));
    const low = Math.min(...boxes.map((node) => node.x));
    const high = Math.max(...boxes.map((node) => node.x + node.width));
    return this.viewport.toScreen({ x: (low + high) / 2, y: Math.min(...boxes.map((node) => node.y)) });
  }

  /** Host only. */
  hostRedraw(): void {
    for (const edge of this.edges.values()) edge.render();
    if (this.selection.size > 0) this.view.hostSelectionChanged();
  }

  /** Host only. */
  hostConnect(from: CanvasNode, to: CanvasNode): CanvasEdge {
    const edge = new CanvasEdge(this, { id: newId(), fromNode: from.id, toNode: to.id }, from, to);
    this.addEdge(edge);
    this.requestSave();
    return edge;
  }

  private applyHistory(state: CanvasData | null): void {
    if (state === null || this.readonly) return;
    this.importData(state, true);
    this.requestSave(false);
  }

  private importNode(data: NodeData): void {
    const existing = this.nodes.get(data.id);
    if (existing !== undefined) existing.setData(data);
    else this.addNode(new CanvasNode(this, data));
  }

  private importEdge(data: EdgeData): void {
    const from = this.nodes.get(data.fromNode);
    const to = this.nodes.get(data.toNode);
    const existing = this.edges.get(data.id);
    if (from === undefined || to === undefined) return;
    if (existing !== undefined && existing.from.node === from && existing.to.node === to) {
      existing.setData(data);
      return;
    }
    if (existing !== undefined) this.removeEdge(existing);
    this.addEdge(new CanvasEdge(this, data, from, to));
  }

  private markSelection(): void {
    for (const node of this.nodes.values()) node.nodeEl.toggleClass("is-selected", this.selection.has(node));
    for (const edge of this.edges.values()) edge.lineGroupEl.toggleClass("is-selected", this.selection.has(edge));
    this.view.hostSelectionChanged();
  }
}
