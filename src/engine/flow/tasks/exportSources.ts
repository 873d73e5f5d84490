import type { JsonObject, JsonValue } from "../../kernel/json";
import type { LearningEvent } from "../../learning/event";
import type { GraphSource } from "../../tasks/export/graphSource";
import type { Tasks } from "../../tasks/tasks";
import type { EventQuery } from "../engine";

/** Where exports come from. */
export interface ExportSources {
  readonly events: (query: EventQuery) => AsyncIterable<LearningEvent>;
  readonly graph: GraphSource;
  /** The figures as they stand, in the names of other programs. */
  readonly stats: () => JsonObject;
  readonly tasks: Pick<Tasks, "status" | "results">;
  /** Whether a value has the shape that a kind of task promises; true for kinds that promise none. */
  readonly isResult: (kind: string, value: JsonValue) => boolean;
}
