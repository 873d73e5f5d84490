import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import type { Entry } from "./entry";
import { LinkedList, type Linked } from "../queue/linkedList";
import type { Overflow, Taken } from "./overflow";

/** Items in one `put`. */
const CHUNK = 1_000;
/** Milliseconds until an overflow that could not be read is read again. */
const RETRY_MS = 1_000;

/** What of an item stays in memory while its value is in the overflow. */
interface Stub<T, R> extends Linked<Stub<T, R>> {
  readonly entry: Entry<T, R>;
  /** Its key; undefined when it has none. */
  readonly key: string | undefined;
}

export interface SpillParts<T, R> {
  readonly domain: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly overflow: Overflow<T>;
  /** Items that memory has room for. */
  readonly room: () => number;
  /** An item is back in memory. */
  readonly returned: (entry: Entry<T, R>, key: string | undefined) => void;
  /** Items for which the overflow has no room either. */
  readonly refused: (entries: readonly Entry<T, R>[]) => void;
  /** The overflow has lost an item. */
  readonly lost: (entry: Entry<T, R>) => void;
  /** Items came back, or it is time to ask again later. */
  readonly changed: () => void;
}

/**
 * The items of one lane for which memory had no room, in order. While there are any, every new item of the lane goes
 * behind them, so that order inside a key holds over memory and overflow. Values leave memory when the overflow has
 * them; what stays is who waits for them.
 */
export class Spill<T, R> {
  /** Items of it that have not ended. */
  size = 0;
  /** When reading is to be tried again (monotonic); Infinity when it need not. */
  againAt = Infinity;
  private leaving: Stub<T, R>[] = [];
  private readonly kept = new LinkedList<Stub<T, R>>();
  private busy = false;
  private closed = false;
  /** The overflow may have items that nobody waits for: new ones behind them would be taken for others. */
  private stale = false;
  private moving: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SpillParts<T, R>) {}

  /** Whether a new item has to go behind what is here. */
  get behind(): boolean {
    return this.leaving.length > 0 || this.kept.length > 0 || this.busy;
  }

  /** Whether nothing is here, also not what has ended. */
  get isClear(): boolean {
    return !this.behind && !this.stale;
  }

  add(entry: Entry<T, R>, key: string | undefined): void {
    entry.place = "spilled";
    this.size += 1;
    this.leaving.push({ entry, key, previous: null, next: null });
  }

  /** An item of it has ended. Its value stays in the overflow until its turn, and is then forgotten. */
  ended(): void {
    this.size -= 1;
  }

  /** Puts what has to leave and takes what has room. Call it after every change of either. */
  move(): void {
    if (this.busy) return;
    // Also where nothing can move now: a time that has passed would be rung for again and again.
    this.againAt = Infinity;
    if (!this.canMove()) return;
    this.busy = true;
    this.moving = this.moveAll()
      .catch((error: unknown) => this.parts.logger.error(`items of ${this.parts.domain} stay in the overflow: ${reasonOf(error)}`))
      .finally(() => {
        this.busy = false;
        this.parts.changed();
      });
  }

  /**
   * Forgets everything, also what the overflow has. Resolves when nothing of it is under way. Its items have ended.
   * Rejects where the overflow cannot forget; nothing is put there before it could.
   */
  async empty(): Promise<void> {
    this.closed = true;
    await this.moving;
    for (let stub = this.kept.first; stub !== null; stub = this.kept.first) this.kept.remove(stub);
    this.leaving = [];
    this.againAt = Infinity;
    this.stale = true;
    this.closed = false;
    await this.clear();
  }

  /** Everything that has not ended, in order. */
  *live(): IterableIterator<Entry<T, R>> {
    for (let stub = this.kept.first; stub !== null; stub = stub.next) if (isLive(stub)) yield stub.entry;
    for (const stub of this.leaving) if (isLive(stub)) yield stub.entry;
  }

  private canMove(): boolean {
    return !this.closed && (this.leaving.length > 0 || this.canTake());
  }

  private canTake(): boolean {
    return this.kept.length > 0 && (this.size === 0 || this.parts.room() > 0);
  }

  private async moveAll(): Promise<void> {
    while (this.canMove()) {
      if (this.canTake()) {
        if (!(await this.take())) return;
      } else await this.put();
    }
  }

  private async put(): Promise<void> {
    const leaving = this.leaving.slice(0, CHUNK);
    const stubs = leaving.filter(isLive);
    const fits = stubs.length > 0 && (await this.isPut(stubs));
    // Not before: a stop meanwhile has to find them here to end them.
    this.leaving.splice(0, leaving.length);
    for (const stub of stubs) {
      if (!fits) continue;
      stub.entry.value = undefined;
      this.kept.append(stub);
    }
    if (!fits) this.refuse(stubs);
  }

  private async isPut(stubs: readonly Stub<T, R>[]): Promise<boolean> {
    const { domain, overflow, logger } = this.parts;
    try {
      if (this.stale) await this.clear();
      // A spilled item keeps its value until the overflow has it.
      return await overflow.put(domain, stubs.map(({ entry }) => entry.value as T));
    } catch (error) {
      logger.error(`items of ${domain} are refused, for the overflow did not take them: ${reasonOf(error)}`);
      return false;
    }
  }

  private async clear(): Promise<void> {
    await this.parts.overflow.clear(this.parts.domain);
    this.stale = false;
  }

  private async take(): Promise<boolean> {
    const { domain, overflow, logger, room, clock } = this.parts;
    const most = Math.min(this.kept.length, this.size === 0 ? CHUNK : Math.max(1, room()));
    let taken: readonly Taken<T>[];
    try {
      taken = await overflow.take(domain, most);
    } catch (error) {
      logger.error(`items of ${domain} wait, for the overflow could not be read: ${reasonOf(error)}`);
      this.againAt = clock.monotonic() + RETRY_MS;
      return false;
    }
    for (const one of taken) this.arrived(this.first(), one);
    // An overflow that has nothing although it should has lost everything.
    while (taken.length === 0 && this.kept.length > 0) this.arrived(this.first(), { kind: "lost" });
    this.parts.changed();
    return true;
  }

  private first(): Stub<T, R> | null {
    const stub = this.kept.first;
    if (stub !== null) this.kept.remove(stub);
    return stub;
  }

  private arrived(stub: Stub<T, R> | null, taken: Taken<T>): void {
    if (stub === null || !isLive(stub)) return;
    this.size -= 1;
    if (taken.kind === "lost") return this.parts.lost(stub.entry);
    stub.entry.value = taken.item;
    this.parts.returned(stub.entry, stub.key);
  }

  private refuse(stubs: readonly Stub<T, R>[]): void {
    // One that was cancelled meanwhile has ended, and is not counted again.
    const entries = stubs.filter(isLive).map(({ entry }) => entry);
    this.size -= entries.length;
    this.parts.refused(entries);
  }
}

function isLive<T, R>({ entry }: Stub<T, R>): boolean {
  return entry.place === "spilled";
}
