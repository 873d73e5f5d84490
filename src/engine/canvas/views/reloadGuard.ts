import { bounded, pauseFor } from "../../kernel/bounded";
import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { createSignal, neverAborted } from "../../kernel/signal";
import type { OpenCanvas } from "./openCanvas";
import { textDiff } from "./textDiff";

/** How long a view may take to read a file again, in milliseconds. */
const RELOAD_MS = 1_000;

/** Milliseconds between two looks: an edit between the last one and the reading is not seen. */
const LOOK_MS = 1;

interface Watched {
  readonly view: OpenCanvas;
  /** The file as it had read it before the write. */
  readonly saved: string | null;
  /** What it would have written then. */
  readonly base: string;
  /** What it would have written when it was last seen with edits of its own. */
  edited: string | null;
}

/**
 * Watches the clean views of a file that is written beside them, from just before the write until they have read it. A
 * view that reads drops what the user did in it since the write: that is seen here and put back.
 */
export class ReloadGuard {
  private readonly end = createSignal();
  private readonly watching: Promise<void>;
  private waiting: readonly Watched[];
  private hasClosed = false;

  constructor(
    private readonly parts: { readonly clock: Clock; readonly logger: Logger },
    views: readonly OpenCanvas[],
  ) {
    this.waiting = views.map((view) => ({ view, saved: view.look().saved, base: view.text(), edited: null }));
    this.watching = this.watch().catch((error: unknown) => {
      parts.logger.error(`Panes could not be watched while they read a canvas again, so an edit of that moment may be lost: ${reasonOf(error)}`);
    });
  }

  /**
   * Resolves when every view has read the file that is written by now, or does not do so. False when one of them was
   * closed meanwhile: it may write what it had over what was written.
   */
  async untilRead(): Promise<boolean> {
    const read = await bounded(this.parts.clock, RELOAD_MS, neverAborted, () => this.watching);
    this.stop();
    if (read.kind !== "done") this.parts.logger.warn("A pane has not read a canvas again that was written beside it.");
    return !this.hasClosed;
  }

  /** Nothing was written. */
  stop(): void {
    this.end.abort();
  }

  private async watch(): Promise<void> {
    for (;;) {
      this.waiting = this.waiting.filter((one) => !this.isDone(one));
      if (this.waiting.length === 0) return;
      if ((await pauseFor(this.parts.clock, LOOK_MS, this.end.signal)) === "aborted") return;
    }
  }

  private isDone(one: Watched): boolean {
    const { dirty, saved } = one.view.look();
    if (saved === null) {
      this.hasClosed = true;
      return true;
    }
    if (saved === one.saved) {
      if (dirty) one.edited = one.view.text();
      return false;
    }
    const lost = one.edited === null || dirty ? null : textDiff(one.base, one.edited);
    if (lost !== null && !one.view.patch(lost)) {
      this.parts.logger.error("An edit that was made in a pane while it read a canvas again could not be put back.");
    }
    return true;
  }
}
