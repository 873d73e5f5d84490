import type { JsonObject } from "../kernel/json";

/** Version of the event format that this code writes. Lines of a newer one are kept and skipped. */
export const EVENT_VERSION = 1;

export type Priority = "LOW" | "NORMAL" | "HIGH" | "CRITICAL";

export type SubjectKind = "node" | "edge" | "canvas" | "note" | "concept";

export interface Subject {
  readonly kind: SubjectKind;
  /** The file's own id of a node or edge, the canvas id, the vault path of a note, the normalised name of a concept. */
  readonly id: string;
}

/** Where an event comes from. `index` and `catch-up` queue as LOW whatever their priority says. */
export type Origin = "index" | "catch-up" | "edit" | "command" | "api" | "task" | "review";

export interface CanvasRef {
  /** Minted when the canvas was first seen and kept through renames. */
  readonly id: string;
  /** The vault path at the time of the event (for a rename the new one). */
  readonly path: string;
}

/** What happened, before it has an identity: made by the stages that read files, commands and the API. */
export interface EventDraft {
  /** A type of the event table. Kept as text: journals of newer versions and other devices may name others. */
  readonly type: string;
  readonly subject: Subject;
  readonly data: JsonObject;
  readonly priority: Priority;
}

/**
 * One thing that happened, immutable. The same type is journaled, projected and sent.
 */
export interface LearningEvent extends EventDraft {
  readonly v: number;
  /** SHA-256 hex of the canonical JSON of `[1, vault, canvas path | null, subject.id, type, at, data]`. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `pad13(ms)-pad6(counter)-device`: the order of everything, strictly increasing per canvas. */
  readonly hlc: string;
  /** Position in the journal of the device that recorded it, from 1. */
  readonly seq: number;
  /** The device that recorded it. */
  readonly device: string;
  /** The vault's UUID. */
  readonly vault: string;
  /** Null for events of notes and concepts. */
  readonly canvas: CanvasRef | null;
  readonly origin: Origin;
}

/** An event that has everything but its place in the journal. */
export type UnplacedEvent = Omit<LearningEvent, "seq">;
