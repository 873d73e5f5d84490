import type { Setting, SettingGroupItem } from "obsidian";
import type { StorageSizes } from "../../engine/index";
import type { Format } from "../../panel/text/format";
import { strings } from "../../panel/text/strings";
import { sizesText } from "../../panel/view/sizesText";
import { numberItem } from "./engineSettingItems";
import type { FieldHost } from "./fieldRow";

const words = strings.storage;

export type ExportedWhat = "events" | "graph" | "stats";

export interface StorageActions {
  /** Whether the engine is open, so that it can be asked. */
  ready(): boolean;
  /** Null while it is not. */
  sizes(): Promise<StorageSizes> | null;
  export(what: ExportedWhat): Promise<void>;
  backUp(): Promise<void>;
  rebuild(): Promise<void>;
  openFolder(): Promise<void>;
}

export function storageItems(host: FieldHost, format: Format, actions: StorageActions): SettingGroupItem[] {
  const button = (name: string, desc: string, label: string, run: () => Promise<void>): SettingGroupItem => ({
    name,
    desc,
    render: (setting) => void setting.addButton((one) => one.setButtonText(label).onClick(run)),
  });
  return [
    { name: words.sizes, desc: words.sizesHelp, render: (setting) => showSizes(setting, host, format, actions) },
    numberItem(host, format, "journalLimitMb", words.journalLimit, words.journalLimitHelp, strings.settings.units.mb),
    { name: words.retention, desc: words.retentionHelp },
    { name: words.export, desc: words.exportHelp, render: (setting) => showExports(setting, actions) },
    button(words.backUp, words.backUpHelp, words.backUpButton, () => actions.backUp()),
    button(words.rebuild, words.rebuildHelp, words.rebuildButton, () => actions.rebuild()),
    button(words.folder, words.folderHelp, words.folderButton, () => actions.openFolder()),
  ];
}

function showSizes(setting: Setting, host: FieldHost, format: Format, actions: StorageActions): () => void {
  const said = setting.infoEl.createDiv({ cls: "setting-item-description canvas-engram-sizes", attr: { "aria-live": "polite" } });
  const show = (): void => {
    const sizes = actions.sizes();
    if (sizes === null) {
      said.setText(words.sizesWait);
      return;
    }
    sizes
      .then((found) => said.setText(sizesText(found, format)))
      .catch((error: unknown) => said.setText(error instanceof Error ? error.message : String(error)));
  };
  setting.addExtraButton((button) => button.setIcon("refresh-cw").setTooltip(words.sizesAgain).onClick(show));
  show();
  return host.watch.addText(() => String(actions.ready()), show);
}

function showExports(setting: Setting, actions: StorageActions): void {
  for (const what of ["events", "graph", "stats"] as const) {
    setting.addButton((button) => button.setButtonText(words.exports[what]).onClick(() => actions.export(what)));
  }
}
