import type { ExpectedRow } from "../../../graph/expectedRows";
import { RangeSet } from "../../../journal/ranges";
import type { LearningEvent } from "../../../learning/event";
import { subjectKey, subjectKeyOf } from "./subjectKey";

/** Things of one canvas that are remembered one by one; beyond that the whole canvas is sent again. */
const MOST_OF_CANVAS = 1_000;

/** Which events have to be sent again so that a store has what differs there: small, however much that is. */
export class ResendPlan {
  /** Canvases of which everything is sent: their rows tie all others. */
  private readonly canvases = new Set<string>();
  private readonly onCanvas = new Map<string, Set<string>>();
  private readonly subjects = new Set<string>();
  private readonly events = new Map<string, RangeSet>();

  get isEmpty(): boolean {
    return [this.canvases, this.onCanvas, this.subjects, this.events].every(({ size }) => size === 0);
  }

  addRow({ canvas, id, kind }: ExpectedRow): void {
    if (canvas === null) this.subjects.add(subjectKey(kind, null, id));
    else if (kind === "canvas") this.addCanvas(canvas);
    else if (!this.canvases.has(canvas)) this.addOnCanvas(canvas, subjectKey(kind, canvas, id));
  }

  addEvent({ device, seq }: LearningEvent): void {
    const places = this.events.get(device) ?? new RangeSet();
    places.add(seq);
    this.events.set(device, places);
  }

  has(event: LearningEvent): boolean {
    if (this.events.get(event.device)?.has(event.seq) === true) return true;
    if (event.canvas === null) return this.subjects.has(subjectKeyOf(event));
    return this.canvases.has(event.canvas.id) || this.onCanvas.get(event.canvas.id)?.has(subjectKeyOf(event)) === true;
  }

  private addCanvas(canvas: string): void {
    this.canvases.add(canvas);
    this.onCanvas.delete(canvas);
  }

  private addOnCanvas(canvas: string, key: string): void {
    const known = this.onCanvas.get(canvas) ?? new Set<string>();
    this.onCanvas.set(canvas, known.add(key));
    if (known.size > MOST_OF_CANVAS) this.addCanvas(canvas);
  }
}
