import { describe, expect, it } from "vitest";
import type { TaskView } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { announcement } from "../../../src/panel/view/announcement";
import type { Heard } from "../../../src/panel/view/announcement";
import type { Chip } from "../../../src/panel/view/panelView";
import { taskView } from "../../fakes/fakeTasks";

const format = createFormat("en");
const saved: Chip = { state: "saved", tone: "ok", text: "All saved here" };
const reading = (done: number): Chip => ({ state: "indexing", tone: "busy", text: `Reading ${done} of 3` });
const ended = (id: string, endedAt: number, status: TaskView["status"] = "done"): TaskView => taskView({ id, title: `Task ${id}`, status, endedAt });

/** What is said at each look, one after the other. */
function said(...looks: readonly (readonly [Chip, readonly TaskView[]])[]): readonly (string | null)[] {
  let heard: Heard | null = null;
  return looks.map(([chip, tasks]) => {
    const next = announcement(heard, chip, tasks, format);
    heard = next.heard;
    return next.text;
  });
}

describe("what is said to people who hear the panel", () => {
  it("is another state, and never how far something is", () => {
    const runs = (progress: number): readonly TaskView[] => [taskView({ progress })];
    expect(said([reading(1), runs(0.1)], [reading(2), runs(0.2)], [saved, runs(0.3)], [saved, runs(0.4)])).toEqual([null, null, "All saved here", null]);
  });

  it("is the end of each task, once, also of two that end in the same millisecond", () => {
    const before = [ended("old", 5)];
    const one = [...before, ended("a", 7)];
    const two = [...one, ended("b", 7, "failed")];
    expect(said([saved, before], [saved, one], [saved, one], [saved, two], [saved, two])).toEqual([null, "Task a: Done", null, "Task b: Failed", null]);
  });

  it("is a number where many end at once, and both where the state changes with them", () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ended(`t${index}`, 9));
    expect(said([reading(3), []], [saved, many], [saved, many])).toEqual([null, "All saved here. 1,200 tasks ended", null]);
  });
});
