import { Component } from "../core/component";
import { strict } from "../core/strict";
import { setIcon } from "./icons";

const perEvent = new WeakMap<Event, Menu>();
const open = new Set<Menu>();

/** Host only. */
export function openMenus(): readonly Menu[] {
  return [...open];
}

export class MenuItem {
  dom: HTMLElement;
  section = "";
  private iconEl: HTMLElement;
  private titleEl: HTMLElement;
  private menu: Menu;
  private submenu: Menu | null = null;
  private disabled = false;
  private callback: ((evt: MouseEvent | KeyboardEvent) => unknown) | null = null;

  constructor(menu: Menu) {
    this.menu = menu;
    this.dom = document.createElement("div");
    this.dom.addClass("menu-item", "tappable");
    this.iconEl = this.dom.createDiv("menu-item-icon");
    this.titleEl = this.dom.createDiv("menu-item-title");
    this.dom.addEventListener("click", (event) => this.choose(event));
    return strict(this);
  }

  setTitle(title: string | DocumentFragment): this {
    this.titleEl.setText(title);
    return this;
  }

  setIcon(icon: string | null): this {
    this.iconEl.empty();
    if (icon !== null) setIcon(this.iconEl, icon);
    return this;
  }

  setChecked(checked: boolean | null): this {
    this.dom.toggleClass("mod-checked", checked === true);
    return this;
  }

  setDisabled(disabled: boolean): this {
    this.disabled = disabled;
    this.dom.toggleClass("is-disabled", disabled);
    return this;
  }

  setWarning(isWarning: boolean): this {
    this.dom.toggleClass("is-warning", isWarning);
    return this;
  }

  setIsLabel(isLabel: boolean): this {
    this.dom.toggleClass("is-label", isLabel);
    this.dom.toggleClass("tappable", !isLabel);
    return this;
  }

  setSection(section: string): this {
    this.section = section;
    this.dom.setAttr("data-section", section);
    return this;
  }

  onClick(callback: (evt: MouseEvent | KeyboardEvent) => unknown): this {
    this.callback = callback;
    return this;
  }

  /** Not in the public types, used widely. */
  setSubmenu(): Menu {
    this.submenu ??= new Menu();
    this.dom.addClass("has-submenu");
    return this.submenu;
  }

  private choose(event: MouseEvent): void {
    if (this.disabled || this.dom.hasClass("is-label")) return;
    if (this.submenu !== null) {
      event.stopPropagation();
      this.submenu.showAtMouseEvent(event);
      return;
    }
    this.menu.hide();
    this.callback?.(event);
  }
}

export class MenuSeparator {
  dom = createDiv("menu-separator");
}

/** A context menu. Items come in the order of their sections; items without a section last. */
export class Menu extends Component {
  dom: HTMLElement;
  items: (MenuItem | MenuSeparator)[] = [];
  private sections: string[] = [];
  private hideCallback: (() => unknown) | null = null;

  constructor() {
    super();
    this.dom = document.createElement("div");
    this.dom.addClass("menu");
    this.dom.setAttr("role", "menu");
  }

  static forEvent(event: PointerEvent | MouseEvent): Menu {
    const menu = perEvent.get(event) ?? new Menu();
    if (!perEvent.has(event)) {
      perEvent.set(event, menu);
      window.queueMicrotask(() => menu.showAtMouseEvent(event));
    }
    return menu;
  }

  addItem(cb: (item: MenuItem) => unknown): this {
    const item = new MenuItem(this);
    this.items.push(item);
    cb(item);
    return this;
  }

  addSeparator(): this {
    this.items.push(new MenuSeparator());
    return this;
  }

  /** Not in the public types: declares the order of sections. */
  addSections(sections: readonly string[]): this {
    this.sections.push(...sections);
    return this;
  }

  setNoIcon(): this {
    this.dom.addClass("mod-no-icon");
    return this;
  }

  setUseNativeMenu(_useNativeMenu: boolean): this {
    return this;
  }

  setParentElement(_el: HTMLElement): this {
    return this;
  }

  onHide(callback: () => unknown): void {
    this.hideCallback = callback;
  }

  showAtMouseEvent(event: MouseEvent): this {
    return this.showAtPosition({ x: event.clientX, y: event.clientY }, event.doc);
  }

  showAtPosition(position: { x: number; y: number }, doc: Document = window.activeDocument): this {
    this.hide();
    this.fill();
    doc.body.appendChild(this.dom);
    const { width, height } = this.dom.getBoundingClientRect();
    this.dom.setCssStyles({
      left: `${Math.max(0, Math.min(position.x, doc.documentElement.clientWidth - width))}px`,
      top: `${Math.max(0, Math.min(position.y, doc.documentElement.clientHeight - height))}px`,
    });
    open.add(this);
    void this.load();
    return this;
  }

  hide(): this {
    if (!open.delete(this)) return this;
    this.dom.detach();
    this.unload();
    this.hideCallback?.();
    return this;
  }

  close(): void {
    this.hide();
  }

  override onload(): void {
    const doc = this.dom.doc;
    this.registerDomEvent(doc, "pointerdown", (event) => {
      if (!(event.target instanceof Node && this.dom.contains(event.target))) this.hide();
    }, { capture: true });
    this.registerDomEvent(doc, "keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape") this.hide();
    }, { capture: true });
  }

  private fill(): void {
    this.dom.empty();
    const sectionOf = (item: MenuItem | MenuSeparator): string => (item instanceof MenuItem ? item.section : "");
    const known = [...new Set([...this.sections, ...this.items.map(sectionOf).filter((one) => one !== "")])];
    const order = known.includes("") ? known : [...known, ""];
    const groups = order.map((section) => this.items.filter((item) => sectionOf(item) === section));
    groups.filter((group) => group.length > 0).forEach((group, index) => {
      if (index > 0) this.dom.createDiv("menu-separator");
      for (const item of group) this.dom.appendChild(item.dom);
    });
  }
}
