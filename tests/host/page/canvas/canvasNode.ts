import { native } from "../core/native";
import type { Canvas } from "./canvas";
import type { NodeData } from "./canvasData";

/** A card, file, link or group on an open canvas. */
export class CanvasNode {
  id: string;
  canvas: Canvas;
  x = 0;
  y = 0;
  width = 100;
  height = 100;
  color = "";
  text = "";
  filePath = "";
  isEditing = false;
  destroyed = false;
  initialized = false;
  unknownData: Record<string, unknown> = {};
  nodeEl: HTMLElement;
  containerEl: HTMLElement;
  contentEl: HTMLElement;

  constructor(canvas: Canvas, data: NodeData) {
    this.canvas = canvas;
    this.id = data.id;
    this.nodeEl = canvas.canvasEl.createDiv({ cls: "canvas-node", attr: { "data-node-id": data.id } });
    this.containerEl = this.nodeEl.createDiv("canvas-node-container");
    this.contentEl = this.containerEl.createDiv("canvas-node-content");
    this.setData(data);
    this.initialized = true;
  }

  get type(): string {
    return typeof this.unknownData["type"] === "string" ? this.unknownData["type"] : "";
  }

  /** Keeps the order of the keys that came with the node; an empty colour is left out. */
  getData(): NodeData {
    const { color: _color, ...rest } = this.unknownData;
    const data: NodeData = {
      ...rest,
      id: this.id,
      type: this.type,
      ...(this.type === "text" ? { text: this.text } : {}),
      ...(this.type === "file" ? { file: this.filePath } : {}),
      x: this.x,
      y: this.y,
      width: this.width,
      height: this.height,
    };
    return this.color === "" ? data : { ...data, color: this.color };
  }

  /** Memory only: whoever calls it asks the canvas to save. */
  setData(data: NodeData): void {
    this.unknownData = { ...data };
    this.x = Math.round(Number(data.x) || 0);
    this.y = Math.round(Number(data.y) || 0);
    this.width = Math.round(Number(data.width) || 100);
    this.height = Math.round(Number(data.height) || 100);
    this.color = typeof data.color === "string" ? data.color : "";
    this.text = typeof data.text === "string" ? data.text : "";
    this.filePath = typeof data.file === "string" ? data.file : "";
    this.render();
  }

  setColor(color: string): void {
    this.color = color;
    this.render();
  }

  setText(text: string): void {
    this.text = text;
    this.render();
  }

  setFilePath(path: string): void {
    this.filePath = path;
    this.render();
  }

  moveTo({ x, y }: { x: number; y: number }): void {
    this.x = Math.round(x);
    this.y = Math.round(y);
    this.render();
    this.canvas.hostRedraw();
  }

  moveAndResize(box: { x: number; y: number; width: number; height: number }): void {
    this.width = Math.round(box.width);
    this.height = Math.round(box.height);
    this.moveTo(box);
  }

  getBBox(): { minX: number; minY: number; maxX: number; maxY: number } {
    return { minX: this.x, minY: this.y, maxX: this.x + this.width, maxY: this.y + this.height };
  }

  isEditable(): boolean {
    return this.type === "text" && !this.canvas.readonly;
  }

  /** What is typed is in the editor only, until the editor loses the focus. */
  startEditing(): void {
    if (!this.isEditable() || this.isEditing) return;
    this.isEditing = true;
    this.contentEl.empty();
    const area = this.contentEl.createEl("textarea", "canvas-node-editor");
    area.value = this.text;
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") area.blur();
    });
    area.addEventListener("blur", () => this.commit(area.value));
    native.setTimeout(() => area.focus(), 0);
    area.focus();
  }

  focus(): void {
    this.canvas.selectOnly(this);
  }

  blur(): void {
    const area = this.contentEl.querySelector("textarea");
    if (area !== null) area.blur();
  }

  destroy(): void {
    this.destroyed = true;
    this.isEditing = false;
    this.nodeEl.detach();
  }

  private commit(text: string): void {
    if (!this.isEditing || this.destroyed) return;
    this.isEditing = false;
    const changed = text !== this.text;
    this.setText(text);
    if (changed) this.canvas.requestSave();
  }

  private render(): void {
    this.nodeEl.setCssStyles({
      transform: `translate(${this.x}px, ${this.y}px)`,
      width: `${this.width}px`,
      height: `${this.height}px`,
    });
    for (let n = 1; n <= 6; n += 1) this.nodeEl.toggleClass(`mod-canvas-color-${n}`, this.color === String(n));
    this.nodeEl.toggleClass("is-themed", this.color !== "");
    this.nodeEl.toggleClass("canvas-node-group", this.type === "group");
    if (this.isEditing) return;
    const { label, url } = this.unknownData;
    const caption = [this.text, this.filePath, label, url].find((one) => typeof one === "string" && one !== "");
    this.contentEl.setText(typeof caption === "string" ? caption : "");
  }
}
