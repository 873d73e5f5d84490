import type { LearningEvent } from "../learning/event";

/** Events that are held at once, at most twice this many: about 1 kB each. */
const HELD = 100_000;

/**
 * The events that `keep` says yes to in `hlc` order. Journals are not written in that order, and may hold more than
 * fits into memory: each pass over `all` gives out the next `held` events and forgets the rest.
 */
export async function* inHlcOrder(
  all: () => AsyncIterable<LearningEvent>,
  keep: (event: LearningEvent) => boolean,
  held: number = HELD,
): AsyncGenerator<LearningEvent, void, undefined> {
  let after: LearningEvent | null = null;
  for (;;) {
    const next: Earliest = await earliest(all(), keep, after, held);
    yield* next.events;
    if (!next.more) return;
    after = next.events.at(-1) ?? null;
  }
}

interface Earliest {
  /** In order. */
  readonly events: readonly LearningEvent[];
  /** Whether some had to be left out. */
  readonly more: boolean;
}

async function earliest(
  all: AsyncIterable<LearningEvent>,
  keep: (event: LearningEvent) => boolean,
  after: LearningEvent | null,
  held: number,
): Promise<Earliest> {
  let events: LearningEvent[] = [];
  let ceiling: LearningEvent | null = null;
  for await (const event of all) {
    const isLeftOut: boolean = ceiling !== null && byHlc(event, ceiling) > 0;
    if (isLeftOut || (after !== null && byHlc(event, after) <= 0) || !keep(event)) continue;
    events.push(event);
    if (events.length < 2 * held) continue;
    events = events.sort(byHlc).slice(0, held);
    ceiling = events.at(-1) ?? null;
  }
  events.sort(byHlc);
  return { events: events.slice(0, held), more: ceiling !== null || events.length > held };
}

function byHlc(a: LearningEvent, b: LearningEvent): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
