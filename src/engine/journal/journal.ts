import type { LearningEvent, UnplacedEvent } from "../learning/event";
import type { JournalState } from "./journalState";
import type { ReadonlyRanges } from "./ranges";

/** What the journals of all devices hold. */
export interface JournalCounts {
  /** Events, each once. */
  readonly events: number;
  /** Lines of our own journal that were set aside because they could not be read. */
  readonly quarantined: number;
  /** What cut writes left behind in our own journal. Nothing that was acknowledged is among it. */
  readonly cut: number;
  /** Lines of other devices' journals that cannot be read. */
  readonly unreadable: number;
  /** Lines of a newer version, kept and skipped. */
  readonly newer: number;
  /** Lines whose event stands elsewhere too. */
  readonly duplicates: number;
}

export interface ReadRequest {
  readonly device: string;
  /** First and last seq, both included. Without `to`: what is there now. */
  readonly from: number;
  readonly to?: number;
}

/** The journals of all devices, for reading. Every read rejects with StorageError when the host cannot read. */
export interface JournalReader {
  /** Our own device. */
  readonly device: string;
  readonly counts: JournalCounts;
  /** Devices with a journal, our own first. */
  devices(): readonly string[];
  /** The places of a device whose events can be read and sent. It changes as events arrive. */
  present(device: string): ReadonlyRanges;
  /** Whether an event is in any journal or on its way to ours. */
  has(id: string): boolean;
  /** The events of one device in `seq` order. */
  read(request: ReadRequest): AsyncIterable<LearningEvent>;
  /** The events on these places in `seq` order. Lines between them are not parsed. */
  readPlaces(device: string, places: ReadonlyRanges): AsyncIterable<LearningEvent>;
  /** Every event once, device by device, each in `seq` order. */
  all(): AsyncIterable<LearningEvent>;
  /** Every event once that `keep` says yes to, merged over all devices in `hlc` order. */
  inHlcOrder(keep?: (event: LearningEvent) => boolean): AsyncIterable<LearningEvent>;
  /**
   * Looks for what other devices' folders brought and hands each new event out once. Resolves with their number.
   * `onDoubted` hears of places on which another event stands now than the one that is known; it is waited for.
   */
  refreshOthers(
    onEvent: (event: LearningEvent) => void,
    onDoubted?: (device: string, places: ReadonlyRanges) => Promise<void>,
  ): Promise<number>;
}

/** Our own journal, for writing. One process at a time may hold it. */
export interface Journal extends JournalReader {
  readonly state: JournalState;
  /** Bytes of its segments. */
  readonly bytes: number;
  /** Hears of every change of `state`. */
  onState(listener: (state: JournalState) => void): () => void;
  /**
   * Hears of events whose append was rejected although their lines are durable: fold and send them. What was found
   * before anybody listens is read with the rest of the journal.
   */
  onRecovered(listener: (events: readonly LearningEvent[]) => void): () => void;
  /**
   * Gives the events their places, in the order of the calls, and resolves once their lines are as safe as the host
   * makes them. Rejects with StorageError: then none of them is acknowledged, and those whose lines got there all the
   * same come through `onRecovered`. From the call on `has` knows them. Throws on an event that `has` knows.
   */
  append(events: readonly UnplacedEvent[]): Promise<readonly LearningEvent[]>;
  /**
   * The append of an event that is on its way, null for any other event. It settles as that call does: until it
   * resolves, the event that `has` knows may still be lost.
   */
  onItsWay(id: string): Promise<unknown> | null;
  /**
   * Finds out whether the host keeps lines again when `state` is failing, by a file that it removes again. Does nothing
   * when it is not. Never rejects: `state` says how it went.
   */
  tryAgain(): Promise<void>;
  /** Keeps what now stands on which place, for the next opening to compare. Rejects with StorageError. */
  keepProofs(): Promise<void>;
  /** Resolves when every append has been answered. */
  idle(): Promise<void>;
}
