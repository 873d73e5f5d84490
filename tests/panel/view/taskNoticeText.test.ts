import { expect, it } from "vitest";
import { createFormat } from "../../../src/panel/text/format";
import { taskNoticeText } from "../../../src/panel/view/taskNoticeText";
import type { TaskView } from "../../../src/engine/index";
import { madeTask } from "../../fakes/madeTask";

const format = createFormat("en");

function ended(id: string, failed: number, total = 40): TaskView {
  const counts = { total, waiting: 0, running: 0, done: total - failed, failed, cancelled: 0 };
  return madeTask({ id, title: id, status: failed > 0 ? "failed" : "done", counts, lastError: failed > 0 ? `${id} is broken.` : null });
}

it.each<[readonly TaskView[], readonly string[]]>([
  [[], []],
  [[ended("Index", 0)], ["Index: 40 items done."]],
  [[ended("Index", 0, 1)], ["Index: 1 item done."]],
  [[ended("Export", 3)], ["Export: 3 of 40 items failed.", "Export is broken."]],
  [[ended("a", 0), ended("b", 0)], ["2 tasks done."]],
  [[ended("a", 1), ended("b", 2)], ["2 tasks failed.", "a: 1 of 40 items failed.", "b: 2 of 40 items failed."]],
  [
    ["a", "b", "c", "d", "e"].map((id) => ended(id, id === "a" ? 0 : 1)),
    ["5 tasks ended: 1 done, 4 failed.", "b: 1 of 40 items failed.", "c: 1 of 40 items failed.", "d: 1 of 40 items failed.", "1 more failed."],
  ],
])("says in few lines what came of tasks (%#)", (tasks, lines) => {
  expect(taskNoticeText(tasks, format)).toEqual(lines);
});
