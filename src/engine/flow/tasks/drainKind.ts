import type { Clock } from "../../kernel/clock";
import { isJsonObject, ownMember, type JsonValue } from "../../kernel/json";
import type { Signal } from "../../kernel/signal";
import type { FailureClass } from "../../graph/port";
import type { TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";
import { STORE } from "../deliver/delivery";
import type { StoreState, StoreStatus } from "../status/status";

export interface DrainKindParts {
  readonly clock: Pick<Clock, "monotonic">;
  /** Waits at most this long. True when nothing is pending. */
  readonly drain: (deadlineMs: number) => Promise<boolean>;
  /** Null while no store is in use. */
  readonly store: () => StoreStatus | null;
}

const DEFAULT_S = 60;
const MOST_S = 86_400;
/** A wait in slices, so that a task that is cancelled ends soon. */
const SLICE_MS = 500;
/** Nobody knows before how much is pending when it runs. */
const COST_MS = 1_000;

/** Sends what is pending to the store: `{}`, or `{seconds: 30}` to give it another time than a minute. */
export function drainKind(parts: DrainKindParts): TaskKind {
  return {
    name: "drain",
    check: (item) => (secondsOf(item) === null ? `An item of the kind drain is {} or {"seconds": 1 to ${MOST_S}}.` : null),
    domainOf: () => STORE,
    keyOf: () => "drain",
    costMs: () => COST_MS,
    repeatable: true,
    run: (item, { signal }) => run(parts, (secondsOf(item) ?? DEFAULT_S) * 1_000, signal),
  };
}

/** Null when it is no item. */
function secondsOf(item: JsonValue): number | null {
  if (!isJsonObject(item) || Object.keys(item).some((key) => key !== "seconds")) return null;
  const seconds = ownMember(item, "seconds") ?? DEFAULT_S;
  return typeof seconds === "number" && Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST_S ? seconds : null;
}

async function run({ clock, drain, store }: DrainKindParts, limitMs: number, signal: Signal): Promise<JsonValue> {
  const before = store();
  if (before === null) return { pending: 0, sent: 0, note: "No store is connected: everything is kept here, in the journal and the local graph." };
  const until = clock.monotonic() + limitMs;
  for (let left = limitMs; left > 0 && !signal.aborted; left = until - clock.monotonic()) {
    const from = clock.monotonic();
    // An answer before its time means that nothing is pending, or that waiting does not help.
    if ((await drain(Math.min(left, SLICE_MS))) || clock.monotonic() - from < Math.min(left, SLICE_MS)) break;
  }
  const after = store() ?? before;
  // After a store was changed, or was told to take everything again, it has less than before.
  const sent = Math.max(0, after.sent - before.sent);
  if (after.pending > 0 && (sent === 0 || waitsFor[after.state] !== "time")) throw failureOf(after);
  return { pending: after.pending, sent };
}

/** What helps a store with something pending on. */
const waitsFor: Readonly<Record<StoreState, "time" | FailureClass>> = {
  ok: "time",
  pending: "time",
  unavailable: "unavailable",
  auth: "auth",
  config: "config",
  paused: "config",
};

function failureOf({ message, pending, state }: StoreStatus): TaskFailure {
  const need = waitsFor[state];
  const why = state === "paused" ? "Sending is paused." : (message ?? "The store took nothing in this time.");
  const still = `${pending} ${pending === 1 ? "event is" : "events are"} still pending and safe in the journal.`;
  return new TaskFailure(need === "time" ? "unavailable" : need, state === "ok" || state === "pending" ? "slow" : state, `${why} ${still}`);
}
