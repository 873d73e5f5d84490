import { setIcon } from "../icons";
import { setTooltip } from "../tooltip";
import type { TooltipOptions } from "../tooltip";
import { BaseComponent } from "./base";

export class ButtonComponent extends BaseComponent {
  buttonEl: HTMLButtonElement;
  private clicked: ((evt: MouseEvent) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.buttonEl = containerEl.createEl("button");
    this.buttonEl.addEventListener("click", (evt) => void this.run(evt));
  }

  override setDisabled(disabled: boolean): this {
    this.buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setCta(): this {
    this.buttonEl.addClass("mod-cta");
    return this;
  }

  removeCta(): this {
    this.buttonEl.removeClass("mod-cta");
    return this;
  }

  setWarning(): this {
    return this.setDestructive();
  }

  setDestructive(): this {
    this.buttonEl.addClass("mod-warning");
    return this;
  }

  removeDestructive(): this {
    this.buttonEl.removeClass("mod-warning");
    return this;
  }

  setTooltip(tooltip: string, options?: TooltipOptions): this {
    setTooltip(this.buttonEl, tooltip, options);
    return this;
  }

  setButtonText(name: string): this {
    this.buttonEl.setText(name);
    return this;
  }

  setIcon(icon: string): this {
    setIcon(this.buttonEl, icon);
    return this;
  }

  setClass(cls: string): this {
    this.buttonEl.addClass(...cls.split(" "));
    return this;
  }

  /** One handler; the button shows `mod-loading` until its promise settles. */
  onClick(callback: (evt: MouseEvent) => unknown): this {
    this.clicked = callback;
    return this;
  }

  private async run(evt: MouseEvent): Promise<void> {
    if (this.disabled || this.clicked === null) return;
    const result = this.clicked(evt);
    if (!(result instanceof Promise)) return;
    this.buttonEl.addClass("mod-loading");
    try {
      await result;
    } finally {
      this.buttonEl.removeClass("mod-loading");
    }
  }
}

export class ExtraButtonComponent extends BaseComponent {
  extraSettingsEl: HTMLElement;
  private clicked: (() => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.extraSettingsEl = containerEl.createDiv({
      cls: "clickable-icon extra-setting-button",
      attr: { tabindex: "0" },
    });
    this.setIcon("lucide-settings");
    this.extraSettingsEl.addEventListener("click", () => this.run());
    this.extraSettingsEl.addEventListener("keydown", (evt) => {
      if (evt.key === "Enter" || evt.key === " ") this.run();
    });
  }

  override setDisabled(disabled: boolean): this {
    this.extraSettingsEl.toggleClass("is-disabled", disabled);
    return super.setDisabled(disabled);
  }

  setTooltip(tooltip: string, options?: TooltipOptions): this {
    setTooltip(this.extraSettingsEl, tooltip, options);
    return this;
  }

  setIcon(icon: string): this {
    setIcon(this.extraSettingsEl, icon);
    return this;
  }

  onClick(callback: () => unknown): this {
    this.clicked = callback;
    return this;
  }

  private run(): void {
    if (!this.disabled) this.clicked?.();
  }
}
