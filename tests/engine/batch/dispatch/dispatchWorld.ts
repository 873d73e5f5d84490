import { createSlots, type Slots } from "../../../../src/engine/kernel/slots";
import type { Logger } from "../../../../src/engine/kernel/logger";
import type { CanvasRef, LearningEvent, Priority } from "../../../../src/engine/learning/event";
import type { Connected } from "../../../../src/engine/graph/port";
import type { StoreBatch } from "../../../../src/engine/graph/rows";
import type { MadeRows } from "../../../../src/engine/batch/dispatch/attempt";
import type { DeadLetter } from "../../../../src/engine/batch/dispatch/deadLetter";
import { Dispatcher } from "../../../../src/engine/batch/dispatch/dispatcher";
import type { DispatcherParts } from "../../../../src/engine/batch/dispatch/dispatcherParts";
import type { BatchFact } from "../../../../src/engine/batch/dispatch/batchFact";
import { defaultBatchSettings, type BatchSettings } from "../../../../src/engine/batch/policy/settings";
import type { Settlement } from "../../../../src/engine/batch/dispatch/settlements";
import { emptyStats, reduce, type Stats } from "../../../../src/engine/stats/reduce";
import { emptyStoreStats, type StoreStats } from "../../../../src/engine/stats/storeStats";
import { batchOf, eventRow, hlc } from "../../../contracts/graphRows";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { seededRandom } from "../../../fakes/seededRandom";
import { expectBalanced } from "../../stats/identity";

export const vault = "v";
export const store = "neo4j";

let minted = 0;

export interface MadeEvent {
  readonly canvas?: string;
  readonly node?: string;
  readonly priority?: Priority;
  readonly text?: string;
}

/** A new event, later than every one before it. */
export function event({ canvas = "c1", node = "n1", priority = "NORMAL", text = "" }: MadeEvent = {}): LearningEvent {
  minted += 1;
  const at = 1_000_000 + minted;
  const ref: CanvasRef = { id: canvas, path: `${canvas}.canvas` };
  return {
    v: 1,
    id: `event-${String(minted).padStart(8, "0")}`,
    type: "node_updated",
    at,
    hlc: hlc(at),
    seq: minted,
    device: "d1",
    vault,
    canvas: ref,
    subject: { kind: "node", id: node },
    origin: "edit",
    priority,
    data: { text },
  };
}

export function events(count: number, made: MadeEvent = {}): readonly LearningEvent[] {
  return Array.from({ length: count }, () => event(made));
}

/** Rows as the local graph would give them: here the events alone. */
export function rowsOf(list: readonly LearningEvent[]): StoreBatch {
  const rows = list.map((one) =>
    eventRow(vault, one.id, `${one.canvas?.id ?? ""}#${one.subject.id}`, {
      hlc: one.hlc,
      seq: one.seq,
      canvas: one.canvas?.id ?? null,
    }),
  );
  return batchOf(vault, { events: rows });
}

export function madeRows(list: readonly LearningEvent[]): MadeRows {
  return { kind: "rows", rows: rowsOf(list) };
}

/** A journal with what is owed to one store, by the same rules as a real one. */
export class OwedEvents {
  readonly all: LearningEvent[] = [];
  readonly acknowledged = new Map<string, number>();
  readonly letters: DeadLetter[] = [];
  readonly dead = new Set<string>();
  private readonly early = new Set<string>();
  reads = 0;
  failing = false;
  /** Milliseconds between the look into the journal and its answer. */
  readMs = 0;

  constructor(private readonly clock: ManualClock | null = null) {}

  async read(cursor: number | null, limit: number): Promise<{ events: readonly LearningEvent[]; cursor: number }> {
    this.reads += 1;
    if (this.failing) throw new Error("the disk is gone");
    const found: LearningEvent[] = [];
    let at = cursor ?? 0;
    for (; at < this.all.length && found.length < limit; at += 1) {
      const one = this.all[at];
      if (one !== undefined && this.owes(one)) found.push(one);
    }
    const { clock, readMs } = this;
    await (clock === null || readMs === 0
      ? Promise.resolve()
      : new Promise<void>((resolve) => clock.after(readMs, resolve)));
    return { events: found, cursor: at };
  }

  owes({ id }: LearningEvent): boolean {
    return !this.acknowledged.has(id) && !this.dead.has(id);
  }

  isLast({ id }: LearningEvent): boolean {
    return !this.early.has(id);
  }

  /** Journals an event before all others, as a segment of another device that arrives late does. */
  putFirst(one: LearningEvent): void {
    this.all.unshift(one);
    this.early.add(one.id);
  }

  /** What became of those that are no longer owed. */
  outcomes(list: readonly LearningEvent[]): ReadonlyMap<string, "stored" | "dead"> {
    const settled = list.filter((one) => !this.owes(one));
    return new Map(settled.map(({ id }) => [id, this.dead.has(id) ? "dead" : "stored"]));
  }

  acknowledge(list: readonly LearningEvent[]): void {
    for (const { id } of list) this.acknowledged.set(id, (this.acknowledged.get(id) ?? 0) + 1);
  }

  bury(letter: DeadLetter): void {
    this.letters.push(letter);
    this.dead.add(letter.event.id);
  }

  get pending(): number {
    return this.all.filter((one) => this.owes(one)).length;
  }
}

export interface World {
  readonly clock: ManualClock;
  readonly store: MemoryGraphStore;
  readonly owed: OwedEvents;
  readonly slots: Slots;
  readonly dispatcher: Dispatcher<number>;
  readonly facts: BatchFact[];
  readonly logs: string[];
  readonly connected: Connected[];
  /** What the panel would show of this store. */
  stats(): StoreStats;
  whole(): Stats;
  /** Journals events and offers them. */
  offer(list: readonly LearningEvent[]): void;
  /** Waits for events as a caller does who has looked up what is settled already. */
  settled(list: readonly LearningEvent[], deadlineMs: number): Promise<Settlement>;
  /** Ids in the order in which the store took them, by canvas. */
  order(): Map<string, string[]>;
}

export interface WorldOptions {
  readonly settings?: Partial<BatchSettings>;
  readonly parts?: Partial<DispatcherParts<number>>;
  readonly store?: MemoryGraphStore;
  readonly clock?: ManualClock;
  readonly owed?: OwedEvents;
  readonly slots?: Slots;
  readonly seed?: number;
}

export function newWorld(options: WorldOptions = {}): World {
  const clock = options.clock ?? new ManualClock();
  const memory = options.store ?? new MemoryGraphStore({ vault, clock });
  const owed = options.owed ?? new OwedEvents(clock);
  const settings = { ...defaultBatchSettings, ...options.settings };
  const slots = options.slots ?? createSlots(settings.concurrency);
  const facts: BatchFact[] = [];
  const logs: string[] = [];
  const connected: Connected[] = [];
  const say = (message: string): void => void logs.push(message);
  const logger: Logger = { debug: say, warn: say, error: say };
  let stats = emptyStats;
  const dispatcher = new Dispatcher<number>({
    name: store,
    store: memory,
    source: owed,
    keyOf: (one) => one.canvas?.id ?? one.subject.id,
    priorityOf: (one) => one.priority,
    connected: (answer) => void connected.push(answer),
    rowsFor: (list) => Promise.resolve(madeRows(list)),
    acknowledge: (list) => owed.acknowledge(list),
    bury: (letter) => owed.bury(letter),
    slots,
    clock,
    random: seededRandom(options.seed ?? 1),
    logger,
    record: (fact) => {
      facts.push(fact);
      stats = reduce(stats, fact);
      expectBalanced((stats.stores.get(store) ?? emptyStoreStats).counts);
    },
    settings,
    ...options.parts,
  });
  return {
    clock,
    store: memory,
    owed,
    slots,
    dispatcher,
    facts,
    logs,
    connected,
    stats: () => stats.stores.get(store) ?? emptyStoreStats,
    whole: () => stats,
    offer: (list) => {
      owed.all.push(...list);
      dispatcher.offer(list);
    },
    settled: (list, deadlineMs) => {
      const ids = list.map((one) => one.id);
      return dispatcher.settled(ids, deadlineMs, owed.outcomes(list));
    },
    order: () => orderOf(owed),
  };
}

/** A world whose dispatcher is connected and has found its journal read. */
export async function startedWorld(options: WorldOptions = {}): Promise<World> {
  const world = newWorld(options);
  world.dispatcher.start();
  await world.clock.flush();
  return world;
}

function orderOf(owed: OwedEvents): Map<string, string[]> {
  const canvases = new Map(owed.all.map((one) => [one.id, one.canvas?.id ?? ""]));
  const order = new Map<string, string[]>();
  for (const id of owed.acknowledged.keys()) {
    const canvas = canvases.get(id) ?? "";
    order.set(canvas, [...(order.get(canvas) ?? []), id]);
  }
  return order;
}
