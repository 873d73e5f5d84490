import { Breath } from "../../kernel/breath";
import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { RangeSet } from "../../journal/ranges";
import type { JournalReader } from "../../journal/journal";
import { parseHlc } from "../../learning/hlc";
import type { LearningEvent } from "../../learning/event";
import type { LocalGraph } from "../../graph/localGraph";
import { beforeFirst } from "./beforeFirst";
import { dueList, dueNode, dueNotes, notesOn } from "./dueItems";
import type { EventLedger, Standing } from "./eventLedger";
import { KnownEntries } from "./knownEntries";
import { LedgerFeed } from "./ledgerFeed";
import { dayAfter, localDays } from "./localDays";
import { movement } from "./movement";
import { PastCanvas } from "./pastState";
import type { DueItem, DueList, DueQuery, Movement, MovementQuery, PastQuery, PastState, Recall, TimelineEntry, TimelinePage, TimelineQuery } from "./recall";
import { subjectHash } from "./subjectHash";
import { timelineEntry } from "./timelineEntry";

export interface JournalRecallParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly journal: Pick<JournalReader, "devices" | "present" | "readPlaces">;
  readonly graph: Pick<LocalGraph, "canvasByPath" | "canvasById" | "canvases" | "lastGood" | "node" | "note" | "notes">;
  readonly graphIdle: () => Promise<void>;
  /** Such as `Europe/Berlin`; null: the zone of the host. */
  readonly timeZone: string | null;
}

/** Milliseconds after which an answer comes from what was read by then. */
const PATIENCE_MS = 250;

/** Events of one append that are kept as entries. */
const RECENT = 50;

/** The answers, from a ledger of all journals; texts are read from the journals where they are asked for. */
export class JournalRecall implements Recall {
  private readonly feed: LedgerFeed;
  private readonly entries = new KnownEntries();

  constructor(private readonly parts: JournalRecallParts) {
    this.feed = new LedgerFeed(parts);
  }

  /** Events that a journal has now. */
  recorded(events: readonly LearningEvent[]): void {
    if (!this.feed.take(events)) return;
    // What is looked at is mostly the newest, and need not be read from the disk again.
    for (const event of events.slice(-RECENT)) this.entries.set(event, timelineEntry(event));
  }

  /** What stands on some places is no longer what it was. */
  forget(): void {
    this.feed.forget();
    this.entries.clear();
  }

  async movement({ canvas, canvases, days }: MovementQuery): Promise<Movement> {
    requireWhole("days", days, 1, 366);
    const { complete, ledger } = await this.feed.look(PATIENCE_MS);
    const { clock, graph, timeZone } = this.parts;
    const only = canvas === undefined ? null : (this.idOf(canvas) ?? "");
    return { ...movement({ ledger, days: localDays(timeZone), now: clock.now(), canvasOf: (id) => graph.canvasById(id) }, days, canvases, only), complete };
  }

  async timeline({ before, canvas, limit, node }: TimelineQuery): Promise<TimelinePage> {
    requireWhole("limit", limit, 1, 200);
    const { complete, ledger } = await this.feed.look(PATIENCE_MS);
    const id = this.idOf(canvas);
    if (id === null) return { entries: [], more: false, complete };
    const choice = { canvas: id, subject: node === undefined ? null : subjectHash("node", node) };
    const entries: TimelineEntry[] = [];
    let place = before === undefined ? null : standingOf(before);
    // Two subjects may share a hash, so some of what is found may be about something else.
    for (;;) {
      const found = ledger.newest(choice, place, limit + 1);
      const read = await this.read(found);
      entries.push(...read.filter(({ subject }) => node === undefined || (subject.kind === "node" && subject.id === node)));
      place = found[found.length - 1] ?? null;
      if (entries.length > limit || found.length <= limit) return { entries: entries.slice(0, limit), more: entries.length > limit, complete };
    }
  }

  daySpan(day: string): { readonly first: number; readonly last: number } {
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw new RangeError(`expected a day such as 2030-12-31, got ${day}`);
    const days = localDays(this.parts.timeZone);
    return { first: days.startOf(day), last: days.startOf(dayAfter(day, 1)) - 1 };
  }

  async asItWas({ at, canvas, limit, node }: PastQuery): Promise<PastState> {
    const ledger = await this.feed.whole();
    const id = this.idOf(canvas);
    if (id === null) return { kind: "unknown", since: null };
    const subject = node === undefined ? null : subjectHash("node", node);
    const past = new PastCanvas(id);
    for await (const event of this.readAll(ledger.upTo(id, subject, at))) past.take(event);
    return past.state(node ?? null, limit) ?? beforeFirst(await this.first(ledger, id, node ?? null));
  }

  async due({ canvas, days, limit }: DueQuery): Promise<DueList> {
    const { complete, ledger } = await this.feed.look(PATIENCE_MS);
    const { clock, graph, graphIdle, timeZone } = this.parts;
    await graphIdle();
    const local = localDays(timeZone);
    const today = local.dayOf(clock.now());
    const only = canvas === undefined ? null : (this.idOf(canvas) ?? "");
    const on = only === null ? null : notesOn(await graph.lastGood(only));
    const notes = on === null ? graph.notes() : [...on].flatMap((path) => graph.note(path) ?? []);
    const items: DueItem[] = [...dueNotes(notes, local, today)];
    for (const [id, nodes] of ledger.reviewedNodes) {
      const home = only === null || only === id ? graph.canvasById(id) : null;
      if (home?.live !== true) continue;
      for (const node of nodes) {
        const view = await graph.node(id, node);
        if (view !== null) items.push(...dueNode(home.path, node, view, local, today));
      }
    }
    return { ...dueList(items, days, limit), complete };
  }

  onGrown(listener: () => void): () => void {
    return this.feed.onGrown(listener);
  }

  /** The canvas at a path; where none is there, the one that was there last. */
  private idOf(path: string): string | null {
    const { graph } = this.parts;
    const there = graph.canvasByPath(path);
    if (there !== null) return there.id;
    const gone = graph.canvases().filter((canvas) => canvas.path === path);
    return gone.reduce<(typeof gone)[number] | null>((last, one) => (last === null || one.clock > last.clock ? one : last), null)?.id ?? null;
  }

  /** The entries on these places, in their order. */
  private async read(standings: readonly Standing[]): Promise<readonly TimelineEntry[]> {
    const unknown = standings.filter((standing) => this.entries.get(standing) === null);
    const read = new Map<string, TimelineEntry>();
    for await (const event of this.readAll(byDevice(unknown))) {
      const entry = timelineEntry(event);
      read.set(`${event.device} ${event.seq}`, entry);
      this.entries.set(event, entry);
    }
    return standings.flatMap((standing) => read.get(`${standing.device} ${standing.seq}`) ?? this.entries.get(standing) ?? []);
  }

  private async *readAll(places: ReadonlyMap<string, RangeSet>): AsyncGenerator<LearningEvent> {
    const breath = new Breath(this.parts.clock);
    for (const [device, wanted] of places) {
      for await (const event of this.parts.journal.readPlaces(device, wanted)) {
        yield event;
        await breath.take();
      }
    }
  }

  /** The first event of a canvas or of one of its nodes, by when it happened. */
  private async first(ledger: EventLedger, canvas: string, node: string | null): Promise<LearningEvent | null> {
    const subject = node === null ? subjectHash("canvas", canvas) : subjectHash("node", node);
    let first: LearningEvent | null = null;
    for await (const event of this.readAll(ledger.upTo(canvas, subject, Number.POSITIVE_INFINITY))) {
      const fits = node === null || (event.subject.kind === "node" && event.subject.id === node);
      if (fits && (first === null || event.at < first.at)) first = event;
    }
    return first;
  }
}

function byDevice(standings: readonly Standing[]): ReadonlyMap<string, RangeSet> {
  const places = new Map<string, RangeSet>();
  for (const { device, seq } of standings) {
    const known = places.get(device);
    if (known === undefined) places.set(device, RangeSet.of([[seq, seq]]));
    else known.add(seq);
  }
  return places;
}

function standingOf(hlc: string): Standing {
  const clock = parseHlc(hlc);
  if (clock === null) throw new RangeError(`expected the hlc of an entry, got ${hlc}`);
  return { ...clock, seq: 0 };
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${value}`);
}
