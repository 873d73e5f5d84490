import type { Hasher } from "../kernel/hash";
import type { LearningEvent, UnplacedEvent } from "../learning/event";
import type { EncodedCall, Group, PlacedCall } from "./appendGroup";
import { AppendQueue, type AppendCall } from "./appendQueue";
import { asStorageError } from "./asStorageError";
import type { JournalIndex } from "./journalIndex";
import { sameState, type JournalState } from "./journalState";
import { encodeLine, placeEvent } from "./line";
import type { StorageError } from "./port";
import type { SegmentWriter, WrittenLines } from "./segmentWriter";

export interface AppenderOptions {
  readonly device: string;
  readonly index: JournalIndex;
  readonly writer: SegmentWriter;
  readonly hasher: Hasher;
  /** Once a group has this many characters, the calls behind it wait for the next one. */
  readonly groupLength: number;
  /** The greatest seq that anybody may know of. */
  readonly lastSeq: number;
  /** Whether a repair must come before the first append. */
  readonly damaged: boolean;
  /** Makes the segment fit to be written again after an append that failed, and finds what that one did write. */
  repair(onEvent: (event: LearningEvent) => void): Promise<void>;
  /** Events whose append was rejected although their lines are durable. They are in the journal: fold and send them. */
  onRecovered(events: readonly LearningEvent[]): void;
  onState(state: JournalState): void;
}

/**
 * Group commit. A call that comes while nothing is being written leaves at once; those that come during a write leave
 * together after it. There is no timer, so nobody waits for company.
 *
 * When a write fails, the calls that wait behind it fail with it: were they written later, an event could become
 * durable although an earlier one of the same canvas did not.
 */
export class Appender {
  private readonly queue = new AppendQueue();
  /** Ids that are on their way, so that nobody records the same event meanwhile, with what their append promises. */
  private readonly claims = new Map<string, Promise<readonly LearningEvent[]>>();
  /** The calls that are not answered yet. */
  private readonly open = new Set<AppendCall>();
  /** Events of those calls that got a place: from us, or because a repair found them in the segment. By id. */
  private readonly places = new Map<string, LearningEvent>();
  private lastSeq: number;
  private damaged: boolean;
  private busy = false;
  private run: Promise<void> = Promise.resolve();
  private state: JournalState = { kind: "ok" };

  constructor(private readonly options: AppenderOptions) {
    this.lastSeq = options.lastSeq;
    this.damaged = options.damaged;
  }

  get currentState(): JournalState {
    return this.state;
  }

  /** Whether the event is in a journal or on its way to ours. */
  has(id: string): boolean {
    return this.claims.has(id) || this.options.index.ids.has(id);
  }

  /** The append that carries the event, or null when none does. */
  onItsWay(id: string): Promise<unknown> | null {
    return this.claims.get(id) ?? null;
  }

  /** Throws on an event that `has` knows or that is of another device: those are mistakes of the caller. */
  append(events: readonly UnplacedEvent[]): Promise<readonly LearningEvent[]> {
    this.check(events);
    if (events.length === 0) return Promise.resolve([]);
    const appended = new Promise<readonly LearningEvent[]>((resolve, reject) => this.take({ events, resolve, reject }));
    for (const { id } of events) this.claims.set(id, appended);
    if (!this.busy) this.begin(() => this.commitAll());
    return appended;
  }

  /** After an append that failed: sees whether the host would keep lines again. Never rejects. */
  async tryAgain(): Promise<void> {
    if (this.state.kind === "ok") return;
    // An append that is under way finds it out by itself.
    if (!this.busy) this.begin(() => this.probe());
    await this.run;
  }

  /** Resolves when no call waits any more. Never rejects. */
  async idle(): Promise<void> {
    while (this.busy) await this.run;
  }

  private begin(work: () => Promise<void>): void {
    this.busy = true;
    // Whatever throws here is a mistake of ours. It must not leave the journal busy, and its makers waiting, for ever.
    this.run = work().catch((error: unknown) => this.giveUp(error));
  }

  private take(call: AppendCall): void {
    this.queue.push(call);
    this.open.add(call);
  }

  /** Nobody knows how the segment stands: it is repaired before the next append. */
  private giveUp(error: unknown): void {
    const failure = asStorageError(error);
    this.damaged = true;
    this.busy = false;
    this.queue.takeAll();
    this.refuse([...this.open], failure);
    this.setState(failing(failure));
  }

  private check(events: readonly UnplacedEvent[]): void {
    const fresh = new Set<string>();
    for (const { id, device } of events) {
      if (device !== this.options.device) throw new RangeError(`expected device ${this.options.device}, got ${device}`);
      if (fresh.has(id) || this.has(id)) throw new RangeError(`event ${id} is in the journal already`);
      fresh.add(id);
    }
  }

  // Up to the first await this runs within `append`: a lone event is handed to the host before that returns.
  private async commitAll(): Promise<void> {
    while (!this.queue.isEmpty) {
      const broken = this.damaged ? await this.repair() : null;
      if (broken === null) await this.commit(this.takeGroup());
      else this.failWaiting(broken);
    }
    this.busy = false;
  }

  private async probe(): Promise<void> {
    const broken = this.damaged ? await this.repair() : null;
    const error = broken ?? (await this.options.writer.tryRoom());
    this.setState(error === null ? { kind: "ok" } : failing(error));
    // Calls that came meanwhile are tried whatever the probe came to.
    await this.commitAll();
  }

  private async commit(group: Group): Promise<void> {
    const { writer } = this.options;
    let durable = 0;
    const error = await writer.write(group.lines, (written) => {
      this.keep(group.events, written);
      durable = written.to;
    });
    if (error !== null) {
      this.damaged = true;
      await this.repair();
    }
    const lost = group.calls.filter(({ end }) => end > durable);
    for (const { call, events, end } of group.calls) if (end <= durable) this.settle(call, events);
    if (error === null) {
      if (group.lines.length > 0) this.setState({ kind: "ok" });
    } else {
      this.refuse(lost.map(({ call }) => call), error);
      this.failWaiting(error);
    }
  }

  private takeGroup(): Group {
    const calls: PlacedCall[] = [];
    const events: LearningEvent[] = [];
    const lines: string[] = [];
    let length = 0;
    while (length < this.options.groupLength) {
      const call = this.queue.take();
      if (call === null) break;
      const encoded = this.encode(call);
      if (encoded === null) continue;
      for (const event of encoded.fresh) events.push(event);
      for (const line of encoded.lines) {
        lines.push(line);
        length += line.length;
      }
      calls.push({ call, events: encoded.placed, end: lines.length });
    }
    return { calls, events, lines };
  }

  /** Null when the call holds what JSON cannot hold; it alone is refused. */
  private encode(call: AppendCall): EncodedCall | null {
    const fresh: LearningEvent[] = [];
    const placed = call.events.map((event) => {
      const found = this.places.get(event.id);
      if (found !== undefined) return found;
      const made = placeEvent(event, (this.lastSeq += 1));
      fresh.push(made);
      return made;
    });
    try {
      const lines = fresh.map((event) => encodeLine(event, this.options.hasher));
      for (const event of fresh) this.places.set(event.id, event);
      return { placed, fresh, lines };
    } catch (error) {
      this.refuse([call], error);
      return null;
    }
  }

  private keep(events: readonly LearningEvent[], { from, to, position }: WrittenLines): void {
    this.options.index.keepWritten(events.slice(from, to), position);
  }

  private async repair(): Promise<StorageError | null> {
    const recovered: LearningEvent[] = [];
    let failure: StorageError | null = null;
    try {
      await this.options.repair((event) => recovered.push(event));
      this.damaged = false;
    } catch (error) {
      failure = asStorageError(error);
    }
    // A claimed one belongs to a call that has not been answered yet; it hears of it there.
    for (const event of recovered) if (this.claims.has(event.id)) this.places.set(event.id, event);
    this.tellRecovered(recovered.filter(({ id }) => !this.claims.has(id)));
    return failure;
  }

  private failWaiting(error: StorageError): void {
    this.refuse(this.queue.takeAll(), error);
    this.setState(failing(error));
  }

  private settle(call: AppendCall, events: readonly LearningEvent[]): void {
    this.release(call);
    call.resolve(events);
  }

  // Lines that a failed write left whole are events, but nobody can say how safe they are: their makers are refused.
  private refuse(calls: readonly AppendCall[], error: unknown): void {
    const durable = calls.flatMap((call) => this.durable(call));
    for (const call of calls) {
      this.release(call);
      call.reject(error);
    }
    this.tellRecovered(durable);
  }

  /** Those of its events that the journal has all the same. */
  private durable({ events }: AppendCall): readonly LearningEvent[] {
    return events.flatMap(({ id }) => {
      const event = this.places.get(id);
      return event !== undefined && this.options.index.ids.has(id) ? [event] : [];
    });
  }

  private release(call: AppendCall): void {
    this.open.delete(call);
    for (const { id } of call.events) {
      this.claims.delete(id);
      this.places.delete(id);
    }
  }

  private tellRecovered(events: readonly LearningEvent[]): void {
    if (events.length > 0) this.options.onRecovered(events);
  }

  private setState(state: JournalState): void {
    const isNews = !sameState(state, this.state);
    this.state = state;
    if (isNews) this.options.onState(state);
  }
}

function failing({ fault, message }: StorageError): JournalState {
  return { kind: "failing", fault, message };
}
