import { parseHlc } from "../../learning/hlc";
import type { LearningEvent } from "../../learning/event";
import { RangeSet, type ReadonlyRanges } from "../../journal/ranges";
import { Names, short, small, whole, wide } from "./columns";
import { levelChange, packChange, unpackChange, type LevelChange } from "./levelChange";
import { subjectHash } from "./subjectHash";

/** Where an event stands in the order of everything, and in which journal. */
export interface Standing {
  readonly ms: number;
  readonly counter: number;
  readonly device: string;
  readonly seq: number;
}

/** What can be asked of events without reading them. */
export interface EventChoice {
  readonly canvas: string;
  /** Of one thing on it; else everything on it that is of interest to a person who looks at the whole. */
  readonly subject: number | null;
}

const MOVED = 1;
const FOUND = 2;

/**
 * A line about every event, in about 40 bytes: enough to count what changed and to find the events of a canvas or a card
 * without reading a journal. An event is taken once, in any order.
 */
export class EventLedger {
  private readonly names = new Names();
  private readonly canvases = new Names();
  private readonly taken = new Map<string, RangeSet>();
  private readonly reviewed = new Map<string, Set<string>>();
  private readonly device = short();
  private readonly seq = wide();
  private readonly ms = wide();
  private readonly counter = whole();
  private readonly happened = wide();
  private readonly canvas = whole();
  private readonly subject = whole();
  private readonly change = small();
  private readonly marks = small();

  get size(): number {
    return this.seq.length;
  }

  /** Devices of which events were taken. */
  devices(): readonly string[] {
    return [...this.taken.keys()];
  }

  /** Places of a device that were taken. */
  places(device: string): ReadonlyRanges {
    return this.placesOf(device);
  }

  /** False where it was taken before. */
  take(event: LearningEvent): boolean {
    const places = this.placesOf(event.device);
    if (places.has(event.seq)) return false;
    places.add(event.seq);
    const clock = parseHlc(event.hlc);
    this.device.add(this.names.number(event.device));
    this.seq.add(event.seq);
    this.ms.add(clock?.ms ?? event.at);
    this.counter.add(clock?.counter ?? 0);
    this.happened.add(event.at);
    this.canvas.add(event.canvas === null ? 0 : this.canvases.number(event.canvas.id));
    this.subject.add(subjectHash(event.subject.kind, event.subject.id));
    this.change.add(packChange(levelChange(event)));
    this.marks.add((event.type === "node_moved" ? MOVED : 0) | (isFound(event) ? FOUND : 0));
    if (event.type === "review_rated" && event.subject.kind === "node" && event.canvas !== null) this.noteReview(event.canvas.id, event.subject.id);
    return true;
  }

  /** Cards that were ever reviewed, by the id of their canvas. */
  get reviewedNodes(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.reviewed;
  }

  /** Every change of a level that happened in `[from, to)`, with the id of its canvas, in no order. */
  *changes(from: number, to: number): IterableIterator<{ readonly at: number; readonly canvas: string | null; readonly change: LevelChange }> {
    for (let index = 0; index < this.size; index += 1) {
      const change = this.change.at(index) === 0 ? null : unpackChange(this.change.at(index));
      const at = this.happened.at(index);
      if (change === null || at < from || at >= to) continue;
      const canvas = this.canvas.at(index);
      yield { at, canvas: canvas === 0 ? null : this.canvases.text(canvas), change };
    }
  }

  /** Where the newest events stand that fit and are older than `before`, the newest first. */
  newest(choice: EventChoice, before: Standing | null, count: number): readonly Standing[] {
    const fits = this.fitting(choice);
    const found: Standing[] = [];
    for (let index = this.size - 1; index >= 0; index -= 1) {
      if (!fits(index)) continue;
      const least = found[found.length - 1];
      const full = found.length >= count;
      if (full && least !== undefined && this.ms.at(index) < least.ms) continue;
      const standing = this.standing(index);
      if (before !== null && compareStandings(standing, before) >= 0) continue;
      if (full && least !== undefined && compareStandings(standing, least) <= 0) continue;
      insert(found, standing);
      if (found.length > count) found.pop();
    }
    return found;
  }

  /** The places by device of all events of a canvas, or of one thing on it and of the canvas itself, that happened up to `at`. */
  upTo(canvas: string, subject: number | null, at: number): ReadonlyMap<string, RangeSet> {
    const number = this.canvases.known(canvas);
    const itself = subjectHash("canvas", canvas);
    const places = new Map<string, RangeSet>();
    if (number === 0) return places;
    for (let index = 0; index < this.size; index += 1) {
      if (this.canvas.at(index) !== number || this.happened.at(index) > at) continue;
      const about = this.subject.at(index);
      if (subject !== null && about !== subject && about !== itself) continue;
      const device = this.names.text(this.device.at(index));
      const known = places.get(device);
      if (known === undefined) places.set(device, RangeSet.of([[this.seq.at(index), this.seq.at(index)]]));
      else known.add(this.seq.at(index));
    }
    return places;
  }

  private fitting({ canvas, subject }: EventChoice): (index: number) => boolean {
    const number = this.canvases.known(canvas);
    if (number === 0) return () => false;
    const itself = subjectHash("canvas", canvas);
    return (index) => {
      if (this.canvas.at(index) !== number || (this.marks.at(index) & MOVED) !== 0) return false;
      if (subject !== null) return this.subject.at(index) === subject;
      return (this.marks.at(index) & FOUND) === 0 || this.subject.at(index) === itself;
    };
  }

  private standing(index: number): Standing {
    return { ms: this.ms.at(index), counter: this.counter.at(index), device: this.names.text(this.device.at(index)), seq: this.seq.at(index) };
  }

  private placesOf(device: string): RangeSet {
    const known = this.taken.get(device);
    if (known !== undefined) return known;
    const places = new RangeSet();
    this.taken.set(device, places);
    return places;
  }

  private noteReview(canvas: string, node: string): void {
    const nodes = this.reviewed.get(canvas);
    if (nodes === undefined) this.reviewed.set(canvas, new Set([node]));
    else nodes.add(node);
  }
}

/** Less than 0 where `a` comes before `b`, as their clocks do. */
export function compareStandings(a: Standing, b: Standing): number {
  if (a.ms !== b.ms) return a.ms - b.ms;
  if (a.counter !== b.counter) return a.counter - b.counter;
  if (a.device !== b.device) return a.device < b.device ? -1 : 1;
  return a.seq - b.seq;
}

// What a first look at a canvas finds is one thing that happened, not one for each card.
function isFound({ origin, subject }: LearningEvent): boolean {
  return origin === "index" && (subject.kind === "node" || subject.kind === "edge");
}

// Events arrive nearly in order, so the place of one more is near the end of those that are older than all before.
function insert(found: Standing[], standing: Standing): void {
  let at = found.length;
  while (at > 0 && compareStandings(standing, found[at - 1] ?? standing) > 0) at -= 1;
  found.splice(at, 0, standing);
}
