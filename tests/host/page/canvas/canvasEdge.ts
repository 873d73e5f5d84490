import type { Canvas } from "./canvas";
import type { EdgeData, Side } from "./canvasData";
import type { CanvasNode } from "./canvasNode";

/** A connection on an open canvas. A missing side is chosen when the edge comes in, and saved with the next change. */
export class CanvasEdge {
  id: string;
  canvas: Canvas;
  from: { node: CanvasNode; side: Side };
  to: { node: CanvasNode; side: Side };
  color = "";
  label = "";
  unknownData: Record<string, unknown> = {};
  lineGroupEl: SVGGElement;

  constructor(canvas: Canvas, data: EdgeData, from: CanvasNode, to: CanvasNode) {
    this.canvas = canvas;
    this.id = data.id;
    this.from = { node: from, side: data.fromSide ?? facing(from, to) };
    this.to = { node: to, side: data.toSide ?? facing(to, from) };
    this.lineGroupEl = canvas.edgeContainerEl.createSvg("g", { cls: "canvas-edge", attr: { "data-edge-id": data.id } });
    this.setData(data);
  }

  getData(): EdgeData {
    const { color: _color, label: _label, ...rest } = this.unknownData;
    return {
      ...rest,
      id: this.id,
      fromNode: this.from.node.id,
      fromSide: this.from.side,
      toNode: this.to.node.id,
      toSide: this.to.side,
      ...(this.color === "" ? {} : { color: this.color }),
      ...(this.label === "" ? {} : { label: this.label }),
    };
  }

  setData(data: EdgeData): void {
    this.unknownData = { ...data };
    if (data.fromSide !== undefined) this.from = { ...this.from, side: data.fromSide };
    if (data.toSide !== undefined) this.to = { ...this.to, side: data.toSide };
    this.color = typeof data.color === "string" ? data.color : "";
    this.label = typeof data.label === "string" ? data.label : "";
    this.render();
  }

  setColor(color: string): void {
    this.color = color;
    this.render();
  }

  setLabel(label: string): void {
    this.label = label;
    this.render();
  }

  render(): void {
    const a = anchor(this.from.node, this.from.side);
    const b = anchor(this.to.node, this.to.side);
    this.lineGroupEl.empty();
    for (const cls of ["canvas-display-path", "canvas-interaction-path"]) {
      this.lineGroupEl.createSvg("path", { cls, attr: { d: `M${a.x},${a.y} L${b.x},${b.y}` } });
    }
  }

  destroy(): void {
    this.lineGroupEl.detach();
  }
}

function center(node: CanvasNode): { x: number; y: number } {
  return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}

/** The side of `node` that looks at `other`. */
function facing(node: CanvasNode, other: CanvasNode): Side {
  const a = center(node);
  const b = center(other);
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  if (Math.abs(dx) >= Math.abs(dy)) return dx >= 0 ? "right" : "left";
  return dy >= 0 ? "bottom" : "top";
}

function anchor(node: CanvasNode, side: Side): { x: number; y: number } {
  const middle = center(node);
  switch (side) {
    case "top":
      return { x: middle.x, y: node.y };
    case "bottom":
      return { x: middle.x, y: node.y + node.height };
    case "left":
      return { x: node.x, y: middle.y };
    default:
      return { x: node.x + node.width, y: middle.y };
  }
}
