import { Breath } from "../../../kernel/breath";
import type { Clock } from "../../../kernel/clock";
import type { Hasher } from "../../../kernel/hash";
import type { JsonObject } from "../../../kernel/json";
import type { Signal } from "../../../kernel/signal";
import { headPath } from "../../../graph/canvasHead";
import { compareRows, type DifferingRow } from "../../../graph/compareRows";
import type { ExpectedRow } from "../../../graph/expectedRows";
import type { LocalGraph } from "../../../graph/localGraph";
import { MOST_ROWS, storedKinds, type StoredKind, type StoredRow } from "../../../graph/storedRows";
import { createUids, type Uids } from "../../../graph/uids";
import { unknownRows } from "../../../graph/unknownRows";
import type { JournalReader } from "../../../journal/journal";
import { RangeSet } from "../../../journal/ranges";
import type { LearningEvent } from "../../../learning/event";
import type { ComparedStore } from "../../deliver/comparableStore";
import { chunks } from "../../project/chunks";
import { AskStore } from "./askStore";
import { Findings } from "./findings";
import { goOn } from "./goOn";
import { ResendPlan } from "./resendPlan";
import { canvasGroups, subjectGroups } from "./rowGroups";
import { eventText, rowText, unknownText } from "./rowText";
import { subjectKey, subjectKeyOf } from "./subjectKey";

export interface VerifyStoreParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly vault: string;
  readonly graph: Pick<LocalGraph, "view">;
  readonly journal: Pick<JournalReader, "all" | "has">;
  /** Reads what other devices brought, and resolves when the graph has everything that the journals have. */
  readonly catchUp: () => Promise<unknown>;
}

/**
 * Compares a store with what it was sent: every row and every event that is neither pending nor refused. With `repair`
 * the events of what differs are pending again. `canvas`: only what belongs to this one (its id).
 */
export async function verifyStore(parts: VerifyStoreParts, store: ComparedStore, canvas: string | null, repair: boolean, signal: Signal): Promise<JsonObject> {
  return new StoreComparison(parts, store, canvas, signal).run(repair);
}

const sorts = ["missing", "older", "unlinked", "extra", "newer"] as const;

class StoreComparison {
  private readonly findings = new Findings(sorts);
  private readonly plan = new ResendPlan();
  private readonly ask: AskStore;
  private readonly uids: Uids;
  private readonly breath: Breath;
  private rows = 0;
  private events = 0;
  /** Rows that differ because something about them is still on its way, or was refused. */
  private waiting = 0;

  constructor(
    private readonly parts: VerifyStoreParts,
    private readonly store: ComparedStore,
    private readonly canvas: string | null,
    private readonly signal: Signal,
  ) {
    this.ask = new AskStore(store, signal);
    this.uids = createUids(parts.hasher, parts.vault, store.level);
    this.breath = new Breath(parts.clock);
  }

  async run(repair: boolean): Promise<JsonObject> {
    await this.parts.catchUp();
    const graph = this.parts.graph.view();
    const canvases = this.canvas === null ? [...graph.canvases.keys()] : [this.canvas];
    for await (const group of canvasGroups(graph, this.uids, canvases)) await this.compareGroup(group);
    if (this.canvas === null) for (const group of subjectGroups(graph, this.uids)) await this.compareGroup(group);
    for await (const events of chunks(this.parts.journal.all(), MOST_ROWS)) await this.compareEvents(events);
    if (this.canvas === null) await this.lookForMore();
    const resent = repair && !this.plan.isEmpty ? await this.resend() : 0;
    const { events, findings, rows, store, waiting } = this;
    const differences = findings.count("missing", "older", "unlinked", "extra");
    return { rows, events, differences, ...findings.counts(), waiting, pending: store.pending(), dead: store.dead(), resent, lines: findings.lines() };
  }

  /**
   * In this order nothing that is on its way is taken for missing: what the rows say is known first, then what of it is
   * owed. Everything else was acknowledged, so the store has it when it is asked.
   */
  private async compareGroup(group: readonly ExpectedRow[]): Promise<void> {
    const owed = await this.owedOf(group);
    for (const kind of storedKinds) {
      const expected = group.filter((row) => row.kind === kind);
      const answers = await this.ask.rows(kind, expected.map((row) => row.key));
      await this.tell(compareRows(expected, answers), owed);
      await this.breath.take();
    }
    this.rows += group.length;
  }

  private async tell(differing: readonly DifferingRow[], owed: ReadonlySet<string>): Promise<void> {
    const newer = differing.filter(({ difference }) => difference === "newer");
    const stillNewer = newer.length === 0 ? new Set() : new Set(await this.stillNewer(newer));
    for (const one of differing) {
      const { difference, row } = one;
      if (difference === "newer") {
        if (stillNewer.has(one)) this.findings.add("newer", row.kind, () => rowText(difference, row, this.pathOf));
      } else if (owed.has(subjectKey(row.kind, row.canvas, row.id))) {
        this.waiting += 1;
      } else {
        this.findings.add(difference, row.kind, () => rowText(difference, row, this.pathOf));
        this.plan.addRow(row);
      }
    }
  }

  /** What was written here or came from another device while the store was asked is no longer newer. */
  private async stillNewer(newer: readonly DifferingRow[]): Promise<readonly DifferingRow[]> {
    await this.parts.catchUp();
    const now = new Map<string, string>();
    const graph = this.parts.graph.view();
    const canvases = [...new Set(newer.flatMap(({ row }) => row.canvas ?? []))];
    const note = (rows: readonly ExpectedRow[]): void => {
      for (const row of rows) now.set(`${row.kind} ${row.key}`, row.clock);
    };
    for await (const rows of canvasGroups(graph, this.uids, canvases)) note(rows);
    if (newer.some(({ row }) => row.canvas === null)) for (const rows of subjectGroups(graph, this.uids)) note(rows);
    return newer.filter(({ row, stored }) => stored > (now.get(`${row.kind} ${row.key}`) ?? ""));
  }

  private async owedOf(group: readonly ExpectedRow[]): Promise<ReadonlySet<string>> {
    const owed = new Set<string>();
    if (this.store.pending() + this.store.dead() === 0) return owed;
    const asked = new Set(group.map((row) => subjectKey(row.kind, row.canvas, row.id)));
    for await (const event of this.store.owed()) {
      const key = subjectKeyOf(event);
      if (asked.has(key)) owed.add(key);
      await this.breath.take();
    }
    return owed;
  }

  private async compareEvents(chunk: readonly LearningEvent[]): Promise<void> {
    const ours = chunk.filter((event) => this.canvas === null || event.canvas?.id === this.canvas);
    const outcomes = this.store.outcomes(ours);
    const sent = ours.filter((event) => outcomes.get(event.id) === "stored");
    const answers = await this.ask.rows("event", sent.map((event) => event.id));
    const linked = new Map(answers.map((row) => [row.key, row.linked]));
    for (const event of sent) {
      const isLinked = linked.get(event.id);
      if (isLinked === true) continue;
      const difference = isLinked === undefined ? "missing" : "unlinked";
      this.findings.add(difference, "event", () => eventText(difference, event));
      this.plan.addEvent(event);
    }
    this.events += sent.length;
    await this.breath.take();
  }

  private async lookForMore(): Promise<void> {
    const unknown = (kind: StoredKind, page: readonly StoredRow[]): ReturnType<typeof unknownRows> =>
      unknownRows(kind, this.named(kind, page), this.parts.graph.view(), (id) => this.parts.journal.has(id));
    for (const kind of storedKinds) {
      for await (const page of this.ask.pages(kind)) {
        if ((await unknown(kind, page)).length === 0) continue;
        // Another device may have sent it before its journal came here.
        await this.parts.catchUp();
        for (const one of await unknown(kind, page)) this.findings.add("extra", kind, () => unknownText(one, this.pathOf));
        await this.breath.take();
      }
    }
  }

  /** The rows with the names that their keys stand for, where the store may not hold the names themselves. */
  private named(kind: StoredKind, page: readonly StoredRow[]): readonly StoredRow[] {
    if (this.store.level !== "ids" || (kind !== "note" && kind !== "concept")) return page;
    const { concepts, notes } = this.parts.graph.view();
    const known = kind === "note" ? notes : concepts;
    const names = new Map([...known.keys()].map((name) => [this.uids[kind](name), name]));
    return page.map((row) => ({ ...row, name: names.get(row.key) ?? row.name }));
  }

  /** Makes the events of what differs pending. What was refused stays with whoever is to decide about it. */
  private async resend(): Promise<number> {
    const places = new Map<string, RangeSet>();
    let count = 0;
    for await (const events of chunks(this.parts.journal.all(), MOST_ROWS)) {
      goOn(this.signal);
      const outcomes = this.store.outcomes(events);
      for (const event of events) {
        if (!this.plan.has(event) || outcomes.get(event.id) !== "stored") continue;
        const ranges = places.get(event.device) ?? new RangeSet();
        ranges.add(event.seq);
        places.set(event.device, ranges);
        count += 1;
      }
      await this.breath.take();
    }
    goOn(this.signal);
    if (count > 0) await this.store.resend(places);
    return count;
  }

  private readonly pathOf = (canvas: string): string | null => {
    const row = this.parts.graph.view().canvases.get(canvas);
    return row === undefined ? null : headPath(row.head);
  };
}
