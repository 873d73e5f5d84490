import type { MasteryLevel } from "../../learning/mastery";
import type { Origin, Subject } from "../../learning/event";

/** Changes by the level that they led to; `none`: the level was taken away. */
export type LevelFigures = Readonly<Record<MasteryLevel | "none", number>>;

export interface DayOfLearning {
  /** `YYYY-MM-DD`, a day of this device's time zone. */
  readonly day: string;
  readonly levels: LevelFigures;
  readonly total: number;
}

export interface CanvasMovement {
  /** The path that the canvas has now. */
  readonly path: string;
  readonly live: boolean;
  readonly changes: number;
  /** Changes from one level to a better one, and to a worse one. */
  readonly up: number;
  readonly down: number;
}

/** An answer may come before everything was read; it then lacks what is older, and `onGrown` says when to ask again. */
export interface Answer {
  readonly complete: boolean;
}

/** How levels of mastery changed. What was there when a canvas was first looked at is no change. */
export interface Movement extends Answer {
  /** One for each day, the last one is today. */
  readonly days: readonly DayOfLearning[];
  /** Those with the most changes first. */
  readonly canvases: readonly CanvasMovement[];
  /** How many canvases changed at all. */
  readonly moved: number;
}

export interface MovementQuery {
  /** How many days, 1–366, today among them. */
  readonly days: number;
  /** Canvases in the answer at most. */
  readonly canvases: number;
  /** A vault path: only changes on this canvas. */
  readonly canvas?: string;
}

/** A canvas by its vault path, or one thing on it. */
export interface RecallSubject {
  readonly canvas: string;
  readonly node?: string;
}

/** What an event says, for a person. Texts are cut to 200 characters. */
export type Happening =
  | { readonly kind: "level"; readonly from: string | null; readonly to: string | null; readonly fromColor: string | null; readonly toColor: string | null }
  | { readonly kind: "created" | "removed"; readonly color: string | null; readonly level: string | null }
  | { readonly kind: "text"; readonly before: string | null; readonly after: string | null }
  | { readonly kind: "changed"; readonly keys: readonly string[] }
  | { readonly kind: "connected" | "disconnected" | "connection-changed" }
  | { readonly kind: "score"; readonly score: number | null; readonly previous: number | null }
  | { readonly kind: "review"; readonly rating: number | string | null; readonly due: number | string | null }
  | { readonly kind: "explained"; readonly generator: string | null }
  | { readonly kind: "canvas-created" | "canvas-deleted" }
  | { readonly kind: "canvas-renamed"; readonly from: string | null; readonly to: string | null }
  | { readonly kind: "other"; readonly type: string };

export interface TimelineEntry {
  /** The event's id. */
  readonly id: string;
  /** Epoch ms at which it happened. */
  readonly at: number;
  /** Its place in the order of everything: what a next page begins behind. */
  readonly hlc: string;
  readonly device: string;
  readonly origin: Origin;
  readonly canvas: string;
  readonly subject: Subject;
  /** What the card is about, where the event says so. */
  readonly concept: string | null;
  readonly what: Happening;
}

export interface TimelineQuery extends RecallSubject {
  /** Entries at most, 1–200. */
  readonly limit: number;
  /** The `hlc` of the last entry of the page before. */
  readonly before?: string;
}

/** The newest first. Moves are left out, and so are the cards that were there when a canvas was first looked at. */
export interface TimelinePage extends Answer {
  readonly entries: readonly TimelineEntry[];
  readonly more: boolean;
}

export interface PastNode {
  readonly id: string;
  readonly type: string | null;
  /** Its text, file, address or label, cut to 500 characters. */
  readonly text: string;
  readonly color: string | null;
  readonly level: string | null;
  readonly score: number | null;
}

/** What was there at a moment, as far as it is known. */
export type PastState =
  /** Nothing is known of that time. `since` is the time (epoch ms) from which on something is; null: there is nothing at all. */
  | { readonly kind: "unknown"; readonly since: number | null }
  /** It was made later, at `since`. */
  | { readonly kind: "not-yet"; readonly since: number }
  | { readonly kind: "removed" }
  | {
      readonly kind: "there";
      /** The path that the canvas had then. */
      readonly path: string;
      readonly nodes: readonly PastNode[];
      /** How many nodes there were, also beyond those in `nodes`. */
      readonly total: number;
      readonly edges: number;
    };

export interface PastQuery extends RecallSubject {
  /** Epoch ms: everything that happened up to then counts. */
  readonly at: number;
  /** Nodes in the answer at most. */
  readonly limit: number;
}

export interface DueItem {
  readonly subject: { readonly kind: "note"; readonly path: string } | { readonly kind: "node"; readonly canvas: string; readonly node: string };
  readonly title: string;
  /** A local day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Days from today; negative: it is overdue. */
  readonly days: number;
}

export interface DueQuery {
  /** A vault path: only its cards, and the notes that are on it. */
  readonly canvas?: string;
  /** Days ahead that count too; 0: what is due today or was before. */
  readonly days: number;
  readonly limit: number;
}

/** What is due, the longest overdue first. */
export interface DueList extends Answer {
  readonly items: readonly DueItem[];
  readonly total: number;
}

/**
 * What the journals of all devices tell about learning. The first question reads them once, in slices, the newest events
 * first; later ones read only what came since. Every method rejects with StorageError when they cannot be read, and with RangeError for a query
 * out of its range. Days are those of this device's time zone.
 */
export interface Recall {
  movement(query: MovementQuery): Promise<Movement>;
  timeline(query: TimelineQuery): Promise<TimelinePage>;
  /** The first and the last moment (epoch ms) of a local day, `YYYY-MM-DD`. */
  daySpan(day: string): { readonly first: number; readonly last: number };
  /** A canvas, or one node of it, as it was at a moment. It waits until everything is read. */
  asItWas(query: PastQuery): Promise<PastState>;
  due(query: DueQuery): Promise<DueList>;
  /** Calls back when an answer that was not complete would be fuller now. */
  onGrown(listener: () => void): () => void;
}
