import type { Priority } from "../../learning/event";
import type { TaskSubject } from "../taskSubject";
import type { ItemCosts } from "./itemCosts";

/** What a task is from its creation to its end. */
export interface TaskMeta {
  readonly id: string;
  /** Grows from one created task to the next, whatever the wall clock does. */
  readonly order: number;
  readonly kind: string;
  readonly title: string;
  /** Null also for a task that was made before subjects were kept. */
  readonly subject: TaskSubject | null;
  /** As it was asked for; it may be changed later. */
  readonly priority: Priority;
  /** Why that one, where nobody asked for one. */
  readonly priorityReason: string | null;
  readonly dedupeKey: string | null;
  readonly schedule: string | null;
  /** Kept from the kind, since a restart must know it also while nobody has registered the kind. */
  readonly repeatable: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly total: number;
  /** The first item of each page of items on disk. */
  readonly pages: readonly number[];
  readonly costs: ItemCosts;
}
