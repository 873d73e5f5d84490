import type { App } from "../app";
import { native } from "../core/native";
import { strict } from "../core/strict";

/** A list of suggestions below an input. */
export abstract class AbstractInputSuggest<T> {
  app: App;
  limit = 100;
  suggestEl: HTMLElement;
  private readonly textInputEl: HTMLInputElement | HTMLDivElement;
  private selected: ((value: T, evt: MouseEvent | KeyboardEvent) => unknown) | null = null;

  constructor(app: App, textInputEl: HTMLInputElement | HTMLDivElement) {
    this.app = app;
    this.textInputEl = textInputEl;
    this.suggestEl = document.createElement("div");
    this.suggestEl.addClass("suggestion-container");
    const self = strict(this);
    textInputEl.addEventListener("input", (event) => {
      if (event.isTrusted) void self.hostRefresh();
    });
    textInputEl.addEventListener("focus", () => void self.hostRefresh());
    textInputEl.addEventListener("blur", () => native.setTimeout(() => self.close(), 150));
    return self;
  }

  protected abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, el: HTMLElement): void;

  setValue(value: string): void {
    if ("value" in this.textInputEl) this.textInputEl.value = value;
    else this.textInputEl.setText(value);
  }

  getValue(): string {
    return "value" in this.textInputEl ? this.textInputEl.value : this.textInputEl.getText();
  }

  selectSuggestion(value: T, evt: MouseEvent | KeyboardEvent): void {
    this.selected?.(value, evt);
  }

  onSelect(callback: (value: T, evt: MouseEvent | KeyboardEvent) => unknown): this {
    this.selected = callback;
    return this;
  }

  open(): void {
    const doc = this.textInputEl.doc;
    doc.body.appendChild(this.suggestEl);
    const rect = this.textInputEl.getBoundingClientRect();
    this.suggestEl.setCssStyles({ left: `${rect.left}px`, top: `${rect.bottom + 5}px` });
  }

  close(): void {
    this.suggestEl.detach();
  }

  /** Host only. */
  async hostRefresh(): Promise<void> {
    const values = (await this.getSuggestions(this.getValue())).slice(0, this.limit);
    this.suggestEl.empty();
    const list = this.suggestEl.createDiv("suggestion");
    for (const value of values) {
      const el = list.createDiv("suggestion-item");
      this.renderSuggestion(value, el);
      el.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        this.selectSuggestion(value, event);
      });
    }
    if (values.length === 0) this.close();
    else if (this.textInputEl.isActiveElement()) this.open();
  }
}
