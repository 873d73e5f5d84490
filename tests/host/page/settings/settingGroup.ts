import { strict } from "../core/strict";
import { ExtraButtonComponent } from "../ui/components/button";
import { SearchComponent } from "../ui/components/text";
import { Setting } from "./setting";

/** Rows that belong together, below a heading. */
export class SettingGroup {
  listEl: HTMLElement;
  /** Host only. */
  groupEl: HTMLElement;
  private headerEl: HTMLElement | null = null;
  private controlEl: HTMLElement | null = null;

  constructor(containerEl: HTMLElement) {
    this.groupEl = containerEl.createDiv("setting-group");
    this.listEl = this.groupEl.createDiv("setting-items");
    return strict(this);
  }

  setHeading(text: string | DocumentFragment): this {
    const empty = typeof text === "string" ? text === "" : text.childNodes.length === 0;
    if (empty) this.headerEl?.detach();
    else this.header().querySelector(".setting-item-name")?.setText(text);
    return this;
  }

  addClass(...classes: string[]): this {
    this.groupEl.addClass(...classes);
    return this;
  }

  addSetting(cb: (setting: Setting) => void): this {
    cb(new Setting(this.listEl));
    return this;
  }

  addSearch(cb: (component: SearchComponent) => unknown): this {
    const el = this.groupEl.createDiv("setting-group-search");
    this.groupEl.insertBefore(el, this.listEl);
    cb(new SearchComponent(el));
    return this;
  }

  addExtraButton(cb: (component: ExtraButtonComponent) => unknown): this {
    this.header();
    if (this.controlEl !== null) cb(new ExtraButtonComponent(this.controlEl));
    return this;
  }

  private header(): HTMLElement {
    if (this.headerEl !== null) return this.headerEl;
    this.headerEl = this.groupEl.createDiv({ cls: "setting-item setting-item-heading", prepend: true });
    this.headerEl.createDiv("setting-item-name");
    this.controlEl = this.headerEl.createDiv("setting-item-control");
    return this.headerEl;
  }
}
