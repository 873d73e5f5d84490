import { createSignal } from "../../kernel/signal";
import type { BatchSettings } from "../../batch/policy/settings";
import type { LearningEvent } from "../../learning/event";
import type { Settlement } from "../../batch/dispatch/settlements";
import type { ReadonlyRanges } from "../../journal/ranges";
import type { GraphStore } from "../../graph/port";
import { createSerial, type Serial } from "../../kernel/serial";
import { createSlots, type Slots } from "../../kernel/slots";
import { batchSettings } from "./batchSettings";
import type { LetterChoice } from "../../journal/deadLetters";
import { deliveryTo, STORE, type Delivery, type DeliveryParts } from "./delivery";
import type { EngineSettings } from "../engine";
import { forgetPlaces } from "./forgetPlaces";
import type { ComparableStore } from "./comparableStore";
import type { StoreStatus } from "../status/status";
import { storeStatus } from "./storeStatus";

/** How long a removal waits for batches under way. */
const REMOVAL_WAIT_MS = 5_000;

export interface StoreDeliveryParts extends Omit<DeliveryParts, "slots"> {
  readonly settings: EngineSettings;
  readonly changed: () => void;
}

/** Sends to the store that is in use, if any. Whatever is not acknowledged by exactly this store stays pending. */
export class StoreDelivery {
  private settings: BatchSettings;
  private current: Delivery | null = null;
  private paused = false;
  private readonly slots: Slots;
  private readonly ending = createSignal();
  /** One change of store at a time. One that fails must not block the next. */
  private readonly turn: Serial = createSerial();

  constructor(private readonly parts: StoreDeliveryParts) {
    this.settings = batchSettings(parts.settings);
    this.slots = createSlots(this.settings.concurrency);
  }

  /** Changes to another store, or to none. The one before is let go first. */
  use(store: GraphStore | null): Promise<void> {
    return this.turn(() => this.change(store));
  }

  /** News for the store: events that the journal just got. */
  offer(events: readonly LearningEvent[]): void {
    this.current?.dispatcher.offer(events);
  }

  reconnect(): void {
    this.current?.dispatcher.reconnect();
  }

  pause(): void {
    this.paused = true;
    this.current?.dispatcher.pause();
    this.parts.changed();
  }

  resume(): void {
    this.paused = false;
    this.current?.dispatcher.resume();
    this.parts.changed();
  }

  /** True when nothing is pending within the time. Gives up early when only a person can help. */
  async drain(deadlineMs: number): Promise<boolean> {
    await this.current?.dispatcher.drain(deadlineMs);
    return (this.current?.ledger.pending ?? 0) === 0;
  }

  /** What became of events within the time. Without a store they are where they belong. */
  async settled(events: readonly LearningEvent[], deadlineMs: number): Promise<Settlement> {
    const ids = events.map((event) => event.id);
    const { current } = this;
    if (current !== null) return current.dispatcher.settled(ids, deadlineMs, current.ledger.outcomes(events));
    return { outcomes: new Map(ids.map((id) => [id, "stored" as const])), batchLatenciesMs: [] };
  }

  /** Dead letters of the current store back to the pending. */
  async retryDead(choice: LetterChoice): Promise<number> {
    const letters = await this.parts.dead.retry(choice, this.parts.clock.now());
    this.current?.dispatcher.retryDead(this.current.ledger.ownEvents(letters));
    this.parts.changed();
    return letters.length;
  }

  /** Dead letters that nobody wants any more. `replacedBy` is the id of the event that says it better. */
  async discardDead(choice: LetterChoice, replacedBy?: string): Promise<number> {
    const letters = await this.parts.dead.discard(choice, this.parts.clock.now(), replacedBy);
    const own = this.current?.ledger.ownEvents(letters).length ?? 0;
    if (own > 0) this.parts.record({ store: STORE, kind: "discarded", count: own });
    this.parts.changed();
    return letters.length;
  }

  /** Everything is pending again for the store in use. */
  resend(): Promise<void> {
    return this.turn(() => this.startAnew(async (delivery) => delivery?.ledger.forget()));
  }

  /** These places of a device are pending again, for every store. Rejects with StorageError. */
  forgetPlaces(device: string, places: ReadonlyRanges): Promise<void> {
    return this.turn(() => this.startAnew(() => forgetPlaces(this.parts, device, places)));
  }

  /** The store in use, to compare it with what was sent there. */
  comparable(): ComparableStore {
    const { current } = this;
    if (current === null) return { kind: "none" };
    const { ledger, store } = current;
    if (!ledger.isKnown) return { kind: "away", message: this.status()?.message ?? "The store has not answered yet." };
    return {
      kind: "store",
      level: store.level,
      pending: () => ledger.counts.pending,
      dead: () => ledger.counts.dead,
      read: (question, signal) => store.read(question, signal),
      owed: () => ledger.owed(),
      outcomes: (events) => ledger.outcomes(events),
      resend: (places) => this.turn(() => this.resendPlaces(current, places)),
    };
  }

  /**
   * Deletes this vault's rows there. Sending stops before, since a batch under way could add rows behind the deletion;
   * after a failure it goes on. After success nothing is sent before a store is put in use again: going on would send
   * everything once more.
   */
  removeFromStore(vault: string): ReturnType<GraphStore["removeVault"]> {
    return this.turn(() => this.removeRows(vault));
  }

  get inUse(): boolean {
    return this.current !== null;
  }

  updateSettings(settings: EngineSettings): void {
    this.settings = batchSettings(settings);
    this.slots.setLimit(this.settings.concurrency);
    this.current?.dispatcher.updateSettings(this.settings);
  }

  /** Null while no store is in use. */
  status(): StoreStatus | null {
    if (this.current === null) return null;
    const { dispatcher, ledger } = this.current;
    return storeStatus(dispatcher.state, ledger.counts, dispatcher.trouble);
  }

  /** Ends within about the time, also where a change of store or a removal is under way. Nothing is sent afterwards. */
  async stop(deadlineMs: number): Promise<void> {
    this.ending.abort();
    await this.current?.dispatcher.stop(deadlineMs);
    await this.turn(async () => (await this.leave(deadlineMs))?.close());
  }

  private async change(store: GraphStore | null): Promise<void> {
    await (await this.leave(0))?.close();
    if (store !== null) this.current = this.start(store);
    this.parts.changed();
  }

  // After success sending stays stopped, and the store is shown so, until the host puts another one (or none) in use.
  private async removeRows(vault: string): ReturnType<GraphStore["removeVault"]> {
    const { current } = this;
    const { signal } = this.ending;
    if (current === null) throw new Error("no store is in use");
    await current.dispatcher.stop(REMOVAL_WAIT_MS);
    const removed = await current.store.removeVault(vault, signal);
    if (removed.kind === "failed" && !signal.aborted) current.dispatcher.start();
    this.parts.changed();
    return removed;
  }

  private resendPlaces(delivery: Delivery, places: ReadonlyMap<string, ReadonlyRanges>): Promise<void> {
    const forget = (): Promise<void> => delivery.ledger.forgetPlaces(places);
    // What another store is sent has nothing to do with it.
    return this.current === delivery ? this.startAnew(forget) : forget();
  }

  // Nothing is under way meanwhile: what is on its way to be acknowledged would be so behind the forgetting.
  private async startAnew(forget: (delivery: Delivery | null) => Promise<void>): Promise<void> {
    const { current } = this;
    if (current === null) return forget(null);
    await this.leave(0);
    try {
      await forget(current);
    } finally {
      this.current = this.start(current.store);
      this.parts.changed();
    }
  }

  /** Stops sending. The store itself stays open for whoever goes on with it. */
  private async leave(deadlineMs: number): Promise<GraphStore | null> {
    const { current } = this;
    if (current === null) return null;
    await current.dispatcher.stop(deadlineMs);
    this.current = null;
    current.rows.end();
    await current.ledger.close();
    return current.store;
  }

  private start(store: GraphStore): Delivery {
    const delivery = deliveryTo(store, this.settings, { ...this.parts, slots: this.slots });
    if (this.paused) delivery.dispatcher.pause();
    delivery.dispatcher.start();
    return delivery;
  }
}
