import type { Clock } from "../../kernel/clock";
import { completeRecord, type SubjectFacts } from "../../learning/completeRecord";
import { batchResult, type ItemError, type ItemOutcome, type RecordBatchResult } from "../../learning/result";
import { validateRecord, type ValidRecord } from "../../learning/record";
import type { CanvasRef, LearningEvent, Priority } from "../../learning/event";
import type { Settlement } from "../../batch/dispatch/settlements";
import type { LocalGraph } from "../../graph/localGraph";
import { StorageError } from "../../journal/port";
import { Breath } from "../../kernel/breath";
import type { RecordOptions } from "../engine";
import { Pace } from "../../kernel/pace";
import { JournalFull } from "./journalLimit";
import type { Recorder, Save, SaveResult } from "./recorder";
import { SaidInSlice } from "./saidInSlice";
import { conceptStream, noteStream } from "./streams";

/** How long a caller that asks for it waits for the stores. */
const SETTLE_MS = 30_000;

export interface RecordItemsParts {
  readonly clock: Clock;
  readonly graph: LocalGraph;
  readonly recorder: Recorder;
  readonly settle: (events: readonly LearningEvent[], deadlineMs: number) => Promise<Settlement>;
  readonly onInvalid: (count: number) => void;
  readonly graphIdle: () => Promise<void>;
  /** False while the user wants nothing recorded by commands and other plugins. */
  readonly allowed?: () => boolean;
}

/** What is said of all items of a call. */
export interface JournalOptions extends Pick<RecordOptions, "origin"> {
  /** That of their types when it is not said. */
  readonly priority?: Priority;
}

interface Begun {
  readonly prepared: readonly Prepared[];
  readonly saved: readonly SaveResult[];
  readonly broken: StorageError | null;
}

type Prepared = { readonly kind: "save"; readonly save: Save } | { readonly kind: "decided"; readonly outcome: ItemOutcome };

/**
 * Records of the API, of commands and of tasks → events. Each item is judged alone; the good ones share an append, as
 * many at a time as the host's thread can spare.
 */
export class RecordItems {
  constructor(private readonly parts: RecordItemsParts) {}

  /**
   * Rejects with StorageError while nothing of the call is journaled. Once something is, a caller who heard only of the
   * error would record that part twice: then the items from the first append that failed are `failed`. So they are in
   * any case where the journal has reached its limit.
   */
  async record(items: readonly unknown[], options: RecordOptions): Promise<RecordBatchResult> {
    const { finish } = await this.begin(items, options);
    return finish(options.settled === true ? SETTLE_MS : null);
  }

  /** Journals the items. `finish` says what became of them, after waiting at most so long for the stores, or not at all. */
  async begin(items: readonly unknown[], options: JournalOptions): Promise<{ readonly finish: (settleMs: number | null) => Promise<RecordBatchResult> }> {
    if (this.parts.allowed?.() === false && options.origin !== "task") {
      return { finish: async () => batchResult(items.map(() => failed(switchedOff)), []) };
    }
    await this.parts.graphIdle();
    const breath = new Breath(this.parts.clock);
    const pace = new Pace(this.parts.clock);
    const prepared: Prepared[] = [];
    const saved: SaveResult[] = [];
    let broken: StorageError | null = null;
    while (prepared.length < items.length) {
      const slice = await this.slice(items.slice(prepared.length, prepared.length + pace.items), options);
      prepared.push(...slice);
      const saves = slice.flatMap((one) => (one.kind === "save" ? [one.save] : []));
      // What comes after an append that failed is not tried, so that no event overtakes an earlier one.
      broken ??= await pace.run(saves.length, () => this.save(saves, saved));
      await breath.take();
    }
    const invalid = prepared.filter((one) => one.kind === "decided" && one.outcome.status === "invalid").length;
    if (invalid > 0) this.parts.onInvalid(invalid);
    return { finish: (settleMs) => this.finish({ prepared, saved, broken }, settleMs) };
  }

  private async finish({ prepared, saved, broken }: Begun, settleMs: number | null): Promise<RecordBatchResult> {
    const fresh = saved.flatMap((one) => one.events);
    const settled = settleMs === null ? null : await this.parts.settle(fresh, settleMs);
    const results = saved.values();
    const outcomes = prepared.map((one): ItemOutcome => {
      if (one.kind === "decided") return one.outcome;
      const result: SaveResult | undefined = results.next().value;
      if (result === undefined && broken !== null) return notKept(broken);
      const item = result?.items[0];
      return outcomeOf(item?.id ?? "", item?.duplicate ?? false, settled);
    });
    return batchResult(outcomes, settled?.batchLatenciesMs ?? []);
  }

  /** Adds what became of the saves, or returns why they could not be kept although earlier ones were. */
  private async save(saves: readonly Save[], saved: SaveResult[]): Promise<StorageError | null> {
    try {
      saved.push(...(await this.parts.recorder.saveAll(saves)));
      return null;
    } catch (error) {
      const isFirst = saved.every(({ events }) => events.length === 0);
      if (!(error instanceof StorageError) || (isFirst && !(error instanceof JournalFull))) throw error;
      return error;
    }
  }

  /** The first of these items, up to one that has to wait for what an earlier one comes to. */
  private async slice(items: readonly unknown[], options: JournalOptions): Promise<readonly Prepared[]> {
    const slice: Prepared[] = [];
    const said = new SaidInSlice();
    for (const item of items) {
      const record = validateRecord(item);
      if (record.kind === "invalid") {
        slice.push(refuse({ code: record.code, message: record.message, retryable: false }));
        continue;
      }
      if (said.holdsBack(record)) break;
      slice.push(await this.prepare(record, said, options));
    }
    return slice;
  }

  private async prepare(record: ValidRecord, said: SaidInSlice, options: JournalOptions): Promise<Prepared> {
    const found = await this.lookUp(record).catch(unreadable);
    if ("status" in found) return { kind: "decided", outcome: found };
    if ("code" in found) return refuse(found);
    const facts = said.on(record, found.facts);
    said.add(record);
    const draft = completeRecord(record, facts);
    return {
      kind: "save",
      save: {
        stream: found.stream,
        canvas: found.canvas,
        drafts: [{ ...draft, priority: options.priority ?? draft.priority }],
        origin: options.origin ?? "api",
        at: record.at ?? Math.floor(this.parts.clock.now()),
        source: "caller",
      },
    };
  }

  private async lookUp(
    record: ValidRecord,
  ): Promise<{ stream: string; canvas: CanvasRef | null; facts: SubjectFacts } | ItemError> {
    if (record.canvasPath !== null) return this.lookUpInCanvas(record, record.canvasPath);
    const { kind, id } = record.draft.subject;
    const known = kind === "concept" ? this.parts.graph.concept(id) : this.parts.graph.note(id);
    const stream = kind === "concept" ? conceptStream(id) : noteStream(id);
    const facts = { canvasId: null, concept: id, score: known?.score ?? null, level: known?.mastery ?? null };
    return { stream, canvas: null, facts };
  }

  private async lookUpInCanvas(
    record: ValidRecord,
    path: string,
  ): Promise<{ stream: string; canvas: CanvasRef; facts: SubjectFacts } | ItemError> {
    const canvas = this.parts.graph.canvasByPath(path);
    if (canvas === null) return unknownSubject("unknown_canvas", `no canvas at ${path} is known; sync first if it is new`);
    const { kind, id } = record.draft.subject;
    const node = kind === "node" ? await this.parts.graph.node(canvas.id, id) : null;
    if (kind === "node" && node?.live !== true) {
      return unknownSubject("unknown_node", `${path} has no node with this id in its last saved version`);
    }
    const facts = { canvasId: canvas.id, concept: node?.concept ?? null, score: node?.score ?? null, level: node?.level ?? null };
    return { stream: canvas.id, canvas: { id: canvas.id, path: canvas.path }, facts };
  }
}

function outcomeOf(id: string, duplicate: boolean, settled: Settlement | null): ItemOutcome {
  if (duplicate) return { status: "duplicate", id };
  if (settled === null) return { status: "accepted", id };
  switch (settled.outcomes.get(id) ?? "deferred") {
    case "stored":
      return { status: "succeeded", id };
    case "deferred":
      return { status: "deferred", id };
    case "dead":
      return {
        status: "failed",
        id,
        error: { code: "refused_by_store", message: "a store refused this event; it is kept as a dead letter", retryable: true },
      };
  }
}

// Retryable: the same call succeeds as soon as the user has turned recording on again.
const switchedOff: ItemError = {
  code: "records_off",
  message: "recording by commands and other plugins is turned off in the settings",
  retryable: true,
};

function refuse(error: ItemError): Prepared {
  return { kind: "decided", outcome: { status: "invalid", id: null, error } };
}

function notKept(error: StorageError): ItemOutcome {
  const { fault, message } = error;
  if (error instanceof JournalFull) return failed({ code: "queue_full", message, retryable: true });
  return failed({ code: `journal_${fault}`, message: `the journal could not keep it: ${message}`, retryable: true });
}

/** What the item is about cannot be looked up now: the trouble of this item alone. */
function unreadable(error: unknown): ItemOutcome {
  if (!(error instanceof StorageError)) throw error;
  return failed({ code: "graph_unreadable", message: `the local graph could not be read: ${error.message}`, retryable: true });
}

function failed(error: ItemError): ItemOutcome {
  return { status: "failed", id: null, error };
}

function unknownSubject(code: string, message: string): ItemError {
  return { code, message, retryable: true };
}
