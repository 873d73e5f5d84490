import type { Setting, SettingGroupItem } from "obsidian";
import type { MasteryTable } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import { checkNewColor, customColors } from "../../settings/customColors";
import { masteryLevels } from "../../settings/fields";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;
const presets = ["1", "2", "3", "4", "5", "6"] as const;

export interface ColorActions {
  /** The colour has passed the check. */
  add(color: string): void;
  remove(color: string): void;
  /** The list is another one than was drawn: somebody else changed it. */
  changed(): void;
}

/** The page of what each colour says: the six of the canvas, then those that a person added. */
export function colorPage(host: FieldHost, table: () => MasteryTable, actions: ColorActions): SettingGroupItem {
  const levels = Object.fromEntries(masteryLevels.map((level) => [level, words.levels[level]]));
  const own = customColors(table());
  const named = presets.map((color) =>
    fieldRow(host, {
      key: `mastery.${color}`,
      name: words.colors[color],
      desc: "",
      control: { kind: "choice", options: { "": words.levels.none, ...levels } },
      also: (setting) => addSwatch(setting, (swatch) => swatch.setAttribute("data-color", color)),
    }),
  );
  const added = own.map((color) =>
    fieldRow(host, {
      key: `mastery.${color}`,
      name: color,
      desc: "",
      control: { kind: "choice", options: levels },
      resets: false,
      also: (setting) => addSwatch(setting, (swatch) => swatch.setCssProps({ "--canvas-engram-swatch": color })),
    }),
  );
  return {
    type: "page",
    name: words.mastery,
    desc: words.masteryHelp,
    items: [
      { type: "group", heading: words.presetColors, items: named },
      {
        type: "list",
        heading: words.customColors,
        emptyState: words.noCustomColors,
        items: added,
        onDelete: (index) => {
          const color = own[index];
          if (color !== undefined) actions.remove(color);
        },
      },
      { type: "group", items: [{ name: words.addColor, desc: words.addColorHelp, aliases: ["hex"], render: (setting) => drawAdd(setting, host, table, actions) }] },
    ],
  };
}

function addSwatch(setting: Setting, paint: (swatch: HTMLElement) => void): void {
  const swatch = setting.nameEl.createSpan({ cls: "canvas-engram-swatch", attr: { "aria-hidden": "true" } });
  setting.nameEl.insertBefore(swatch, setting.nameEl.firstChild);
  paint(swatch);
}

function drawAdd(setting: Setting, host: FieldHost, table: () => MasteryTable, actions: ColorActions): () => void {
  let typed = "";
  const add = (): void => {
    const wrong = checkNewColor(typed, table());
    setting.setErrorMessage(wrong);
    if (wrong === null) actions.add(typed);
  };
  setting.addText((text) => {
    text.setPlaceholder(words.addColorExample).onChange((value) => {
      typed = value;
      setting.setErrorMessage(null);
    });
    text.inputEl.setAttribute("aria-label", words.addColor);
    text.inputEl.addEventListener("keydown", (event) => {
      if (event.key === "Enter") add();
    });
  });
  setting.addButton((button) => button.setButtonText(words.addColorButton).setTooltip(fill(words.addColorTooltip, { level: words.levels.learning })).onClick(add));
  return host.watch.addText(() => customColors(table()).join(" "), () => actions.changed());
}
