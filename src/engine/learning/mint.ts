import type { Hasher } from "../kernel/hash";
import { EVENT_VERSION, type CanvasRef, type EventDraft, type Origin, type UnplacedEvent } from "./event";
import { nextHlc } from "./hlc";
import { eventId } from "./ids";

/** What drafts of one moment (one save, one command, one item of the API) have in common. */
export interface MintContext {
  readonly hasher: Hasher;
  readonly vault: string;
  readonly device: string;
  readonly canvas: CanvasRef | null;
  /** Epoch ms of all events. Files: see `fileTime`. Commands, API, tasks, deletions: the clock or the caller's time. */
  readonly at: number;
  /** Wall time of the order clock: `at` for events read from files, else the clock. */
  readonly hlcMs: number;
  /** The clock's time now. */
  readonly now: number;
  /** The greatest order clock of this canvas (of this vault's notes and concepts where `canvas` is null) so far. */
  readonly lastHlc: string | null;
  readonly origin: Origin;
  /** Whether an event with this id is journaled or on its way there. */
  isKnown(id: string): boolean;
  /**
   * What a known id means. `duplicate`: the same thing told again, left out. `real`: a diff just made against the
   * current state, which did happen, so the whole save moves on by 1 ms until its ids are new.
   */
  readonly repeats: "duplicate" | "real";
}

export interface Minted {
  /** In the order of the drafts, duplicates left out. */
  readonly events: readonly UnplacedEvent[];
  /** Drafts that were left out: their place among the drafts, and the id they share. */
  readonly duplicates: readonly { readonly index: number; readonly id: string }[];
  /** The `at` that all events got. */
  readonly at: number;
  /** The greatest order clock so far, these events included. */
  readonly lastHlc: string | null;
}

/** Milliseconds that a real save is moved on at most. More means that `isKnown` does not answer truly. */
const MAX_SHIFT = 10_000;

/** Gives drafts their identity, time and order. All events of one call share `at`. */
export function mintEvents(drafts: readonly EventDraft[], context: MintContext): Minted {
  for (let shift = 0; shift < MAX_SHIFT; shift += 1) {
    const minted = mintAt(drafts, context, shift);
    if (minted !== null) return minted;
  }
  throw new RangeError(`every id of ${MAX_SHIFT} ms is known`);
}

function mintAt(drafts: readonly EventDraft[], context: MintContext, shift: number): Minted | null {
  const at = context.at + shift;
  const seen = new Set<string>();
  const events: UnplacedEvent[] = [];
  const duplicates: { index: number; id: string }[] = [];
  let lastHlc = context.lastHlc;
  for (const [index, draft] of drafts.entries()) {
    const id = draftId(draft, at, context);
    const known = context.isKnown(id);
    if (known && context.repeats === "real") return null;
    // The same words twice in one save are one event, also of a real change: another time would not tell them apart.
    if (known || seen.has(id)) {
      duplicates.push({ index, id });
      continue;
    }
    seen.add(id);
    lastHlc = nextHlc(lastHlc, context.hlcMs + shift, context.now, context.device);
    events.push(event(draft, id, at, lastHlc, context));
  }
  return { events, duplicates, at, lastHlc };
}

function draftId(draft: EventDraft, at: number, { hasher, vault, canvas }: MintContext): string {
  const canvasPath = canvas?.path ?? null;
  return eventId(hasher, { vault, canvasPath, subjectId: draft.subject.id, type: draft.type, at, data: draft.data });
}

function event(draft: EventDraft, id: string, at: number, hlc: string, context: MintContext): UnplacedEvent {
  const { device, vault, canvas, origin } = context;
  const { type, subject, data, priority } = draft;
  return { v: EVENT_VERSION, id, type, at, hlc, device, vault, canvas, subject, origin, priority, data };
}
