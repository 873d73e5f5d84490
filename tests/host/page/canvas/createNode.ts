import type { Canvas } from "./canvas";
import { newId } from "./canvasData";
import { CanvasNode } from "./canvasNode";

export interface NewNode {
  pos?: { x: number; y: number };
  size?: { width: number; height: number };
  /** Default true: the canvas asks for a save. */
  save?: boolean;
  /** Default true: the new node is selected, and opened for typing. */
  focus?: boolean;
}

const SIZES: Readonly<Record<string, { width: number; height: number }>> = {
  text: { width: 250, height: 60 },
  file: { width: 400, height: 400 },
  link: { width: 640, height: 360 },
  group: { width: 300, height: 300 },
};

export function createNode(canvas: Canvas, type: string, content: object, options: NewNode): CanvasNode {
  const { x, y } = options.pos ?? { x: 0, y: 0 };
  const size = options.size ?? SIZES[type] ?? { width: 100, height: 100 };
  const node = new CanvasNode(canvas, { id: newId(), type, ...content, x, y, ...size });
  canvas.addNode(node);
  if (options.save !== false) canvas.requestSave();
  if (options.focus !== false) {
    canvas.selectOnly(node);
    node.startEditing();
  }
  return node;
}
