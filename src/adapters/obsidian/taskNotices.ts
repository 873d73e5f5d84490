import { Notice } from "obsidian";
import type { Cancel, Clock, Notifier, TaskNotice } from "../../engine/index";

/** A notice of the app that stays until it is hidden here or by a person. */
export interface ShownNotice {
  readonly isShown: () => boolean;
  readonly change: (text: string) => void;
  readonly hide: () => void;
}

/** Milliseconds that a notice stays after its last change; one that says what failed stays longer. */
const SHOWN_MS: Readonly<Record<TaskNotice["tone"], number>> = { good: 6_000, bad: 15_000 };

/**
 * Tells of tasks in one notice of the app, which changes as long as it is shown. The app's own time limit would run from
 * its first text and take it away in the middle of a later one, so the notice has a limit of ours.
 */
export class TaskNotices implements Notifier {
  private current: { readonly key: string; readonly notice: ShownNotice; readonly cancel: Cancel } | null = null;

  constructor(
    private readonly clock: Pick<Clock, "after">,
    private readonly show: (text: string) => ShownNotice = showInApp,
  ) {}

  tell({ key, lines, title, tone }: TaskNotice): void {
    const text = [title, ...lines].join("\n");
    const notice = this.changed(key, text) ?? this.fresh(text);
    this.current?.cancel();
    this.current = { key, notice, cancel: this.clock.after(SHOWN_MS[tone], () => this.hide()) };
  }

  /** To be called when the plugin unloads. */
  hide(): void {
    this.current?.cancel();
    this.current?.notice.hide();
    this.current = null;
  }

  // A person may have dismissed the notice; what comes after that is news.
  private changed(key: string, text: string): ShownNotice | null {
    if (this.current?.key !== key || !this.current.notice.isShown()) return null;
    this.current.notice.change(text);
    return this.current.notice;
  }

  private fresh(text: string): ShownNotice {
    this.hide();
    return this.show(text);
  }
}

function showInApp(text: string): ShownNotice {
  const notice = new Notice(text, 0);
  return {
    isShown: () => notice.containerEl.isConnected,
    change: (changed) => void notice.setMessage(changed),
    hide: () => notice.hide(),
  };
}
