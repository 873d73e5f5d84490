import type { Clock } from "../kernel/clock";
import { KeyedMutex } from "../kernel/keyedMutex";
import type { Logger } from "../kernel/logger";
import { canvasKey, checkCanvasPath, type CaseRule } from "./canvasPath";
import type { FileProblem } from "./document";
import { editCanvasText, type CanvasEdit } from "./edits";
import { LockWatch } from "./lockWatch";
import { refuse, type CanvasPatch, type Refusal } from "./patch";
import type { CanvasFiles } from "./port";

export type MutateResult =
  /** `before` and `after` are the whole texts, so that a caller can keep the old one. */
  | { readonly kind: "written"; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: "unchanged"; readonly path: string }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | Refusal;

export interface CanvasWriterParts {
  readonly files: CanvasFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True when the last good version had nodes: a file that is empty now is then damaged, and is not written. */
  readonly hadNodes?: (path: string) => boolean;
  readonly caseRule?: CaseRule;
}

/**
 * The one place that writes canvases. There must be one writer for a vault: the locks are its own.
 */
export class CanvasWriter {
  private readonly mutex: KeyedMutex;

  constructor(private readonly parts: CanvasWriterParts) {
    this.mutex = new KeyedMutex(() => parts.clock.monotonic(), new LockWatch(parts.clock, parts.logger));
  }

  /** Canvases that are being written or waited for now. */
  get locks(): number {
    return this.mutex.size;
  }

  /**
   * Carries a patch out on one canvas, all of it or nothing, while nobody else here reads or writes this canvas to
   * change it. Patches of one canvas run in the order of their calls. Rejects when the host cannot read or write; the
   * file is then as it was. `owner` names the caller in the log.
   */
  async mutate(path: string, patch: CanvasPatch, owner?: string): Promise<MutateResult> {
    const checked = checkCanvasPath(path);
    if (checked.kind === "refused") return refuse("path", checked.reason);
    const key = canvasKey(checked.path, this.parts.caseRule);
    return this.mutex.run(key, () => this.change(checked.path, patch), owner);
  }

  private async change(path: string, patch: CanvasPatch): Promise<MutateResult> {
    let before = "";
    let edit: CanvasEdit = { kind: "unchanged" };
    const outcome = await this.parts.files.process(path, (text) => {
      before = text;
      edit = this.edit(path, text, patch);
      return edit.kind === "edited" ? edit.text : text;
    });
    if (outcome.kind === "missing") return { kind: "missing", path };
    if (outcome.kind === "busy") return refuse("busy", outcome.reason);
    return resultOf(path, before, edit);
  }

  private edit(path: string, text: string, patch: CanvasPatch): CanvasEdit {
    const emptied = text.trim() === "" && (this.parts.hadNodes?.(path) ?? false);
    if (!emptied) return editCanvasText(path, text, patch);
    const reason = "the file is empty although its last good version had nodes";
    return { kind: "unreadable", problem: { path, line: null, column: null, reason } };
  }
}

function resultOf(path: string, before: string, edit: CanvasEdit): MutateResult {
  if (edit.kind === "edited") return { kind: "written", path, before, after: edit.text };
  return edit.kind === "unchanged" ? { kind: "unchanged", path } : edit;
}
