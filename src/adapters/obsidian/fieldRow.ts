import type { Setting, SettingGroupItem } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { checkField, defaultField } from "../../settings/fields";
import type { FieldKey, FieldValue } from "../../settings/fields";
import type { SettingWatch } from "./settingWatch";

/** How a field is filled in. */
export type FieldControl =
  | { readonly kind: "toggle" }
  | { readonly kind: "text"; readonly placeholder?: string }
  /** One entry a line. */
  | { readonly kind: "lines"; readonly placeholder?: string }
  | { readonly kind: "number"; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly kind: "choice"; readonly options: Readonly<Record<string, string>> };

export interface Field {
  readonly key: FieldKey;
  readonly name: string;
  readonly desc: string;
  readonly control: FieldControl;
  /** Further words that the search of the settings finds it by. */
  readonly aliases?: readonly string[];
  /** Draws beside the control, such as a swatch. */
  readonly also?: (setting: Setting) => void;
  /** False for a field that has no default. */
  readonly resets?: boolean;
}

/** Where the values of the fields are. */
export interface FieldHost {
  readonly watch: SettingWatch;
  read(key: FieldKey): FieldValue;
  /** The value has passed the check. */
  write(key: FieldKey, value: FieldValue): Promise<void>;
}

/** The control of a row, and how it is shown another value. */
interface Shown {
  readonly element: HTMLElement;
  show(value: FieldValue): void;
}

/** A row for one field: checked at the field, kept and acted upon at once, reset by its button, following changes from elsewhere. */
export function fieldRow(host: FieldHost, field: Field): SettingGroupItem {
  const { name, desc, aliases = [] } = field;
  return { name, desc, aliases: [...aliases], render: (setting) => new FieldRow(host, field, setting).stop };
}

class FieldRow {
  readonly stop: () => void;
  private readonly control: Shown;
  private reset: HTMLElement | null = null;

  constructor(
    private readonly host: FieldHost,
    private readonly field: Field,
    private readonly setting: Setting,
  ) {
    field.also?.(setting);
    this.control = this.draw();
    // A switch is a frame around its input, and only the input is what a name belongs to.
    const { element } = this.control;
    (element.querySelector("input") ?? element).setAttribute("aria-label", field.name);
    this.control.show(this.value);
    if (field.resets !== false) this.drawReset();
    this.setting.setErrorMessage(checkField(field.key, this.value));
    this.stop = host.watch.add(() => this.follow());
    this.follow();
  }

  private get value(): FieldValue {
    return this.host.read(this.field.key);
  }

  private get isDefault(): boolean {
    return this.value === defaultField(this.field.key);
  }

  /** Shows what the settings have by now, but never takes away what somebody is typing. */
  private follow(): void {
    this.reset?.classList.toggle("canvas-engram-unused", this.isDefault && !this.setting.settingEl.classList.contains("is-invalid"));
    const { element } = this.control;
    if (element.ownerDocument.activeElement === element && this.field.control.kind !== "toggle") return;
    this.control.show(this.value);
    if (this.setting.settingEl.classList.contains("is-invalid")) this.setting.setErrorMessage(checkField(this.field.key, this.value));
  }

  private offer(value: FieldValue): void {
    const wrong = checkField(this.field.key, value);
    this.setting.setErrorMessage(wrong);
    if (wrong === null && value !== this.value) void this.host.write(this.field.key, value);
    this.follow();
  }

  private drawReset(): void {
    const { settings } = strings;
    this.setting.addExtraButton((button) => {
      button.setIcon("rotate-ccw").setTooltip(fill(settings.reset, { name: this.field.name }));
      button.onClick(() => {
        const value = defaultField(this.field.key);
        this.setting.setErrorMessage(null);
        this.control.show(value);
        // The button goes out of sight, and the keyboard must not lose its place with it.
        this.control.element.focus();
        this.offer(value);
      });
      this.reset = button.extraSettingsEl;
      this.reset.setAttribute("role", "button");
      // The key that resets must not be typed into the field that has the focus then.
      this.reset.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") event.preventDefault();
      });
      this.reset.classList.add("canvas-engram-reset");
    });
  }

  private draw(): Shown {
    const { control } = this.field;
    switch (control.kind) {
      case "toggle":
        return this.drawToggle();
      case "choice":
        return this.drawChoice(control.options);
      case "number":
        return this.drawNumber(control);
      case "text":
      case "lines":
        return this.drawText(control.kind, control.placeholder ?? "");
    }
  }

  private drawToggle(): Shown {
    let shown: Shown | null = null;
    this.setting.addToggle((toggle) => {
      shown = { element: toggle.toggleEl, show: (value) => void (toggle.getValue() === value || toggle.setValue(value === true)) };
      toggle.setValue(this.value === true).onChange((value) => this.offer(value));
    });
    return drawn(shown);
  }

  private drawChoice(options: Readonly<Record<string, string>>): Shown {
    let shown: Shown | null = null;
    this.setting.addDropdown((choice) => {
      shown = { element: choice.selectEl, show: (value) => void choice.setValue(String(value)) };
      choice.addOptions({ ...options }).onChange((value) => this.offer(value));
    });
    return drawn(shown);
  }

  private drawNumber({ max, min, unit }: Extract<FieldControl, { kind: "number" }>): Shown {
    let shown: Shown | null = null;
    this.setting.addText((text) => {
      text.inputEl.type = "number";
      text.inputEl.min = String(min);
      text.inputEl.max = String(max);
      text.inputEl.step = "1";
      text.inputEl.inputMode = "numeric";
      text.inputEl.classList.add("canvas-engram-number");
      shown = { element: text.inputEl, show: (value) => void (text.getValue() === String(value) || text.setValue(String(value))) };
      // Nothing, or what is no number, is told at the field as any other wrong value.
      text.onChange((value) => this.offer(value.trim() === "" ? Number.NaN : Number(value)));
    });
    if (unit !== "") this.setting.controlEl.createSpan({ cls: "canvas-engram-unit", text: unit });
    return drawn(shown);
  }

  private drawText(kind: "text" | "lines", placeholder: string): Shown {
    let shown: Shown | null = null;
    const add = (text: { inputEl: HTMLElement; getValue(): string; setValue(value: string): unknown; setPlaceholder(text: string): unknown; onChange(call: (value: string) => void): unknown }): void => {
      text.setPlaceholder(placeholder);
      shown = { element: text.inputEl, show: (value) => void (text.getValue() === String(value) || text.setValue(String(value))) };
      text.onChange((value) => this.offer(value));
    };
    if (kind === "text") this.setting.addText(add);
    else this.setting.addTextArea(add);
    return drawn(shown);
  }
}

// The host calls back while it draws; where it did not there is no control to go on with.
function drawn(shown: Shown | null): Shown {
  if (shown === null) throw new Error("the row has no control");
  return shown;
}
