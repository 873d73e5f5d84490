import type { JsonValue } from "../../kernel/json";
import type { Priority } from "../../learning/event";

/**
 * A task to be made again. Texts of `title` and `items` may hold variables, such as `{{folder}}`; a variable with a
 * backslash before it stands for itself.
 */
export interface TaskTemplate {
  readonly id: string;
  readonly name: string;
  /** The name of a kind of task. */
  readonly kind: string;
  readonly title: string;
  readonly priority: Priority;
  readonly items: readonly JsonValue[];
  /** When a schedule that is made of it runs, if nothing else is said; null: it is no template for schedules. */
  readonly cron: string | null;
}
