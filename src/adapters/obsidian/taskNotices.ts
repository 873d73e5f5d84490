import { Notice } from "obsidian";
import type { Cancel, Clock, Notifier, TaskNotice, TaskView } from "../../engine/index";

/** A notice of the app that stays until it is hidden here or by a person. */
export interface ShownNotice {
  readonly isShown: () => boolean;
  readonly change: (text: string) => void;
  readonly hide: () => void;
}

export interface TaskNoticesParts {
  readonly clock: Pick<Clock, "after">;
  /** Whether only failures and answers are told. */
  readonly quiet: () => boolean;
  /** Tasks that ended together, in words: a line or more. */
  readonly textOf: (ended: readonly TaskView[]) => string;
  readonly show?: (text: string) => ShownNotice;
}

/** Milliseconds that a notice stays after its last change; one that says what failed stays longer. */
const SHOWN_MS: Readonly<Record<TaskNotice["tone"], number>> = { good: 6_000, bad: 15_000 };

/** What the one notice says. */
interface Told {
  /** Of the group of ends that it takes in; null before the first. */
  readonly key: string | null;
  readonly tone: TaskNotice["tone"];
  /** The words of single tasks, by id: that they began, or what they found out. */
  readonly own: ReadonlyMap<string, Own>;
  readonly ended: readonly TaskView[];
}

interface Own {
  readonly text: string;
  /** An answer stays when its task ends; that a task began is old news then. */
  readonly answers: boolean;
}

const nothing: Told = { key: null, tone: "good", own: new Map(), ended: [] };

/**
 * Tells of tasks in one notice of the app, which changes as long as it is shown: a task that a person began has one line
 * from its begin to its end. The app's own time limit would run from its first text and take it away in the middle of a
 * later one, so the notice has a limit of ours.
 */
export class TaskNotices implements Notifier {
  private current: { readonly told: Told; readonly notice: ShownNotice; readonly cancel: Cancel } | null = null;

  constructor(private readonly parts: TaskNoticesParts) {}

  /** A person began a task, or it waits for something. Not told in quiet mode: the panel shows it. */
  begin(id: string, text: string): void {
    if (!this.parts.quiet()) this.say(id, { text, answers: false });
  }

  /** A task found out what a person asked for. Stands for the notice of its good end. */
  answer(id: string, text: string): void {
    this.say(id, { text, answers: true });
  }

  tell({ key, tasks, tone }: TaskNotice): void {
    const shown = this.shown();
    const goesOn = shown.key === null || shown.key === key;
    this.show({ key, tone, own: goesOn ? shown.own : new Map(), ended: tasks });
  }

  /** To be called when the plugin unloads. */
  hide(): void {
    this.current?.cancel();
    this.current?.notice.hide();
    this.current = null;
  }

  private say(id: string, own: Own): void {
    const shown = this.shown();
    // A task that begins is no part of a group of ends; its answer is, where the end was told first.
    const goesOn = shown.key === null || own.answers;
    const before = goesOn ? shown : nothing;
    this.show({ ...before, own: new Map([...before.own, [id, own]]) });
  }

  // A person may have dismissed the notice; what comes after that is news.
  private shown(): Told {
    return this.current?.notice.isShown() === true ? this.current.told : nothing;
  }

  private show(told: Told): void {
    const text = this.textOf(told);
    const isSame = this.current?.notice.isShown() === true && (this.current.told.key === null || this.current.told.key === told.key);
    const notice = isSame && this.current !== null ? this.current.notice : null;
    this.current?.cancel();
    if (notice === null) this.current?.notice.hide();
    notice?.change(text);
    this.current = { told, notice: notice ?? (this.parts.show ?? showInApp)(text), cancel: this.parts.clock.after(SHOWN_MS[told.tone], () => this.hide()) };
  }

  private textOf({ ended, own }: Told): string {
    const over = new Set(ended.map(({ id }) => id));
    const lines = [...own].flatMap(([id, { answers, text }]) => (answers || !over.has(id) ? [text] : []));
    const untold = ended.filter(({ id, status }) => status === "failed" || own.get(id)?.answers !== true);
    return [...lines, ...(untold.length === 0 ? [] : [this.parts.textOf(untold)])].join("\n");
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
