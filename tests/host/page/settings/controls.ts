import type { TFile, TFolder } from "obsidian";
import { AbstractInputSuggest } from "../ui/inputSuggest";
import type { Control } from "./definitions";
import type { Setting } from "./setting";
import type { SettingTab } from "./settingTab";

/** Draws a control bound to its key: seeded from the tab, validated, then persisted through the tab. */
export function drawControl(tab: SettingTab, setting: Setting, control: Control): void {
  const stored = tab.getControlValue(control.key);
  const seed: unknown = stored ?? control.defaultValue;
  let turn = 0;
  const put = async (value: unknown): Promise<void> => {
    turn += 1;
    const mine = turn;
    const problem = await validate(control, value);
    if (mine !== turn) return;
    setting.setErrorMessage(problem);
    if (problem !== null) return;
    await tab.setControlValue(control.key, value);
    tab.refreshDomState();
  };
  const change = (value: unknown): void => void put(value);

  build(tab, setting, control, seed, change);
  if (seed !== undefined) void validate(control, seed).then((problem) => {
    if (turn === 0 && problem !== null) setting.setErrorMessage(problem);
  });
}

async function validate(control: Control, value: unknown): Promise<string | null> {
  const check = control.validate as ((value: unknown) => string | void | Promise<string | void>) | undefined;
  const problem = await check?.(value);
  return typeof problem === "string" && problem !== "" ? problem : null;
}

function build(
  tab: SettingTab,
  setting: Setting,
  control: Control,
  seed: unknown,
  change: (value: unknown) => void,
): void {
  switch (control.type) {
    case "toggle":
      setting.addToggle((toggle) => toggle.setValue(seed === true).onChange(change));
      return;
    case "dropdown":
      setting.addDropdown((drop) => drop.addOptions(control.options).setValue(textOf(seed)).onChange(change));
      return;
    case "text":
      setting.addText((text) =>
        text.setPlaceholder(control.placeholder ?? "").setValue(textOf(seed)).onChange(change));
      return;
    case "textarea":
      setting.addTextArea((text) => {
        text.setPlaceholder(control.placeholder ?? "").setValue(textOf(seed)).onChange(change);
        if (control.rows !== undefined) text.inputEl.rows = control.rows;
      });
      return;
    case "number":
      setting.addText((text) => {
        text.inputEl.type = "number";
        text.inputEl.setAttrs({ min: control.min ?? null, max: control.max ?? null, step: control.step ?? null });
        text.setPlaceholder(control.placeholder ?? "").setValue(seed === undefined ? "" : textOf(seed));
        text.onChange((value) => {
          const number = value.trim() === "" ? Number.NaN : Number(value);
          change(Number.isNaN(number) ? (control.defaultValue ?? 0) : number);
        });
      });
      return;
    case "slider":
      setting.addSlider((slider) => {
        slider.setLimits(control.min, control.max, control.step).setValue(Number(seed ?? control.min)).onChange(change);
        if (control.displayFormat !== undefined) slider.setDisplayFormat(control.displayFormat);
      });
      return;
    case "color":
      setting.addColorPicker((color) => color.setValue(textOf(seed)).onChange(change));
      return;
    case "file":
    case "folder":
      setting.addText((text) => {
        text.setPlaceholder(control.placeholder ?? "").setValue(textOf(seed)).onChange(change);
        const paths = (): string[] => (control.type === "file" ? filePaths(tab, control) : folderPaths(tab, control));
        new PathSuggest(tab.app, text.inputEl, paths);
      });
  }
}

function textOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : "";
}

function filePaths(tab: SettingTab, control: Extract<Control, { type: "file" }>): string[] {
  const files = tab.app.vault.getFiles();
  return files.filter((file) => control.filter?.(file as unknown as TFile) ?? true).map((file) => file.path);
}

function folderPaths(tab: SettingTab, control: Extract<Control, { type: "folder" }>): string[] {
  const fits = control.filter;
  const folders = tab.app.vault.getAllFolders(control.includeRoot === true);
  return folders.filter((folder) => fits?.(folder as unknown as TFolder) ?? true).map((folder) => folder.path);
}

class PathSuggest extends AbstractInputSuggest<string> {
  constructor(
    app: SettingTab["app"],
    inputEl: HTMLInputElement,
    private readonly paths: () => string[],
  ) {
    super(app, inputEl);
    this.onSelect((path) => {
      this.setValue(path);
      inputEl.trigger("input");
      this.close();
    });
  }

  override getSuggestions(query: string): string[] {
    return this.paths().filter((path) => path.toLowerCase().includes(query.toLowerCase()));
  }

  override renderSuggestion(path: string, el: HTMLElement): void {
    el.setText(path);
  }
}
