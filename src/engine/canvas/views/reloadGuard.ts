import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { pauseFor } from "../../kernel/bounded";
import { neverAborted } from "../../kernel/signal";
import type { OpenCanvas } from "./openCanvas";
import { textDiff } from "./textDiff";

/** How long a view may take to read a file again, in milliseconds. */
const RELOAD_MS = 1_000;

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
 * Waits until views have read a file that was written beside them. A view that reads drops what the user did in it
 * since the write: that is seen here and put back.
 */
export class ReloadGuard {
  private waiting: readonly Watched[];

  /** To be made before the write, while the views are clean. */
  constructor(
    private readonly parts: { readonly clock: Clock; readonly logger: Logger },
    views: readonly OpenCanvas[],
  ) {
    this.waiting = views.map((view) => ({ view, saved: view.look().saved, base: view.text(), edited: null }));
  }

  async untilRead(): Promise<void> {
    const { clock, logger } = this.parts;
    const end = clock.monotonic() + RELOAD_MS;
    for (;;) {
      this.waiting = this.waiting.filter((one) => !this.isDone(one));
      if (this.waiting.length === 0) return;
      if (clock.monotonic() >= end) break;
      await pauseFor(clock, 1, neverAborted);
    }
    logger.warn("A pane has not read a canvas again that was written beside it.");
  }

  private isDone(one: Watched): boolean {
    const { dirty, saved } = one.view.look();
    // Closed, or opened anew.
    if (saved === null) return true;
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
