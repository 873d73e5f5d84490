import type { StoreFailure } from "../graph/port";
import type { AttemptOutcome } from "./attempt";

export interface BisectTools<T> {
  /** Writes some of the items; none of them is the canary. */
  write(items: readonly T[]): Promise<AttemptOutcome>;
  /** Comes before the last try of a single item whose failure is not known: it may be an outage. */
  pause(): Promise<"elapsed" | "aborted">;
  /** What an item is about. Two refused items of one subject are taken for one fault. */
  subjectOf(item: T): string;
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
 * - `found`: nothing is left.
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
  const canary = await tools.write([]);
  if (canary.kind === "aborted" || canary.kind === "local")
    return { end: canary.kind, failure: null, refused: [], rest: items };
  if (canary.kind === "failed") return { end: "stopped", failure: withoutBlame(canary), refused: [], rest: items };
  return new Search(items, tools).run(first);
}

/** A failure that an empty batch meets as well is no fault of any event. */
function withoutBlame(failure: StoreFailure): StoreFailure {
  const blames = failure.class === "data" || failure.class === "too-big";
  return blames ? { ...failure, class: "query" } : failure;
}

interface Part<T> {
  readonly items: readonly T[];
  /** The failure, where this part is known to hold a refused item. */
  readonly failure: StoreFailure | null;
  /** Set on a left half: once it is stored, the failure of the whole lies in the right half, the part below. */
  readonly failureOfBoth: StoreFailure | null;
  /** Set on a single item that was refused for a reason which is not certain, and is tried once more. */
  readonly again: StoreFailure | null;
}

class Search<T> {
  private readonly parts: Part<T>[] = [];
  private readonly refused: Refused<T>[] = [];
  private readonly bySubject = new Map<string, number>();
  private readonly subjects: number;
  private storedCount = 0;
  private writes = 1;

  constructor(
    private readonly all: readonly T[],
    private readonly tools: BisectTools<T>,
  ) {
    this.subjects = new Set(all.map((item) => tools.subjectOf(item))).size;
  }

  async run(first: StoreFailure): Promise<BisectResult<T>> {
    // One item alone is tried once more: what was refused may have been a race with another writer.
    this.parts.push({
      items: this.all,
      failure: this.all.length === 1 ? null : first,
      failureOfBoth: null,
      again: null,
    });
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) {
      if (this.tooManyRefused()) return this.systemic(part);
      if (part.failure !== null) {
        this.divide(part.items, part.failure);
        continue;
      }
      if (this.tools.mode === "careful" && this.writes >= BUDGET) return this.spent(part);
      this.writes += 1;
      const outcome = await this.write(part);
      const end = this.take(part, outcome);
      if (end !== null) return end;
    }
    return this.tooManyRefused()
      ? this.systemic(null)
      : { end: "found", failure: null, refused: this.refused, rest: [] };
  }

  private async write({ again, items }: Part<T>): Promise<AttemptOutcome> {
    if (again?.class === "unknown" && (await this.tools.pause()) === "aborted") return { kind: "aborted" };
    return this.tools.write(items);
  }

  private take(part: Part<T>, outcome: AttemptOutcome): BisectResult<T> | null {
    if (outcome.kind === "stored") {
      this.storedCount += part.items.length;
      this.tools.stored(part.items);
      if (part.failureOfBoth !== null) this.blameRight(part.failureOfBoth);
      return null;
    }
    if (outcome.kind === "aborted" || outcome.kind === "local")
      return { end: outcome.kind, failure: null, refused: [], rest: this.undecided(part) };
    const known = outcome.class === "data" || outcome.class === "unknown" || outcome.class === "too-big";
    if (!known) return { end: "stopped", failure: outcome, refused: [], rest: this.undecided(part) };
    const single = part.items.length === 1;
    if (single && outcome.class !== "data" && part.again === null) this.parts.push({ ...part, again: outcome });
    else if (single || this.isProven(part.items)) this.refuse(part.items, outcome);
    else this.parts.push({ ...part, failure: outcome });
    return null;
  }

  // The right half waits below the left one, so that what is stored keeps its order.
  private divide(items: readonly T[], failure: StoreFailure): void {
    const middle = Math.ceil(items.length / 2);
    this.parts.push({ items: items.slice(middle), failure: null, failureOfBoth: null, again: null });
    this.parts.push({ items: items.slice(0, middle), failure: null, failureOfBoth: failure, again: null });
  }

  // A single item is never blamed unheard.
  private blameRight(failure: StoreFailure): void {
    const right = this.parts.pop();
    if (right !== undefined) this.parts.push({ ...right, failure: right.items.length === 1 ? null : failure });
  }

  private refuse(items: readonly T[], failure: StoreFailure): void {
    for (const item of items) {
      this.refused.push({ item, failure });
      const subject = this.tools.subjectOf(item);
      this.bySubject.set(subject, (this.bySubject.get(subject) ?? 0) + 1);
    }
  }

  private isProven(items: readonly T[]): boolean {
    const subjects = new Set(items.map((item) => this.tools.subjectOf(item)));
    return subjects.size === 1 && [...subjects].every((subject) => (this.bySubject.get(subject) ?? 0) >= PROVEN);
  }

  private tooManyRefused(): boolean {
    if (this.tools.mode === "patient") return false;
    return this.bySubject.size > Math.max(ALWAYS_ALLOWED, this.subjects * REFUSED_SHARE);
  }

  private spent(part: Part<T>): BisectResult<T> {
    if (this.storedCount === 0) return this.systemic(part);
    const refused = new Set(this.refused.map((one) => one.item));
    const rest = this.undecided(part).filter((item) => !refused.has(item));
    return { end: "spent", failure: null, refused: this.refused, rest };
  }

  private systemic(part: Part<T> | null): BisectResult<T> {
    const failure = this.refused[0]?.failure ?? null;
    return { end: "systemic", failure, refused: [], rest: this.undecided(part) };
  }

  /** Everything that is not stored, refused items included, in order. */
  private undecided(part: Part<T> | null): readonly T[] {
    const left = new Set([...this.parts, ...(part === null ? [] : [part])].flatMap((one) => one.items));
    for (const one of this.refused) left.add(one.item);
    return this.all.filter((item) => left.has(item));
  }
}
