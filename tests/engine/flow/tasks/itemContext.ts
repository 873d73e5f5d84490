import { neverAborted } from "../../../../src/engine/index";
import type { ItemContext } from "../../../../src/engine/tasks/kind";

/** The first run of the first item of a task. */
export const firstRun: ItemContext = { task: "t1", item: 0, attempt: 1, signal: neverAborted };
