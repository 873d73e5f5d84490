import type { Setting, SettingGroupItem } from "obsidian";
import type { PrivacyLevel, SentExample } from "../../engine/index";
import { privacyLevels } from "../../engine/index";
import { strings } from "../../panel/text/strings";
import { exampleText } from "../../panel/view/exampleText";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;

export interface PrivacySource {
  level(): PrivacyLevel;
  /** Whether the engine is open, so that it can be asked. */
  ready(): boolean;
  /** Null while the engine is not open. */
  example(level: PrivacyLevel): Promise<SentExample> | null;
}

export function privacyItems(host: FieldHost, source: PrivacySource): SettingGroupItem[] {
  const options = Object.fromEntries(privacyLevels.map((level) => [level, words.privacyLevels[level]]));
  return [
    fieldRow(host, { key: "privacy.level", name: words.privacy, desc: words.privacyHelp, control: { kind: "choice", options }, aliases: [words.privacyAlias] }),
    { name: words.privacyChange, desc: words.privacyChangeHelp },
    { name: words.example, desc: words.exampleHelp, render: (setting) => showExample(setting, host, source) },
  ];
}

/** Shows what is sent under the level of now, and follows it. */
function showExample(setting: Setting, host: FieldHost, source: PrivacySource): () => void {
  const said = setting.infoEl.createDiv({ cls: "setting-item-description canvas-engram-example-said", attr: { "aria-live": "polite" } });
  const shown = setting.infoEl.createEl("pre", { cls: "canvas-engram-quote canvas-engram-example", attr: { tabindex: "0", "aria-label": words.example } });
  let asked = 0;
  const show = (): void => {
    asked += 1;
    const mine = asked;
    const level = source.level();
    said.setText(words.exampleWaits);
    const example = source.example(level);
    if (example === null) return;
    example
      .then((found) => {
        if (mine !== asked) return;
        said.setText(`${found.madeUp ? words.exampleMadeUp : words.exampleReal} ${words.privacyTold[level]}`);
        shown.setText(exampleText(found));
      })
      .catch((error: unknown) => {
        if (mine === asked) said.setText(error instanceof Error ? error.message : String(error));
      });
  };
  show();
  return host.watch.addText(() => `${source.level()} ${source.ready()}`, show);
}
