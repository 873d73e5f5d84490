import type { Clock } from "../../kernel/clock";
import { createSignal, type Signal } from "../../kernel/signal";
import { planScan, type FileStamp, type ScanPlan } from "../../canvas/scanPlan";
import type { LearningEvent, Origin } from "../../learning/event";
import type { PropertyNames } from "../../learning/watchedProperties";
import type { LocalGraph } from "../../graph/localGraph";
import { createSerial, type Serial } from "../../kernel/serial";
import { Breath } from "../../kernel/breath";
import type { CanvasCapture } from "./canvasCapture";
import type { ScanPlanSize, ScanReport } from "../engine";
import type { Look } from "./look";
import type { NoteCapture } from "./noteCapture";
import { EngineStopped, type OpenWork } from "../record/openWork";
import type { ProblemBook } from "./problemBook";
import type { RenameMatcher } from "./renameMatcher";
import type { ScanMemory } from "./scanMemory";
import type { VaultFile, VaultListing, VaultPort } from "./vaultPort";
import type { Watchtower } from "../status/watchtower";

/** Files read at once: enough to hide the disk, few enough to keep memory flat. */
const READERS = 4;

export interface VaultScanParts {
  readonly clock: Clock;
  readonly work: OpenWork;
  readonly tower: Pick<Watchtower, "enter" | "duplicateCount">;
  readonly files: VaultPort;
  readonly graph: LocalGraph;
  readonly canvases: CanvasCapture;
  readonly notes: NoteCapture;
  readonly renames: RenameMatcher;
  readonly problems: ProblemBook;
  readonly memory: ScanMemory;
  readonly propertyNames: () => PropertyNames;
  /** A scan came to its end, or was asked to stop. */
  readonly onDone: () => void;
  readonly onFailed: (error: unknown) => void;
}

export interface ScanRun {
  readonly confirmMissing?: boolean | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** What has to be known before the vault can be compared. */
  readonly before: () => Promise<unknown>;
}

interface Begun extends ScanRun {
  readonly stopped: Signal;
  readonly onProgress: (done: number, total: number) => void;
}

interface Differences {
  readonly plan: ScanPlan;
  readonly listing: VaultListing;
  readonly stopped: Signal;
}

interface Tally {
  readonly events: Map<string, number>;
  journaled: number;
}

/** Compares the whole vault with what is known and journals the difference. One scan runs at a time. */
export class VaultScan {
  private readonly turn: Serial = createSerial();
  private stopping = createSignal();

  constructor(private readonly parts: VaultScanParts) {}

  run(asked: ScanRun): Promise<ScanReport> {
    const { signal } = this.stopping;
    return this.turn(() => this.announced(asked, signal));
  }

  /** Ends the scan under way after the files under way, and with it those that wait for their turn. */
  stop(): void {
    this.stopping.abort();
    this.stopping = createSignal();
  }

  /** What the next scan would read. */
  async size(): Promise<ScanPlanSize> {
    const known = this.knownCanvases();
    const listing = await this.parts.files.list();
    const read = new Set(this.plan(known, listing, false).read);
    const canvases = listing.canvases.filter((file) => read.has(file.path));
    return {
      canvases: canvases.length,
      notes: this.changedNotes(listing).length,
      bytes: canvases.reduce((sum, file) => sum + file.size, 0),
    };
  }

  private async announced(asked: ScanRun, stopped: Signal): Promise<ScanReport> {
    const { clock, tower } = this.parts;
    const startedAt = clock.now();
    const onProgress = (done: number, total: number): void => {
      tower.enter({ kind: "scanning", done, total, startedAt });
      asked.onProgress?.(done, total);
    };
    try {
      if (!stopped.aborted) await asked.before();
      const report = await this.scan({ ...asked, stopped, onProgress });
      this.parts.onDone();
      return report;
    } catch (error) {
      this.parts.onFailed(error);
      throw error;
    } finally {
      tower.enter({ kind: "watching" });
    }
  }

  private async scan(options: Begun): Promise<ScanReport> {
    const { files, memory, problems, tower, work } = this.parts;
    const duplicatesBefore = tower.duplicateCount;
    const tally: Tally = { events: new Map(), journaled: 0 };
    await this.endTwins(options.stopped, tally);
    // Before the listing: a canvas that is new since then was not looked for, and is not gone.
    const known = this.knownCanvases();
    const listing = await files.list();
    const plan = this.plan(known, listing, options.confirmMissing ?? false);
    const { firstIndex } = memory;
    const properties = this.properties();
    problems.set("", plan.problems, listing.unreadable.length > 0);
    const moved = await this.moveAndRemove({ plan, listing, stopped: options.stopped }, tally);
    this.forgetAbsentNotes(listing);
    const paths = new Set([...plan.read, ...this.changedNotes(listing).map((file) => file.path), ...this.troubled()]);
    const looked = await this.inTurns([...paths].map((path) => () => this.look(path, firstIndex)), options, tally);
    const finished = moved && looked;
    if (!work.over) await memory.scanned({ guard: plan.guard, complete: finished, properties });
    return {
      canvases: listing.canvases.length,
      unreadable: problems.unreadable,
      events: Object.fromEntries([...tally.events].sort(([a], [b]) => (a < b ? -1 : 1))),
      journaled: tally.journaled,
      duplicates: tower.duplicateCount - duplicatesBefore,
      problems: problems.all(),
      stopped: !finished,
    };
  }

  private async endTwins(stopped: Signal, tally: Tally): Promise<void> {
    const { canvases, files, graph } = this.parts;
    for (const path of graph.contestedPaths()) {
      if (stopped.aborted) return;
      if (files.excludes?.(path) !== true) count(tally, await canvases.endTwins(path, "catch-up"));
    }
  }

  private plan(known: readonly FileStamp[], listing: VaultListing, confirmed: boolean): ScanPlan {
    const options = { guard: this.parts.memory.guard, confirmed };
    return planScan(known, { canvases: listing.canvases, unreadable: listing.unreadable }, options);
  }

  /** False when it was asked to stop before the end. */
  private async moveAndRemove({ plan, listing, stopped }: Differences, tally: Tally): Promise<boolean> {
    const { canvases, renames } = this.parts;
    const mtimes = new Map(listing.canvases.map((file) => [file.path, file.mtime]));
    const matched = await renames.match(plan.vanished, plan.appeared);
    const moved = new Set(matched.map((rename) => rename.from));
    const changes = [
      ...[...plan.respelled, ...matched].map(({ from, to }) => () => canvases.renameIfGone(from, to, mtimes.get(to) ?? 0, "catch-up")),
      ...plan.vanished.filter((path) => !moved.has(path)).map((path) => () => canvases.removeIfGone(path, "catch-up")),
    ];
    for (const change of changes) {
      if (stopped.aborted) return false;
      count(tally, await change());
    }
    return true;
  }

  // What another device has journaled is no news at this one's first look: only what differs from it is.
  private look(path: string, firstIndex: boolean): Promise<Look> {
    const { canvases, graph, notes } = this.parts;
    const isNote = path.endsWith(".md");
    const known = isNote ? graph.note(path) : graph.canvasByPath(path);
    const origin: Origin = firstIndex && known === null ? "index" : "catch-up";
    return isNote ? notes.look(path, origin) : canvases.look(path, origin);
  }

  /**
   * Files with a problem. They are looked at whatever their time and size say, and whether they are listed or not: a
   * permission that was given back changes neither, and a file that is gone has no problem.
   */
  private troubled(): readonly string[] {
    const { files, problems } = this.parts;
    for (const path of problems.paths()) if (files.excludes?.(path) === true) problems.clear(path);
    return problems.paths().filter((path) => path !== "");
  }

  // Below a folder that could not be read there may be notes that the listing does not know of.
  private forgetAbsentNotes(listing: VaultListing): void {
    if (listing.unreadable.length > 0) return;
    const listed = new Set(listing.notes.map((file) => file.path));
    const { graph } = this.parts;
    for (const path of graph.stampedPaths()) if (path.endsWith(".md") && !listed.has(path)) graph.forgetStamp(path);
  }

  /** Does the looks, a few at a time. False when it was asked to stop before the end. */
  private async inTurns(looks: readonly (() => Promise<Look>)[], options: Begun, tally: Tally): Promise<boolean> {
    const failures: unknown[] = [];
    let next = 0;
    let done = 0;
    const breath = new Breath(this.parts.clock);
    const step = async (look: () => Promise<Look>): Promise<void> => {
      const outcome = await look();
      if (outcome.kind === "captured") count(tally, outcome.events);
      done += 1;
      options.onProgress(done, looks.length);
      await breath.take();
    };
    const reader = async (): Promise<void> => {
      while (failures.length === 0 && !options.stopped.aborted) {
        const look = looks[next++];
        if (look === undefined) return;
        await step(look).catch((error: unknown) => failures.push(error));
      }
    };
    options.onProgress(0, looks.length);
    await Promise.all(Array.from({ length: READERS }, reader));
    // What came too late to be kept was not looked at.
    const told = failures.filter((error) => !(error instanceof EngineStopped));
    if (told.length > 0) throw told[0];
    return done === looks.length;
  }

  // A canvas without a stamp was never read in full: time and size that no file has make the plan read it.
  private knownCanvases(): readonly FileStamp[] {
    const known: FileStamp[] = [];
    for (const canvas of this.parts.graph.canvases()) {
      if (!canvas.live || this.parts.files.excludes?.(canvas.path) === true) continue;
      const stamp = this.parts.graph.stamp(canvas.path);
      known.push({ path: canvas.path, mtime: stamp?.mtime ?? -1, size: stamp?.size ?? -1 });
    }
    return known;
  }

  private properties(): string {
    const { score, mastery, due, interval, ease } = this.parts.propertyNames();
    return JSON.stringify([score, mastery, due, interval, ease]);
  }

  private changedNotes(listing: VaultListing): readonly VaultFile[] {
    if (!this.parts.memory.lookedFor(this.properties())) return listing.notes;
    return listing.notes.filter((file) => {
      const stamp = this.parts.graph.stamp(file.path);
      return stamp === null || stamp.size !== file.size || stamp.mtime !== file.mtime;
    });
  }
}

function count(tally: Tally, events: readonly LearningEvent[]): void {
  for (const event of events) tally.events.set(event.type, (tally.events.get(event.type) ?? 0) + 1);
  tally.journaled += events.length;
}
