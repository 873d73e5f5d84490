import type { Priority } from "../../engine/index";
import type { FolderField } from "../../settings/fields";
import type { Rows } from "./rows";
import type { BatchesView } from "./batchesView";
import type { EmptyView } from "./emptyView";
import type { FailedView } from "./failedView";
import type { LearningView } from "./learningView";
import type { TabId } from "./tabs";

/** How a state feels: nothing going on, all well, work under way, look at it some time, act now. */
export type Tone = "idle" | "ok" | "busy" | "warn" | "error";

/** What a button of the panel asks for. */
export type PanelAction =
  | { readonly kind: "start-index" }
  | { readonly kind: "decline-index" }
  | { readonly kind: "stop-index" }
  | { readonly kind: "set-folders"; readonly field: FolderField; readonly text: string }
  | { readonly kind: "sync-now" }
  | { readonly kind: "open-settings" }
  | { readonly kind: "try-again" | "test-connection" | "start-again" }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "retry-failed" | "discard-failed" | "reset-figures" }
  /** `letter`: the id of a refused event. */
  | { readonly kind: "retry-letter" | "discard-letter"; readonly letter: string }
  | { readonly kind: "edit-letter" | "copy-letter"; readonly letter: string }
  /** `class`: the failure class of refused events. */
  | { readonly kind: "retry-cause"; readonly class: string }
  | { readonly kind: "confirm-missing" }
  | { readonly kind: "pause-task" | "resume-task" | "cancel-task" | "retry-task" | "save-template" | "undo-task"; readonly id: string }
  /** To be done sooner, or later, than it would be. */
  | { readonly kind: "raise-task" | "lower-task"; readonly id: string; readonly priority: Priority }
  /** To a canvas, and to a node of it where there is one. */
  | { readonly kind: "jump"; readonly canvas: string; readonly node: string | null }
  | { readonly kind: "open-file"; readonly path: string; readonly line: number | null }
  /** Opens a canvas, and shows a card of it where one is named. */
  | { readonly kind: "open-card"; readonly canvas: string; readonly node: string | null }
  | { readonly kind: "show-older" }
  /** `day`: a local one, `YYYY-MM-DD`; null: no more. */
  | { readonly kind: "look-back"; readonly day: string | null }
  | OwnAction;

/** What the panel does by itself: nothing outside of it changes. */
export interface OwnAction {
  readonly kind: "open-tab";
  readonly tab: TabId;
}

export type AppAction = Exclude<PanelAction, OwnAction>;

export interface PanelButton {
  readonly label: string;
  /** What it is about, where several buttons have one label: only heard, since it is seen from where the button stands. */
  readonly about?: string;
  readonly action: PanelAction;
  readonly primary: boolean;
  /** What stays the same where another action takes its place; the kind of the action where it is not said. */
  readonly key?: string;
  /** It stands there and does nothing, so that the focus on it is not lost when it has no more to do. */
  readonly off?: boolean;
}

/** What the chip says, without its numbers. */
export type ChipState =
  | "opening"
  | "waiting"
  | "closedByError"
  | "diskFull"
  | "notSaving"
  | "asking"
  | "declined"
  | "settingsLost"
  | "indexing"
  | "indexingStart"
  | "failed"
  | "unavailable"
  | "unavailableNone"
  | "attention"
  | "stopped"
  | "paused"
  | "graphBehind"
  | "problems"
  | "connecting"
  | "sending"
  | "sent"
  | "saved";

/** One short sentence on how everything stands: the same words in the panel and in the status bar. */
export interface Chip {
  readonly state: ChipState;
  readonly tone: Tone;
  readonly text: string;
}

/** Why the chip says what it says, what that means for what is written, and what puts it right, where anything does. */
export interface StateReason {
  readonly matter: string;
  readonly data: string;
  readonly action: PanelButton | null;
}

/** A choice of folders, one a line. */
export interface FolderChoice {
  readonly field: FolderField;
  readonly label: string;
  readonly help: string;
  readonly value: string;
}

/** A box that explains a state and offers what can be done. */
export interface Box {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
  readonly steps: readonly string[];
  readonly folders: readonly FolderChoice[];
  readonly buttons: readonly PanelButton[];
}

export interface Progress {
  readonly label: string;
  readonly detail: string;
  /** 0 to 1, or null when the end is not known. */
  readonly fraction: number | null;
  readonly stop: PanelButton;
}

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly help: string;
  readonly tone: Tone;
}

export interface Row {
  /** The same row keeps its key, so that focus and selection survive updates. */
  readonly key: string;
  readonly title: string;
  readonly place: string | null;
  readonly text: string;
  readonly open: { readonly label: string; readonly action: PanelAction } | null;
  readonly buttons: readonly PanelButton[];
}

export interface RowList {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly more: string | null;
  readonly buttons: readonly PanelButton[];
}

export interface TaskRow {
  readonly title: string;
  readonly tone: Tone;
  readonly state: string;
  /** The canvas, or the node of it, that the task is about. */
  readonly place: { readonly text: string; readonly label: string; readonly action: PanelAction } | null;
  /** Null before it began and once it ended. `fraction` is 0 to 1. */
  readonly progress: { readonly label: string; readonly fraction: number } | null;
  readonly detail: string;
  /** Its priority where that is not the usual one, and why it has it. */
  readonly reason: string | null;
  readonly error: string | null;
  readonly buttons: readonly PanelButton[];
  /** What moves it up and down among those that wait; null where nothing does. */
  readonly sooner: PanelAction | null;
  readonly later: PanelAction | null;
}

/** Tasks by their ids: those that go on, and those that ended. */
export interface TaskList {
  readonly title: string;
  readonly open: Rows<TaskRow>;
  readonly ended: { readonly title: string; readonly rows: Rows<TaskRow> } | null;
}

export interface Tab {
  readonly id: TabId;
  readonly label: string;
  /** A number beside the label; null where there is nothing to count. */
  readonly count: string | null;
}

export interface Connection {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly PanelButton[];
}

/** What goes on now. */
export interface NowView {
  readonly box: Box | null;
  readonly progress: Progress | null;
  /** Null while Neo4j needs nothing of a person. */
  readonly connection: Connection | null;
  readonly tasks: TaskList | null;
  /** Where there is nothing else. */
  readonly empty: EmptyView | null;
}

/** The tab that is open; the others are not computed. */
export type OpenTab =
  | { readonly id: "now"; readonly now: NowView }
  | { readonly id: "batches"; readonly batches: BatchesView }
  | { readonly id: "failed"; readonly failed: FailedView }
  | { readonly id: "learning"; readonly learning: LearningView };

/** The whole panel as a value. */
export interface PanelView {
  readonly chip: Chip;
  readonly reason: StateReason;
  readonly figures: readonly Figure[];
  readonly tabs: readonly Tab[];
  readonly open: OpenTab;
}
