import type { Clock } from "../kernel/clock";
import { KeyedMutex, type KeyedLock } from "../kernel/keyedMutex";
import type { Logger } from "../kernel/logger";
import { checkCanvasPath, type CaseRule } from "./canvasPath";
import { CanvasPlaces, MAX_MOVES, type CanvasPlace } from "./canvasPlaces";
import type { FileProblem } from "./document";
import { editCanvasText, type CanvasEdit } from "./edits";
import { LockWatch } from "./lockWatch";
import { refuse, type CanvasPatch, type Refusal } from "./patch";
import type { CanvasFiles } from "./port";
import { KeepFailed } from "./recovery/keptWrites";

export type MutateResult =
  /** `before` and `after` are the whole texts, so that a caller can keep the old one. */
  | { readonly kind: "written"; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: "unchanged"; readonly path: string }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | Refusal;

/** Makes the new text of a canvas of the old one. Pure: it may run several times. */
export type TextChange = (path: string, text: string) => CanvasEdit;

/** An edit about to be written. */
export interface PlannedWrite {
  readonly path: string;
  readonly owner: string;
  readonly before: string;
  readonly edit: Extract<CanvasEdit, { kind: "edited" }>;
}

/** Keeps the old texts of one write, which may be planned several times. */
export interface WriteRecord {
  /** Rejects with KeepFailed when the old text cannot be kept. */
  keep(planned: PlannedWrite): Promise<void>;
  /** Nothing was written after all. */
  drop(): Promise<void>;
}

export interface CanvasWriterParts {
  readonly files: CanvasFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True when the last good version had nodes: a file that is empty now is then damaged, and is not written. */
  readonly hadNodes?: (path: string) => boolean;
  readonly caseRule?: CaseRule;
  /** Begins to keep the old text of a write. Left out: nothing is kept. */
  readonly record?: () => WriteRecord;
  /** Left out: a mutex for each canvas, watched in the log. */
  readonly lock?: KeyedLock;
}

/**
 * The one place that writes canvases. There must be one writer for a vault: the locks are its own.
 */
export class CanvasWriter {
  private readonly lock: KeyedLock;
  private readonly places: CanvasPlaces;

  constructor(private readonly parts: CanvasWriterParts) {
    this.lock = parts.lock ?? new KeyedMutex(() => parts.clock.monotonic(), new LockWatch(parts.clock, parts.logger));
    this.places = new CanvasPlaces(parts.caseRule);
  }

  /** Canvases that are being written or waited for now. */
  get locks(): number {
    return this.lock.size;
  }

  /** Tells of a canvas that has another path now: writes that wait for it follow it. */
  renamed(from: string, to: string): void {
    this.places.renamed(from, to);
  }

  /**
   * Carries a patch out on one canvas, all of it or nothing, while nobody else here reads or writes this canvas to
   * change it. Patches of one canvas run in the order of their calls, also when it is renamed meanwhile. Rejects when
   * the host cannot read or write; the file is then as it was. `owner` names the caller in the log, and its writes can
   * be taken back together.
   */
  mutate(path: string, patch: CanvasPatch, owner?: string): Promise<MutateResult> {
    return this.change(path, (at, text) => editCanvasText(at, text, patch), owner);
  }

  /** The same with any change of the text. */
  async change(path: string, change: TextChange, owner = ""): Promise<MutateResult> {
    const checked = checkCanvasPath(path);
    if (checked.kind === "refused") return refuse("path", checked.reason);
    let at = checked.path;
    for (let moves = 0; ; moves += 1) {
      const result = await this.inTurn(at, owner, (place) => this.writeAt(place, change, owner));
      const now = result.kind === "missing" ? this.places.wentTo(result.path) : null;
      if (now === null || moves === MAX_MOVES) return result;
      at = now;
    }
  }

  private async inTurn<T>(path: string, owner: string, work: (place: CanvasPlace) => Promise<T>): Promise<T> {
    const place = this.places.enter(path);
    try {
      for (;;) {
        const { lock } = place;
        const turn = await this.lock.run(lock, async () => (place.lock === lock ? { value: await work(place) } : null), owner);
        if (turn !== null) return turn.value;
      }
    } finally {
      this.places.leave(place);
    }
  }

  // Renamed while it was written: it is followed before others get their turn, so the order of the calls stays.
  private async writeAt(place: CanvasPlace, change: TextChange, owner: string): Promise<MutateResult> {
    for (;;) {
      const { path } = place;
      const result = await this.write(path, change, owner);
      if (result.kind !== "missing" || place.path === path) return result;
    }
  }

  private async write(path: string, change: TextChange, owner: string): Promise<MutateResult> {
    const record = this.parts.record?.() ?? null;
    let before = "";
    let edit: CanvasEdit = { kind: "unchanged" };
    try {
      const outcome = await this.parts.files.process(
        path,
        (text) => {
          before = text;
          edit = this.edit(path, text, change);
          return edit.kind === "edited" ? edit.text : text;
        },
        async () => {
          if (edit.kind === "edited") await record?.keep({ path, owner, before, edit });
        },
      );
      if (outcome.kind !== "written") await record?.drop();
      if (outcome.kind === "missing") return { kind: "missing", path };
      if (outcome.kind === "busy") return refuse("busy", outcome.reason);
      return resultOf(path, before, edit);
    } catch (error) {
      await record?.drop();
      if (error instanceof KeepFailed) return refuse("unkept", `the old version could not be kept, so nothing was written: ${error.message}`);
      throw error;
    }
  }

  private edit(path: string, text: string, change: TextChange): CanvasEdit {
    const emptied = text.trim() === "" && (this.parts.hadNodes?.(path) ?? false);
    if (!emptied) return change(path, text);
    const reason = "the file is empty although its last good version had nodes";
    return { kind: "unreadable", problem: { path, line: null, column: null, reason } };
  }
}

function resultOf(path: string, before: string, edit: CanvasEdit): MutateResult {
  if (edit.kind === "edited") return { kind: "written", path, before, after: edit.text };
  return edit.kind === "unchanged" ? { kind: "unchanged", path } : edit;
}
