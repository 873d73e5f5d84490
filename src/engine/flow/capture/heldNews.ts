import type { Cancel, Clock } from "../../kernel/clock";

/** Milliseconds that the news of a file wait, so that several saves of it become one look. */
const HELD_MS = 2_000;

export interface HeldNewsParts {
  readonly clock: Clock;
  /** True while there is more to send than can be sent, so that a look had better come later. */
  readonly isBusy: () => boolean;
  readonly onTrouble: (path: string, error: unknown) => void;
}

interface Held {
  readonly cancel: Cancel;
  readonly look: () => Promise<void>;
}

/**
 * News of files on their way to a look. While more waits to be sent than can be, each file is looked at two seconds after
 * the first of its news and once for all of them; a file that is saved all the time is looked at that often.
 */
export class HeldNews {
  private readonly held = new Map<string, Held>();
  private ended = false;

  constructor(private readonly parts: HeldNewsParts) {}

  /** Files that wait for their look. */
  get paths(): readonly string[] {
    return [...this.held.keys()];
  }

  /** Resolves when the look is done, or when it waits. Rejects as the look does. */
  async pass(path: string, look: () => Promise<void>): Promise<void> {
    if (this.ended) return;
    if (!this.parts.isBusy()) {
      this.drop(path);
      return look();
    }
    if (this.held.has(path)) return;
    const cancel = this.parts.clock.after(HELD_MS, () => void this.release(path));
    this.held.set(path, { cancel, look });
  }

  /** Looks at everything that waits, now. */
  async settle(): Promise<void> {
    for (const path of this.paths) await this.release(path);
  }

  /** Somebody else looks at this file, or it is gone. */
  drop(path: string): void {
    this.held.get(path)?.cancel();
    this.held.delete(path);
  }

  /** Forgets what waits and takes nothing more: the next scan sees it. */
  end(): void {
    this.ended = true;
    for (const path of this.paths) this.drop(path);
  }

  private async release(path: string): Promise<void> {
    const held = this.held.get(path);
    if (held === undefined) return;
    this.drop(path);
    await held.look().catch((error: unknown) => {
      if (!this.ended) this.parts.onTrouble(path, error);
    });
  }
}
