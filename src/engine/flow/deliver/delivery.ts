import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import type { Slots } from "../../kernel/slots";
import { queuePriority } from "../../learning/priority";
import { Dispatcher } from "../../batch/dispatch/dispatcher";
import type { BatchFact } from "../../batch/dispatch/batchFact";
import type { BatchSettings } from "../../batch/policy/settings";
import type { GraphStore } from "../../graph/port";
import type { DebtCursor } from "./journalDebt";
import { RowMaker, type RowMakerParts } from "./rowMaker";
import { StoreLedger, type StoreLedgerParts } from "./storeLedger";
import { streamOf } from "../record/streams";

/** The name of the store beside the local graph. */
export const STORE = "neo4j";

export interface DeliveryParts extends StoreLedgerParts, RowMakerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly record: (fact: BatchFact) => void;
  /** Events that the store, now that it said who it is, still has to get, and those it refused before. */
  readonly backlog: (pending: number, dead: number) => void;
  /** Shared by all stores of this process: together they write no more batches at once than a person allows. */
  readonly slots: Slots;
}

/** One store in use: what it has by its ledger, and the dispatcher that brings it the rest. */
export interface Delivery {
  readonly store: GraphStore;
  readonly ledger: StoreLedger;
  readonly rows: RowMaker;
  readonly dispatcher: Dispatcher<DebtCursor>;
}

/** Nothing is connected before the dispatcher is started. */
export function deliveryTo(store: GraphStore, settings: BatchSettings, parts: DeliveryParts): Delivery {
  const { acks, backlog, clock, dead, journal, logger, random, record, slots } = parts;
  const rows = new RowMaker(parts, store.level);
  const ledger = new StoreLedger({ acks, dead, journal }, store.address);
  const dispatcher = new Dispatcher<DebtCursor>({
    name: STORE,
    store,
    source: ledger,
    slots,
    clock,
    random,
    logger,
    record,
    settings,
    keyOf: streamOf,
    priorityOf: (event) => queuePriority(event.priority, event.origin),
    connected: (connected) => {
      ledger.recognise(connected);
      backlog(ledger.counts.pending, ledger.counts.dead);
    },
    rowsFor: (events, signal) => rows.rowsFor(events, signal),
    acknowledge: (events) => ledger.acknowledge(events),
    bury: (letter) => ledger.bury(letter),
  });
  return { store, ledger, rows, dispatcher };
}
