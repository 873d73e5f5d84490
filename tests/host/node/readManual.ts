import { readFileSync, writeFileSync } from "node:fs";
import type { ObsidianHost } from "../launch";

/** A row of the settings: where it stands, what it is called, and the sentence about it. */
export interface SettingLine {
  readonly path: readonly string[];
  readonly name: string;
  readonly help: string;
}

const file = "docs/manual.md";
const begin = "<!-- settings: written by npm run pictures -->";
const end = "<!-- end of settings -->";

/** Every row that the plugin declares, pages inside pages too, whether it is shown now or not. */
export function settingLines(host: ObsidianHost): Promise<readonly SettingLine[]> {
  return host.page.evaluate(() => {
    interface Item {
      readonly name?: string;
      readonly heading?: string;
      readonly desc?: unknown;
      readonly type?: string;
      readonly items?: readonly Item[];
    }
    const tab = window.__host.app.setting.pluginTabs.find((one) => one.id === "canvas-engram") as unknown as { getSettingDefinitions(): readonly Item[] };
    const walk = (item: Item, path: readonly string[]): SettingLine[] => {
      const name = item.name ?? item.heading ?? "";
      const own = item.type === "group" || name === "" ? [] : [{ path, name, help: typeof item.desc === "string" ? item.desc : "" }];
      const below = name === "" ? path : [...path, name];
      return [...own, ...(item.items ?? []).flatMap((one) => walk(one, below))];
    };
    return tab.getSettingDefinitions().flatMap((item) => walk(item, []));
  });
}

export function settingsTable(lines: readonly SettingLine[]): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const rows = lines.map(({ help, name, path }) => `| ${cell(path.join(" → "))} | **${cell(name)}** | ${cell(help)} |`);
  return [begin, "", "| Where | Setting | What it does |", "| --- | --- | --- |", ...rows, "", end].join("\n");
}

export function manualText(): string {
  return readFileSync(file, "utf8");
}

/** The table of settings as it stands in the manual. */
export function keptTable(): string {
  const text = manualText();
  return text.slice(text.indexOf(begin), text.indexOf(end) + end.length);
}

export function writeTable(table: string): void {
  writeFileSync(file, manualText().replace(keptTable(), () => table));
}

/** Names of the commands that the manual lists, in the order of the page. */
export function listedCommands(): readonly string[] {
  const [, section = ""] = /\n## Commands\n([\s\S]*?)\n## /.exec(manualText()) ?? [];
  return [...section.matchAll(/^\| \*([^*]+)\* \|/gm)].map(([, name = ""]) => name);
}

/** Names of the commands of the plugin, without its own name in front. */
export async function registeredCommands(host: ObsidianHost): Promise<readonly string[]> {
  const names = await host.page.evaluate(() => Object.values(window.__host.app.commands.commands).map(({ id, name }) => [id, name] as const));
  return names.filter(([id]) => id.startsWith("canvas-engram:")).map(([, name]) => name.replace(/^Canvas Engram: /, ""));
}
