import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { KeyedMutex } from "../../kernel/keyedMutex";
import type { CanvasDocument, FileProblem } from "../../canvas/document";
import { emptyDocument } from "../../canvas/document";
import { canvasKey } from "../../canvas/canvasPath";
import { diffCanvas } from "../../canvas/diffCanvas";
import { parseCanvas } from "../../canvas/parseCanvas";
import { canvasDrafts } from "../../learning/fromCanvas";
import { lifecycleDraft } from "../../learning/lifecycle";
import { fileTime, wholeTime } from "../../learning/fileTime";
import type { CanvasRef, EventDraft, LearningEvent, Origin } from "../../learning/event";
import type { MasteryTable } from "../../learning/mastery";
import type { CanvasSummary, LocalGraph } from "../../graph/localGraph";
import { newCanvasId } from "./canvasIdentity";
import { blankProblem } from "./findProblems";
import type { Look } from "./look";
import type { ProblemBook } from "./problemBook";
import type { Recorder } from "../record/recorder";
import type { FileRead, VaultPort } from "./vaultPort";

export interface CanvasCaptureParts {
  readonly vault: string;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly files: Pick<VaultPort, "readCanvas">;
  readonly graph: LocalGraph;
  readonly recorder: Recorder;
  readonly problems: ProblemBook;
  readonly locks: KeyedMutex;
  readonly masteryTable: () => MasteryTable;
  /** Resolves when the graph has everything that the journal has. */
  readonly graphIdle: () => Promise<void>;
}

type Read = Extract<FileRead<string>, { kind: "read" }>;

/**
 * Canvas files → events. The last good version is what the local graph says, so a save that was seen twice, or by
 * another device, brings nothing new, and a file that cannot be read changes nothing.
 */
export class CanvasCapture {
  constructor(private readonly parts: CanvasCaptureParts) {}

  /** Reads a canvas and journals what changed since the last good version. */
  look(path: string, origin: Origin): Promise<Look> {
    return this.parts.locks.run(canvasKey(path), () => this.lookLocked(path, origin));
  }

  /** Gives a canvas its new path. A canvas that is not known is looked at as a new one by the next look. */
  rename(from: string, to: string, mtime: number, origin: Origin): Promise<readonly LearningEvent[]> {
    return this.withBoth(from, to, () => this.renameLocked(from, to, mtime, origin));
  }

  /**
   * The same for a rename that is only guessed from two files: both are looked at once more, for either may have come
   * back or got another identity since the guess.
   */
  renameIfGone(from: string, to: string, mtime: number, origin: Origin): Promise<readonly LearningEvent[]> {
    return this.withBoth(from, to, async () => {
      // Where case does not count, the old spelling of a name still leads to the file.
      const isGone = canvasKey(from) === canvasKey(to) || (await this.parts.files.readCanvas(from)).kind === "missing";
      await this.parts.graphIdle();
      const isFree = this.parts.graph.canvasByPath(to) === null;
      return isGone && isFree ? this.renameLocked(from, to, mtime, origin) : this.removeIfGoneLocked(from, origin);
    });
  }

  /**
   * Ends all canvases at a path but one. Devices that never met may each have given one file an identity; which one
   * stays is the same everywhere, so that several of them may do this at once.
   */
  endTwins(path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    return this.parts.locks.run(canvasKey(path), () => this.endTwinsLocked(path, origin));
  }

  /** Journals that a canvas is gone, or, where its file is there after all, what that holds. */
  removeIfGone(path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    return this.parts.locks.run(canvasKey(path), () => this.removeIfGoneLocked(path, origin));
  }

  // Both keys, always in the same order: two renames that cross must not wait for each other.
  private withBoth<T>(from: string, to: string, work: () => Promise<T>): Promise<T> {
    const [first, second] = [canvasKey(from), canvasKey(to)].sort();
    if (first === undefined || second === undefined || first === second) return this.parts.locks.run(canvasKey(from), work);
    return this.parts.locks.run(first, () => this.parts.locks.run(second, work));
  }

  private async lookLocked(path: string, origin: Origin): Promise<Look> {
    // Before the file is compared: with any but the one that stays there would be no end to the differences.
    const ended = await this.endTwinsLocked(path, origin);
    const look = await this.lookAtFile(path, origin);
    if (ended.length === 0 || look.kind === "missing" || look.kind === "unreadable") return look;
    return { kind: "captured", events: look.kind === "captured" ? [...ended, ...look.events] : ended };
  }

  private async lookAtFile(path: string, origin: Origin): Promise<Look> {
    const file = await this.parts.files.readCanvas(path);
    if (file.kind === "missing") {
      this.parts.problems.clear(path);
      return { kind: "missing" };
    }
    if (file.kind === "unreadable") return this.fail({ path, line: null, column: null, reason: file.reason });
    const hash = this.parts.hasher.sha256(file.content);
    await this.parts.graphIdle();
    const known = this.parts.graph.canvasByPath(path);
    if (known !== null && this.parts.graph.stamp(path)?.hash === hash) {
      this.parts.problems.clear(path);
      this.stamp(path, file, hash);
      return { kind: "unchanged" };
    }
    return this.compare(path, file, hash, known, origin);
  }

  private async compare(path: string, file: Read, hash: string, known: CanvasSummary | null, origin: Origin): Promise<Look> {
    const canvas = { id: known?.id ?? newCanvasId(this.parts, path, file.mtime), path };
    // A deleted file that came back with its old time is the canvas that it was: what it had is still known.
    const former = known ?? this.parts.graph.canvasById(canvas.id);
    const before = former === null ? emptyDocument : await this.parts.graph.lastGood(canvas.id);
    const parsed = this.parse(path, file.content, before);
    if (parsed.kind === "unreadable") return this.fail(parsed.problem);
    const diff = diffCanvas(before, parsed.document);
    const created: readonly EventDraft[] = known === null ? [lifecycleDraft({ kind: "created", canvas })] : [];
    const drafts = [...created, ...canvasDrafts(diff, this.parts.masteryTable())];
    const events = await this.record(canvas, drafts, fileTime(file.mtime, former?.fileAt ?? null), origin);
    this.parts.problems.set(path, parsed.problems);
    // A file with skipped entries is read again each time, so that its problems are shown again after a restart.
    if (parsed.problems.length === 0) this.stamp(path, file, hash);
    else this.parts.graph.forgetStamp(path);
    return events.length === 0 ? { kind: "unchanged" } : { kind: "captured", events };
  }

  private parse(
    path: string,
    text: string,
    before: CanvasDocument,
  ):
    | { kind: "document"; document: CanvasDocument; problems: readonly FileProblem[] }
    | { kind: "unreadable"; problem: FileProblem } {
    const parsed = parseCanvas(path, text);
    if (parsed.kind !== "blank") return parsed;
    if (before.nodes.length === 0) return { kind: "document", document: emptyDocument, problems: [] };
    return { kind: "unreadable", problem: blankProblem(path, before.nodes.length) };
  }

  private async renameLocked(from: string, to: string, mtime: number, origin: Origin): Promise<readonly LearningEvent[]> {
    await this.parts.graphIdle();
    if (from === to) return [];
    const ended = [...(await this.endTwinsLocked(from, origin)), ...(await this.endTwinsLocked(to, origin))];
    const known = this.parts.graph.canvasByPath(from);
    this.parts.problems.clear(from);
    if (known === null) return ended;
    const overwritten = this.parts.graph.canvasByPath(to);
    const replaced = overwritten !== null && overwritten.id !== known.id;
    const removed = replaced ? await this.removeLocked(to, origin) : [];
    const now = Math.max(this.parts.clock.now(), (known.fileAt ?? 0) + 1);
    const at = wholeTime(mtime) > (known.fileAt ?? 0) ? wholeTime(mtime) : now;
    const canvas = { id: known.id, path: to };
    const stamp = this.parts.graph.stamp(from);
    const renamed = await this.record(canvas, [lifecycleDraft({ kind: "renamed", canvas, from })], at, origin);
    this.parts.graph.forgetStamp(from);
    if (stamp !== null) this.parts.graph.setStamp(to, stamp);
    return [...ended, ...removed, ...renamed];
  }

  // A save that replaces the file looks like a deletion for a moment.
  private async removeIfGoneLocked(path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    const look = await this.lookLocked(path, origin);
    if (look.kind === "missing") return this.removeLocked(path, origin);
    return look.kind === "captured" ? look.events : [];
  }

  private async removeLocked(path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    await this.parts.graphIdle();
    const known = this.parts.graph.canvasByPath(path);
    this.parts.problems.clear(path);
    this.parts.graph.forgetStamp(path);
    return known === null ? [] : this.end(known, path, origin);
  }

  private async endTwinsLocked(path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    await this.parts.graphIdle();
    const [, ...twins] = this.parts.graph.canvasesAt(path);
    const ended: LearningEvent[] = [];
    for (const twin of twins) ended.push(...(await this.end(twin, path, origin)));
    return ended;
  }

  private end({ id, fileAt }: CanvasSummary, path: string, origin: Origin): Promise<readonly LearningEvent[]> {
    const at = Math.max(Math.floor(this.parts.clock.now()), (fileAt ?? 0) + 1);
    const canvas = { id, path };
    return this.record(canvas, [lifecycleDraft({ kind: "deleted", canvas })], at, origin);
  }

  private async record(
    canvas: CanvasRef,
    drafts: readonly EventDraft[],
    at: number,
    origin: Origin,
  ): Promise<readonly LearningEvent[]> {
    if (drafts.length === 0) return [];
    const saved = await this.parts.recorder.save({ stream: canvas.id, canvas, drafts, origin, at, source: "file" });
    return saved.events;
  }

  private stamp(path: string, file: Read, hash: string): void {
    this.parts.graph.setStamp(path, { mtime: file.mtime, size: file.size, hash });
  }

  private fail(problem: FileProblem): Look {
    this.parts.problems.set(problem.path, [problem], true);
    return { kind: "unreadable" };
  }
}
