import { ValueComponent } from "./base";

export class SliderComponent extends ValueComponent<number> {
  sliderEl: HTMLInputElement;
  private valueEl: HTMLElement;
  private instant = false;
  private format: (value: number) => string = () => this.getValuePretty();
  private changed: ((value: number) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.valueEl = containerEl.createDiv("slider-value");
    this.sliderEl = containerEl.createEl("input", {
      cls: "slider",
      type: "range",
      attr: { "data-ignore-swipe": true },
    });
    this.sliderEl.addEventListener("input", () => this.onInput(this.instant));
    this.sliderEl.addEventListener("change", () => this.onInput(!this.instant));
  }

  override setDisabled(disabled: boolean): this {
    this.sliderEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setInstant(instant: boolean): this {
    this.instant = instant;
    return this;
  }

  setLimits(min: number | null, max: number | null, step: number | "any"): this {
    this.sliderEl.setAttrs({ min, max, step });
    return this;
  }

  getValue(): number {
    return this.sliderEl.valueAsNumber;
  }

  setValue(value: number): this {
    this.sliderEl.valueAsNumber = value;
    this.valueEl.setText(this.format(value));
    return this;
  }

  getValuePretty(): string {
    return Number(this.sliderEl.step) < 1 ? this.getValue().toFixed(2) : String(this.getValue());
  }

  setDisplayFormat(format: (value: number) => string): this {
    this.format = format;
    this.valueEl.setText(format(this.getValue()));
    return this;
  }

  setDynamicTooltip(): this {
    return this;
  }

  onChange(callback: (value: number) => unknown): this {
    this.changed = callback;
    return this;
  }

  private onInput(tell: boolean): void {
    this.valueEl.setText(this.format(this.getValue()));
    if (tell) this.changed?.(this.getValue());
  }
}

export class ProgressBarComponent extends ValueComponent<number> {
  private barEl: HTMLElement;
  private value = 0;

  constructor(containerEl: HTMLElement) {
    super();
    this.barEl = containerEl.createDiv("setting-progress-bar").createDiv("setting-progress-bar-inner");
  }

  getValue(): number {
    return this.value;
  }

  setValue(value: number): this {
    this.value = Math.min(100, Math.max(0, value));
    this.barEl.setCssStyles({ width: `${this.value}%` });
    return this;
  }
}

export class ColorComponent extends ValueComponent<string> {
  private inputEl: HTMLInputElement;
  private changed: ((value: string) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.inputEl = containerEl.createEl("input", { type: "color" });
    this.inputEl.addEventListener("input", () => this.changed?.(this.getValue()));
  }

  override setDisabled(disabled: boolean): this {
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): string {
    return this.inputEl.value;
  }

  setValue(value: string): this {
    this.inputEl.value = value;
    return this;
  }

  onChange(callback: (value: string) => unknown): this {
    this.changed = callback;
    return this;
  }
}
