import { Notice } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import type { CommandHost } from "./commands";
import type { ExportedWhat } from "./storageSettingItems";

/** Where exports go that are asked for in the settings. */
const FOLDER = "Exports";

const formats: Readonly<Record<ExportedWhat, string>> = { events: "ndjson", graph: "json", stats: "json" };

/** Starts a task that writes the file; its end is told as that of every task. */
export async function exportInto({ session }: Pick<CommandHost, "session">, what: ExportedWhat): Promise<void> {
  const title = fill(strings.storage.exportTitle, { what: strings.storage.exports[what] });
  await (await session.ready()).createBatch([{ what, format: formats[what], folder: FOLDER }], { kind: "export", title, priority: "HIGH" });
  new Notice(fill(strings.taskCommands.started, { title }));
}
