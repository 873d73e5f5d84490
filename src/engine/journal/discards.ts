import type { JsonObject } from "../kernel/json";
import { RangeSet } from "./ranges";

/** An event that a person does not want one target to get. Its line in the journal stays. */
export interface Discard {
  readonly target: string;
  readonly id: string;
  /** Its place: it is not pending there. */
  readonly device: string;
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  /** The id of the event that says it better; null when none does. */
  readonly replacedBy: string | null;
}

/** What was discarded, by target and event. */
export class Discards {
  private readonly known = new Map<string, Discard>();

  get size(): number {
    return this.known.size;
  }

  list(): readonly Discard[] {
    return [...this.known.values()];
  }

  has(target: string, id: string): boolean {
    return this.known.has(keyOf(target, id));
  }

  add(discard: Discard): void {
    this.known.set(keyOf(discard.target, discard.id), discard);
  }

  remove(target: string, id: string): void {
    this.known.delete(keyOf(target, id));
  }

  /** The places of a target's discards in one device's journal. */
  places(target: string, device: string): RangeSet {
    const places = new RangeSet();
    for (const one of this.known.values()) if (one.target === target && one.device === device) places.add(one.seq);
    return places;
  }
}

export function discardLine({ target, id, device, seq, at, replacedBy }: Discard): JsonObject {
  return { op: "discarded", target, id, device, seq, at, ...(replacedBy === null ? {} : { replacedBy }) };
}

/** Null for a line that does not say which event is meant. */
export function readDiscard(line: JsonObject): Discard | null {
  const { target, id, device, seq, at, replacedBy } = line;
  if (typeof target !== "string" || typeof id !== "string" || typeof device !== "string" || typeof seq !== "number") return null;
  const time = typeof at === "number" ? at : 0;
  return { target, id, device, seq, at: time, replacedBy: typeof replacedBy === "string" ? replacedBy : null };
}

function keyOf(target: string, id: string): string {
  return `${id} ${target}`;
}
