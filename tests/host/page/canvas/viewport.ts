interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Where on the canvas the window is. There is no zoom on this host. */
export class Viewport {
  private shift = { x: 0, y: 0 };
  private moved = false;

  constructor(
    private readonly wrapperEl: HTMLElement,
    private readonly canvasEl: HTMLElement,
  ) {}

  /** A place on the screen in the coordinates of the canvas. */
  posFromClient(point: { x: number; y: number }): { x: number; y: number } {
    const rect = this.wrapperEl.getBoundingClientRect();
    return { x: point.x - rect.left - this.shift.x, y: point.y - rect.top - this.shift.y };
  }

  /** A place on the canvas, counted from the corner of the window. */
  toScreen(point: { x: number; y: number }): { x: number; y: number } {
    return { x: point.x + this.shift.x, y: point.y + this.shift.y };
  }

  show(corner: { minX: number; minY: number }): void {
    this.moved = true;
    this.shift = { x: 60 - corner.minX, y: 60 - corner.minY };
    this.canvasEl.setCssStyles({ transform: `translate(${this.shift.x}px, ${this.shift.y}px)` });
  }

  /** Shows the upper left corner of what there is, unless something is in sight already. */
  fit(boxes: readonly Box[]): void {
    if (boxes.length === 0) return;
    const { width, height } = this.wrapperEl.getBoundingClientRect();
    const inSight = boxes.some((box) => {
      const low = this.toScreen({ x: box.minX, y: box.minY });
      const high = this.toScreen({ x: box.maxX, y: box.maxY });
      return high.x > 0 && low.x < width && high.y > 0 && low.y < height;
    });
    if (inSight && this.moved) return;
    this.show({ minX: Math.min(...boxes.map((b) => b.minX)), minY: Math.min(...boxes.map((b) => b.minY)) });
  }
}
