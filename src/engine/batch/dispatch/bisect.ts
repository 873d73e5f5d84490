import type { StoreFailure } from "../../graph/port";
import type { AttemptOutcome } from "./attempt";
import { canary } from "./canary";

export interface BisectTools<T> {
  /** Writes some of the items; none of them is the canary. */
  write(items: readonly T[]): Promise<AttemptOutcome>;
  /** Items of one key are stored in their order: what comes after a suspect waits behind it. */
  keyOf(item: T): string;
  /** What an item is about. Two refused items of one subject are taken for one fault. */
  subjectOf(item: T): string;
  /** True for an item about something that was refused before after all doubt: it needs no other proof. */
  isGuilty(item: T): boolean;
  /** Hears of items as soon as they are stored. */
  stored(items: readonly T[]): void;
  /** Statements and refusals beyond these end the search. `patient`: a person has asked to go on regardless. */
  readonly mode: "careful" | "patient";
}

export interface Refused<T> {
  readonly item: T;
  readonly failure: StoreFailure;
}

/**
 * What the search found. `stored`, `refused` and `rest` are together all items, each in its order.
 * - `found`: nothing is left but suspects and what waits behind them.
 * - `spent`: the budget is used up; `rest` has to be tried again.
 * - `systemic`: so much is refused that the events are not to blame; nothing counts as refused.
 * - `stopped`: the store failed for another reason; nothing counts as refused.
 * - `aborted`: sending stops.
 * - `local`: something on this device is in the way; nothing counts as refused.
 */
export interface BisectResult<T> {
  readonly end: "found" | "spent" | "systemic" | "stopped" | "aborted" | "local";
  readonly failure: StoreFailure | null;
  readonly refused: readonly Refused<T>[];
  /** Those of `rest` that failed alone for an unknown reason while the store worked. At most one of a key. */
  readonly suspected: readonly Refused<T>[];
  readonly rest: readonly T[];
}

const BUDGET = 40;
const REFUSED_SHARE = 0.2;
const ALWAYS_ALLOWED = 4;
/** Single refusals of one subject after which its refused neighbours are not tried one by one. */
const PROVEN = 2;

/**
 * Finds what a store refuses in a batch that it refused as a whole, and gets the rest stored: first an empty batch (a
 * store that refuses that one too has another trouble), then halves, in order. One refused item among n costs about
 * 2 × log2(n) + 1 statements.
 */
export async function bisect<T>(
  items: readonly T[],
  first: StoreFailure,
  tools: BisectTools<T>,
): Promise<BisectResult<T>> {
  const proof = await canary((none) => tools.write(none));
  if (proof.kind !== "works") return ended(proof, items);
  return new Search(items, tools).run(first);
}

/** The end of a search that says nothing of the items. */
function ended<T>(outcome: Exclude<AttemptOutcome, { kind: "stored" }>, rest: readonly T[]): BisectResult<T> {
  const failed = outcome.kind === "failed";
  return {
    end: failed ? "stopped" : outcome.kind,
    failure: failed ? outcome : null,
    refused: [],
    suspected: [],
    rest,
  };
}

interface Part<T> {
  readonly items: readonly T[];
  /** The failure, where this part is known to hold a refused item. */
  readonly failure: StoreFailure | null;
  /** Set on a left half: once it is stored, the failure of the whole lies in the right half, the part below. */
  readonly failureOfBoth: StoreFailure | null;
  /** A single item that was too big and is tried once more. */
  readonly again: boolean;
}

class Search<T> {
  private readonly parts: Part<T>[] = [];
  private readonly refused: Refused<T>[] = [];
  private readonly suspected: Refused<T>[] = [];
  private readonly suspectKeys = new Set<string>();
  private readonly bySubject = new Map<string, number>();
  private readonly subjects: number;
  private readonly storedItems = new Set<T>();
  private writes = 1;

  constructor(
    private readonly all: readonly T[],
    private readonly tools: BisectTools<T>,
  ) {
    this.subjects = new Set(all.map((item) => tools.subjectOf(item))).size;
  }

  async run(first: StoreFailure): Promise<BisectResult<T>> {
    // One item alone is tried once more: what was refused may have been a race with another writer.
    this.parts.push(part(this.all, this.all.length === 1 ? null : first));
    for (let popped = this.parts.pop(); popped !== undefined; popped = this.parts.pop()) {
      const next = this.withoutWaiting(popped);
      if (this.tooManyRefused()) return this.systemic();
      if (next.items.length === 0) continue;
      if (next.failure !== null) {
        this.divide(next.items, next.failure);
        continue;
      }
      if (this.tools.mode === "careful" && this.writes >= BUDGET) return this.spent();
      const end = await this.write(next);
      if (end !== null) return end;
    }
    if (this.tooManyRefused()) return this.systemic();
    return this.end("found", null, this.refused);
  }

  private async write(next: Part<T>): Promise<BisectResult<T> | null> {
    this.writes += 1;
    const outcome = await this.tools.write(next.items);
    const [item] = next.items;
    const single = next.items.length === 1 && item !== undefined;
    if (single && outcome.kind === "failed" && outcome.class === "unknown") return this.suspect(item, outcome);
    return this.take(next, outcome);
  }

  /** The canary once more: what failed now may have failed because the store went away since the last one. */
  private async suspect(item: T, failure: StoreFailure): Promise<BisectResult<T> | null> {
    this.writes += 1;
    const proof = await canary((none) => this.tools.write(none));
    if (proof.kind !== "works") return ended(proof, this.undecided());
    if (this.tools.isGuilty(item)) {
      this.refuse([item], failure);
      return null;
    }
    this.suspected.push({ item, failure });
    this.suspectKeys.add(this.tools.keyOf(item));
    this.accuse(item);
    return null;
  }

  private take(next: Part<T>, outcome: AttemptOutcome): BisectResult<T> | null {
    if (outcome.kind === "stored") {
      for (const item of next.items) this.storedItems.add(item);
      this.tools.stored(next.items);
      if (next.failureOfBoth !== null) this.blameRight(next.failureOfBoth);
      return null;
    }
    const known =
      outcome.kind === "failed" &&
      (outcome.class === "data" || outcome.class === "unknown" || outcome.class === "too-big");
    if (!known) return ended(outcome, this.undecided());
    const single = next.items.length === 1;
    if (single && outcome.class === "too-big" && !next.again) this.parts.push({ ...next, again: true });
    else if (single || this.isProven(next.items)) this.refuse(next.items, outcome);
    else this.parts.push({ ...next, failure: outcome });
    return null;
  }

  /** What is left of a part, of which nothing is known any more when something of it has to wait. */
  private withoutWaiting(whole: Part<T>): Part<T> {
    if (this.suspectKeys.size === 0) return whole;
    const items = whole.items.filter((item) => !this.suspectKeys.has(this.tools.keyOf(item)));
    return items.length === whole.items.length ? whole : part(items, null);
  }

  // The right half waits below the left one, so that what is stored keeps its order.
  private divide(items: readonly T[], failure: StoreFailure): void {
    const middle = Math.ceil(items.length / 2);
    this.parts.push(part(items.slice(middle), null));
    this.parts.push({ ...part(items.slice(0, middle), null), failureOfBoth: failure });
  }

  // A single item is never blamed unheard.
  private blameRight(failure: StoreFailure): void {
    const right = this.parts.pop();
    if (right !== undefined) this.parts.push({ ...right, failure: right.items.length === 1 ? null : failure });
  }

  private refuse(items: readonly T[], failure: StoreFailure): void {
    for (const item of items) {
      this.refused.push({ item, failure });
      this.accuse(item);
    }
  }

  private accuse(item: T): void {
    const subject = this.tools.subjectOf(item);
    this.bySubject.set(subject, (this.bySubject.get(subject) ?? 0) + 1);
  }

  private isProven(items: readonly T[]): boolean {
    const subjects = new Set(items.map((item) => this.tools.subjectOf(item)));
    return subjects.size === 1 && [...subjects].every((subject) => (this.bySubject.get(subject) ?? 0) >= PROVEN);
  }

  private tooManyRefused(): boolean {
    if (this.tools.mode === "patient") return false;
    return this.bySubject.size > Math.max(ALWAYS_ALLOWED, this.subjects * REFUSED_SHARE);
  }

  private spent(): BisectResult<T> {
    return this.storedItems.size === 0 ? this.systemic() : this.end("spent", null, this.refused);
  }

  private systemic(): BisectResult<T> {
    const failure = (this.refused[0] ?? this.suspected[0])?.failure ?? null;
    return { ...this.end("systemic", failure, []), suspected: [] };
  }

  private end(end: BisectResult<T>["end"], failure: StoreFailure | null, refused: readonly Refused<T>[]): BisectResult<T> {
    const settled = new Set(refused.map((one) => one.item));
    const rest = this.undecided().filter((item) => !settled.has(item));
    return { end, failure, refused, suspected: this.suspected, rest };
  }

  /** Everything that is not stored, refused items included, in order. */
  private undecided(): readonly T[] {
    return this.all.filter((item) => !this.storedItems.has(item));
  }
}

function part<T>(items: readonly T[], failure: StoreFailure | null): Part<T> {
  return { items, failure, failureOfBoth: null, again: false };
}
