import type { JsonObject } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import { beginTask, resultsOf } from "./beginTask";
import type { BegunTask } from "./beginTask";
import type { CommandHost } from "./commands";
import { ExportModal } from "./exportModal";
import { reported } from "./reported";

const words = strings.exportForm;

export type ExportHost = Pick<CommandHost, "plugin" | "session" | "modals" | "notices">;

/** Asks what to export and makes a task of it. `canvas` is the one whose events are asked for at first. */
export async function exportData(host: ExportHost, canvas = ""): Promise<void> {
  const { tasks } = await host.session.ready();
  const withResults = tasks.list().filter(({ counts }) => counts.done > 0);
  const modal = new ExportModal(host.plugin.app, { canvas, tasks: [...withResults].reverse(), run: (item, what) => run(host, item, what) });
  host.modals.show(modal);
}

/** Resolves as soon as the task is there; where its file is, is told at its end. */
async function run(host: ExportHost, item: JsonObject, what: string): Promise<string | null> {
  try {
    const begun = await beginTask(host, [item], { kind: "export", title: fill(words.taskTitle, { what }), priority: "HIGH" });
    void reported(() => tellPath(host, begun));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function tellPath({ notices, session }: ExportHost, begun: BegunTask): Promise<void> {
  const [file] = (await resultsOf(session, begun)) ?? [];
  const path = file?.["path"];
  if (typeof path === "string") notices.answer(begun.id, fill(words.done, { path }));
}
