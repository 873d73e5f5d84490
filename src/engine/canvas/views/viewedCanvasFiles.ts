import { pauseFor } from "../../kernel/bounded";
import type { Clock } from "../../kernel/clock";
import { KeyedMutex } from "../../kernel/keyedMutex";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { neverAborted } from "../../kernel/signal";
import { requireCanvasPath } from "../canvasPath";
import type { CanvasDiff } from "../diff";
import { keepNothing, type CanvasFiles, type KeepOld, type ProcessOutcome } from "../port";
import { chooseWay, type Way } from "./chooseWay";
import type { CanvasFile, CanvasHost, OpenCanvas } from "./openCanvas";
import { Patience } from "./patience";
import { ReloadGuard } from "./reloadGuard";
import { hasDiff, lacksDiff, reverseDiff, textDiff } from "./textDiff";

/** How long a canvas may be in a state in which it cannot be written, in milliseconds. */
const WAIT_MS = 10_000;

/** How long a view may take to save, in milliseconds. */
const SAVE_MS = 5_000;

/** How long a view that is closed may take to write its last edits, in milliseconds. */
const CLOSE_MS = 100;

export interface ViewedCanvasFilesParts {
  readonly host: CanvasHost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What one try came to. `again`: not now, and why. */
type Step = ProcessOutcome | { readonly kind: "again"; readonly reason: string };

interface Write {
  readonly file: CanvasFile;
  readonly change: (text: string) => string;
  readonly keep: KeepOld;
  /** Views whose memory could not be changed although they said so. */
  readonly distrusted: Set<OpenCanvas>;
  /** The views at the last look. */
  opened: readonly OpenCanvas[];
}

const movedOn: Step = { kind: "again", reason: "the canvas keeps changing; try again" };

/**
 * Canvas files of an app in which they may be open. A closed one is written on the disk, an open one in the memory of
 * its view, or on the disk after its view has saved, else when that can be done, else not at all.
 */
export class ViewedCanvasFiles implements CanvasFiles {
  private readonly turns = new KeyedMutex(() => 0, null);

  constructor(private readonly parts: ViewedCanvasFilesParts) {}

  async read(path: string): Promise<string | null> {
    const file = this.parts.host.find(requireCanvasPath(path));
    if (file === null) return null;
    const unsaved = file.views().find((view) => view.look().dirty);
    return unsaved === undefined ? file.read() : unsaved.text();
  }

  async process(path: string, change: (text: string) => string, keep: KeepOld = keepNothing): Promise<ProcessOutcome> {
    const clean = requireCanvasPath(path);
    return this.turns.run(clean, () => {
      const file = this.parts.host.find(clean);
      return file === null ? { kind: "missing" } : this.write({ file, change, keep, distrusted: new Set(), opened: file.views() });
    });
  }

  private async write(write: Write): Promise<ProcessOutcome> {
    const patience = new Patience(this.parts.clock, WAIT_MS);
    for (;;) {
      const step = await this.attempt(write);
      if (step.kind !== "again") return step;
      if (!(await patience.pause())) return { kind: "busy", reason: step.reason };
    }
  }

  private async attempt(write: Write): Promise<Step> {
    if (hasClosed(write)) {
      await pauseFor(this.parts.clock, CLOSE_MS, neverAborted);
      write.opened = write.file.views();
    }
    const disk = await readDisk(write.file);
    if (disk === null) return { kind: "missing" };
    const way = wayOf(write, disk);
    switch (way.kind) {
      case "swap":
        return this.swap(write, disk);
      case "memory":
        return this.inMemory(write, way.view, way.typing);
      case "flush":
        await way.view.save();
        return { kind: "again", reason: "the canvas is open and cannot be saved; close it and try again" };
      case "wait":
        return { kind: "again", reason: way.reason };
      case "refuse":
        return { kind: "busy", reason: way.reason };
    }
  }

  private async swap(write: Write, disk: string): Promise<Step> {
    const { file, change, keep } = write;
    const after = change(disk);
    if (after === disk) return { kind: "unchanged" };
    await keep(disk, after);
    const guards: ReloadGuard[] = [];
    try {
      await file.alone(() =>
        file.swap((text) => {
          if (text !== disk || wayOf(write, text).kind !== "swap") return text;
          guards.push(new ReloadGuard(this.parts, file.views()));
          return after;
        }),
      );
      const [guard] = guards;
      return guard === undefined ? movedOn : await this.written(file, () => textDiff(disk, after), guard);
    } finally {
      for (const guard of guards) guard.stop();
    }
  }

  private async inMemory(write: Write, view: OpenCanvas, typing: readonly string[]): Promise<Step> {
    const { file, change, keep } = write;
    const before = view.text();
    const after = change(before);
    if (after === before) return { kind: "unchanged" };
    const diff = textDiff(before, after);
    if (diff === null) throw new Error("a canvas was to be changed into something that is none");
    if (touches(diff, typing)) return beingEdited;
    await keep(before, after);
    return file.alone(() => this.patchAndSave(write, { view, before, diff }));
  }

  private async patchAndSave(
    write: Write,
    { view, before, diff }: { readonly view: OpenCanvas; readonly before: string; readonly diff: CanvasDiff },
  ): Promise<Step> {
    const { file } = write;
    const disk = await readDisk(file);
    if (disk === null) return { kind: "missing" };

    // Nothing is awaited from this look to the change, so no edit can come between them.
    const now = wayOf(write, disk);
    if (now.kind !== "memory" || now.view !== view || view.text() !== before) return movedOn;
    if (touches(diff, now.typing)) return beingEdited;
    const others = new ReloadGuard(this.parts, file.views().filter((one) => one !== view));
    if (!view.patch(diff)) {
      others.stop();
      write.distrusted.add(view);
      this.parts.logger.warn("The memory of an open canvas could not be changed; its file is, after it has saved.");
      return movedOn;
    }
    try {
      return await this.settle(file, { view, diff, disk, others });
    } finally {
      others.stop();
    }
  }

  /**
   * Whether a view had to be given what its file has. A reading that was under way during the save puts the text from
   * before it back into the memory, and the view would write that over the file with the next save.
   */
  private catchUp(view: OpenCanvas, now: string, diff: CanvasDiff): boolean {
    const { saved } = view.look();
    if (saved === null || !lacksDiff(saved, diff) || lacksDiff(now, diff)) return false;
    const missing = textDiff(saved, now);
    if (missing !== null && view.patch(missing)) return true;
    this.parts.logger.error("A pane shows an older text of its canvas and could not be changed; close it without editing it.");
    return false;
  }

  /** A view that was closed while the file was written may have written over it: then the change is made again. */
  private async written(file: CanvasFile, diffOf: () => CanvasDiff | null, guard: ReloadGuard): Promise<Step> {
    if (await guard.untilRead()) return { kind: "written" };
    await pauseFor(this.parts.clock, CLOSE_MS, neverAborted);
    const [now, diff] = [await readDisk(file), diffOf()];
    return now !== null && diff !== null && lacksDiff(now, diff) ? movedOn : { kind: "written" };
  }

  /** Waits until the file has what a view has. Where it cannot be saved, the memory goes back to what it was. */
  private async settle(
    file: CanvasFile,
    { view, diff, disk, others }: { view: OpenCanvas; diff: CanvasDiff; disk: string; others: ReloadGuard },
  ): Promise<Step> {
    const patience = new Patience(this.parts.clock, SAVE_MS);
    let trouble = "it was not written";
    do {
      // Its failure is seen by what is not in the file.
      await view.save().catch((error: unknown) => (trouble = reasonOf(error)));
      const now = await readDisk(file);
      if (now === null) return { kind: "missing" };
      if (now !== disk && hasDiff(now, diff)) {
        if (!this.catchUp(view, now, diff)) return this.written(file, () => diff, others);
        continue;
      }
      // Another program's text took the place of the memory before it was written.
      if (now !== disk && !hasDiff(view.text(), diff)) return movedOn;
    } while (await patience.pause());
    view.patch(reverseDiff(diff));
    throw new Error(`the open canvas could not be saved (${trouble}), so it was changed back`);
  }
}

const beingEdited: Step = {
  kind: "again",
  reason: "a card that is to be changed is being edited; leave it and try again",
};

function wayOf(write: Write, disk: string): Way {
  if (hasClosed(write)) return { kind: "wait", reason: "a pane of the canvas is being closed; try again" };
  write.opened = write.file.views();
  return chooseWay(write.opened, disk, write.distrusted);
}

/** Whether a view is gone since the last look: it may still have its last edits to write. */
function hasClosed({ file, opened }: Write): boolean {
  const now = file.views();
  return opened.some((view) => !now.includes(view));
}

/** Null when the file is gone. */
async function readDisk(file: CanvasFile): Promise<string | null> {
  if (!file.exists()) return null;
  try {
    return await file.read();
  } catch (error) {
    if (!file.exists()) return null;
    throw error;
  }
}

function touches({ nodes }: CanvasDiff, typing: readonly string[]): boolean {
  const changed = nodes.filter((change) => change.kind !== "added");
  return changed.some(({ id }) => typing.includes(id)) || (changed.length > 0 && typing.includes(""));
}
