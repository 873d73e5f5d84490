import type { Hasher } from "../../kernel/hash";
import { checkCanvasPath } from "../canvasPath";
import type { FileProblem } from "../document";
import { editCanvasText, type CanvasEdit } from "../edits";
import { refuse, type Refusal } from "../patch";
import { documentOf, textDiff } from "../views/textDiff";
import type { CanvasWriter, MutateResult } from "../writer";
import { hasSum } from "./keptWrite";
import type { Kept, KeptWrites } from "./keptWrites";
import { undoPatch } from "./undoPatch";

/** A write that can be taken back. */
export interface LastWrite {
  readonly path: string;
  /** Epoch ms. */
  readonly at: number;
  readonly owner: string;
}

export type UndoResult =
  /** `kept` are the ids of what was changed since and therefore stayed as it is. */
  | { readonly kind: "undone"; readonly path: string; readonly writes: number; readonly kept: readonly string[] }
  /** Nothing of the write is left, or all of it was changed since. */
  | { readonly kind: "unchanged"; readonly path: string; readonly kept: readonly string[] }
  /** No write of this canvas is kept. */
  | { readonly kind: "nothing" }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly problem: FileProblem }
  | Refusal;

export interface CanvasUndoParts {
  readonly writer: CanvasWriter;
  readonly kept: KeptWrites;
  readonly hasher: Hasher;
}

/** Takes writes back. That is a write like any other: it can be taken back too. */
export class CanvasUndo {
  constructor(private readonly parts: CanvasUndoParts) {}

  /** Rejects when the plugin's folder cannot be read. */
  async lastWrite(path: string): Promise<LastWrite | null> {
    const checked = checkCanvasPath(path);
    if (checked.kind === "refused") return null;
    const last = await this.parts.kept.last(checked.path);
    return last === null ? null : { path: checked.path, at: last.write.at, owner: last.write.owner };
  }

  /** Takes the last write of a canvas back. */
  undoLast(path: string): Promise<UndoResult> {
    return this.undo(path, async (at) => {
      const last = await this.parts.kept.last(at);
      return last === null ? [] : [last];
    });
  }

  /** Takes back what one owner wrote on a canvas, the newest first, in one write. */
  undoAll(path: string, owner: string): Promise<UndoResult> {
    return this.undo(path, (at) => this.parts.kept.byOwner(at, owner));
  }

  private async undo(path: string, find: (path: string) => Promise<readonly Kept[]>): Promise<UndoResult> {
    const checked = checkCanvasPath(path);
    if (checked.kind === "refused") return refuse("path", checked.reason);
    const writes = await find(checked.path);
    const [newest] = writes;
    if (newest === undefined) return { kind: "nothing" };
    let kept: readonly string[] = [];
    const change = (at: string, text: string): CanvasEdit => {
      const undone = this.undone(at, text, writes);
      kept = undone.kept;
      return undone.edit;
    };
    const result = await this.parts.writer.change(checked.path, change, ownerOf(newest));
    // What is not there any more would stand in the way of the write before it for ever.
    if (result.kind === "unchanged") for (const { place } of writes) await this.parts.kept.discard(place);
    return resultOf(result, writes.length, kept);
  }

  private undone(path: string, text: string, writes: readonly Kept[]): { readonly edit: CanvasEdit; readonly kept: readonly string[] } {
    let now = text;
    const kept = new Set<string>();
    for (const { write } of writes) {
      if (hasSum(now, write.after, this.parts.hasher)) {
        now = write.before;
        continue;
      }
      const document = documentOf(now);
      if (document === null) return { edit: editCanvasText(path, now, []), kept: [] };
      const plan = undoPatch(document, write.diff);
      for (const id of plan.kept) kept.add(id);
      const edit = editCanvasText(path, now, plan.patch);
      if (edit.kind === "refused" || edit.kind === "unreadable") return { edit, kept: [] };
      if (edit.kind === "edited") now = edit.text;
    }
    return { edit: editOf(text, now), kept: [...kept] };
  }
}

function editOf(before: string, after: string): CanvasEdit {
  if (before === after) return { kind: "unchanged" };
  const diff = textDiff(before, after);
  return diff === null ? refuse("unverified", "the old version is no canvas") : { kind: "edited", text: after, diff };
}

function ownerOf({ write }: Kept): string {
  return `undo of ${write.owner === "" ? "a change" : write.owner}`;
}

function resultOf(result: MutateResult, writes: number, kept: readonly string[]): UndoResult {
  if (result.kind === "written") return { kind: "undone", path: result.path, writes, kept };
  return result.kind === "unchanged" ? { ...result, kept } : result;
}
