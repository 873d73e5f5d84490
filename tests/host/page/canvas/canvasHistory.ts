import type { CanvasData } from "./canvasData";

/** Undo and redo: a list of whole states and a place in it. */
export class CanvasHistory {
  data: CanvasData[] = [];
  current = -1;
  max = 100;

  push(state: CanvasData): void {
    this.data = [...this.data.slice(0, this.current + 1), state].slice(-this.max);
    this.current = this.data.length - 1;
  }

  clear(): void {
    this.data = [];
    this.current = -1;
  }

  canUndo(): boolean {
    return this.current > 0;
  }

  canRedo(): boolean {
    return this.current < this.data.length - 1;
  }

  undo(): CanvasData | null {
    if (!this.canUndo()) return null;
    this.current -= 1;
    return this.data[this.current] ?? null;
  }

  redo(): CanvasData | null {
    if (!this.canRedo()) return null;
    this.current += 1;
    return this.data[this.current] ?? null;
  }
}
