import type { Session } from "../../panel/session/session";

/** Lets rows of the settings that are drawn follow what changes elsewhere, and listens to nothing while none is drawn. */
export class SettingWatch {
  private readonly refreshes = new Set<() => void>();
  private stop: (() => void) | null = null;

  constructor(private readonly session: Pick<Session, "onChange">) {}

  /** Calls back after every change, until the returned function is called. */
  add(refresh: () => void): () => void {
    this.refreshes.add(refresh);
    this.stop ??= this.session.onChange(() => this.refresh());
    return () => {
      this.refreshes.delete(refresh);
      if (this.refreshes.size === 0) this.end();
    };
  }

  /** Calls back when what `read` gives is another text than at first. */
  addText(read: () => string, changed: () => void): () => void {
    let known = read();
    return this.add(() => {
      const now = read();
      if (now === known) return;
      known = now;
      changed();
    });
  }

  end(): void {
    this.stop?.();
    this.stop = null;
    this.refreshes.clear();
  }

  private refresh(): void {
    // A refresh may draw the tab anew, which takes rows away and adds others.
    for (const refresh of [...this.refreshes]) if (this.refreshes.has(refresh)) refresh();
  }
}
