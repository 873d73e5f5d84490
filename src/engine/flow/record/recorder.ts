import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { CanvasRef, EventDraft, LearningEvent, Origin, UnplacedEvent } from "../../learning/event";
import { mintEvents, type Minted } from "../../learning/mint";
import type { Journal } from "../../journal/journal";
import { Breath } from "../../kernel/breath";
import type { Fold } from "../project/fold";
import { Pace } from "../../kernel/pace";
import type { StreamClocks } from "./streamClocks";

/** Drafts that happened together, with what gives them their identity. */
export interface Save {
  /** Events of one stream have strictly increasing clocks: a canvas id, or `note:` and `concept:` with their name. */
  readonly stream: string;
  readonly canvas: CanvasRef | null;
  readonly drafts: readonly EventDraft[];
  readonly origin: Origin;
  /** Epoch milliseconds, shared by all. */
  readonly at: number;
  /**
   * `file`: the drafts are a difference just seen between the graph and a file, so they are real whatever their ids say.
   * `caller`: a repeated id is a repeated call and is skipped.
   */
  readonly source: "file" | "caller";
}

/** What became of each draft of one save, in the order of the drafts. */
export interface SaveResult {
  readonly items: readonly { readonly id: string; readonly duplicate: boolean }[];
  /** The events that are new in the journal. */
  readonly events: readonly LearningEvent[];
}

interface MintedSave {
  readonly items: SaveResult["items"];
  readonly fresh: readonly UnplacedEvent[];
}

export interface RecorderParts {
  readonly vault: string;
  readonly device: string;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly journal: Pick<Journal, "append" | "has" | "onItsWay">;
  readonly clocks: StreamClocks;
  readonly fold: Fold;
  /** Hears of events that the journal has. */
  readonly onRecorded: (events: readonly LearningEvent[]) => void;
  readonly onDuplicates: (count: number) => void;
}

/**
 * The one way into the journal. Clocks, ids and places are taken in one synchronous step, so that the order of the
 * journal is the order of the clocks; the caller hears back when the lines are durable and the local graph has them.
 */
export class Recorder {
  constructor(private readonly parts: RecorderParts) {}

  /**
   * Journals one save in slices. A crash in between leaves the rest of a file's save to the next look at that file.
   */
  async save(save: Save): Promise<SaveResult> {
    const breath = new Breath(this.parts.clock);
    const pace = new Pace(this.parts.clock);
    const results: SaveResult[] = [];
    for (let from = 0; from < save.drafts.length; ) {
      const drafts = save.drafts.slice(from, from + pace.items);
      from += drafts.length;
      results.push(...(await pace.run(drafts.length, () => this.saveAll([{ ...save, drafts }]))));
      await breath.take();
    }
    return { items: results.flatMap((one) => one.items), events: results.flatMap((one) => one.events) };
  }

  /**
   * Journals several saves as one append. Rejects with StorageError when none of them could be kept, or when the append
   * of another caller could not that carries an event of theirs.
   */
  async saveAll(saves: readonly Save[]): Promise<readonly SaveResult[]> {
    const claimed = new Set<string>();
    const minted = saves.map((save) => this.mint(save, claimed));
    const carriers = this.carriersOf(minted);
    const fresh = minted.flatMap((one) => one.fresh);
    const placed = fresh.length === 0 ? [] : await this.append(fresh);
    // To be told of a duplicate is an acknowledgement too. Whoever waits behind an append that fails fails with it, so
    // nothing of our own is durable when this rejects.
    await Promise.all(carriers);
    const byId = new Map(placed.map((event) => [event.id, event]));
    const duplicates = minted.reduce((sum, { items }) => sum + items.filter((item) => item.duplicate).length, 0);
    if (duplicates > 0) this.parts.onDuplicates(duplicates);
    return minted.map((one) => ({ items: one.items, events: one.fresh.flatMap((event) => byId.get(event.id) ?? []) }));
  }

  /** The appends of other callers that duplicates wait for. */
  private carriersOf(minted: readonly MintedSave[]): readonly Promise<unknown>[] {
    const carriers = new Set<Promise<unknown>>();
    for (const { id, duplicate } of minted.flatMap(({ items }) => items)) {
      const carrier = duplicate ? this.parts.journal.onItsWay(id) : null;
      if (carrier !== null) carriers.add(carrier);
    }
    return [...carriers];
  }

  private async append(fresh: readonly UnplacedEvent[]): Promise<readonly LearningEvent[]> {
    const appended = this.parts.journal.append(fresh);
    const folded = this.parts.fold.after(appended);
    const placed = await appended;
    this.parts.onRecorded(placed);
    await folded;
    return placed;
  }

  private mint(save: Save, claimed: Set<string>): MintedSave {
    const { clock, clocks, device, hasher, journal, vault } = this.parts;
    const now = clock.now();
    const minted = mintEvents(save.drafts, {
      hasher,
      vault,
      device,
      canvas: save.canvas,
      origin: save.origin,
      at: save.at,
      hlcMs: save.source === "file" ? save.at : now,
      now,
      lastHlc: clocks.last(save.stream),
      isKnown: (id) => claimed.has(id) || journal.has(id),
      repeats: save.source === "file" ? "real" : "duplicate",
    });
    for (const event of minted.events) claimed.add(event.id);
    if (minted.lastHlc !== null) clocks.take(save.stream, minted.lastHlc);
    return { items: itemsOf(save.drafts.length, minted), fresh: minted.events };
  }
}

function itemsOf(count: number, minted: Minted): SaveResult["items"] {
  const duplicates = new Map(minted.duplicates.map((one) => [one.index, one.id]));
  const fresh = minted.events.values();
  return Array.from({ length: count }, (_, index) => {
    const duplicate = duplicates.get(index);
    if (duplicate !== undefined) return { id: duplicate, duplicate: true };
    const event: UnplacedEvent | undefined = fresh.next().value;
    return { id: event?.id ?? "", duplicate: false };
  });
}
