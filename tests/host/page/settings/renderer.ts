import { setIcon } from "../ui/icons";
import { ask, isGroup, isPage } from "./definitions";
import type { Group, Item, List, Page, Row } from "./definitions";
import { drawControl } from "./controls";
import { Setting } from "./setting";
import { SettingGroup } from "./settingGroup";
import type { SettingPage, SettingTab } from "./settingTab";

interface OpenPage {
  readonly definition: Page;
  readonly custom: SettingPage | null;
}

/** Draws declarative settings into a tab, with a stack of open sub-pages. */
export class DefinitionRenderer {
  private items: readonly Item[] = [];
  private cleanups: (() => void)[] = [];
  private predicates: (() => void)[] = [];
  private pages: OpenPage[] = [];
  private queries = new Map<string, string>();

  constructor(private readonly tab: SettingTab) {}

  draw(items: readonly Item[]): void {
    this.items = items;
    this.cleanUp();
    const el = this.tab.containerEl;
    el.empty();
    const page = this.pages.at(-1);
    if (page === undefined) this.drawItems(el, items);
    else this.drawPage(el, this.current(page));
  }

  /** Applies every `visible` and `disabled` again, in place. */
  refresh(): void {
    for (const predicate of this.predicates) predicate();
  }

  tearDown(): void {
    for (const page of this.pages.reverse()) page.custom?.hide();
    this.pages = [];
    this.cleanUp();
    this.tab.containerEl.empty();
  }

  private cleanUp(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.predicates = [];
  }

  private drawItems(el: HTMLElement, items: readonly Item[]): void {
    let loose: SettingGroup | null = null;
    items.forEach((item, index) => {
      if (isGroup(item)) {
        loose = null;
        this.drawGroup(el, item);
        return;
      }
      loose ??= new SettingGroup(el);
      if (isPage(item)) this.drawPageEntry(loose, item);
      else this.drawRow(loose, item, index);
    });
  }

  private drawGroup(el: HTMLElement, group: Group | List): void {
    const drawn = new SettingGroup(el);
    if (group.heading !== undefined) drawn.setHeading(group.heading);
    if (group.cls !== undefined) drawn.addClass(...group.cls.split(" "));
    for (const button of group.extraButtons ?? []) drawn.addExtraButton(button as never);
    this.show(drawn.groupEl, group.visible);
    const rows: { el: HTMLElement; item: Row | Page }[] = [];
    (group.items ?? []).forEach((item, index) => {
      const setting = isPage(item) ? this.drawPageEntry(drawn, item) : this.drawRow(drawn, item, index);
      rows.push({ el: setting.settingEl, item });
      if (group.type === "list") this.drawListAffordances(setting, group as List, index);
    });
    if (group.type === "list") this.drawListExtras(drawn, group as List);
    if (group.search !== undefined) this.drawSearch(drawn, group, rows);
  }

  private drawSearch(drawn: SettingGroup, group: Group, rows: readonly { el: HTMLElement; item: Row | Page }[]): void {
    const search = group.search;
    if (search === undefined) return;
    const key = group.heading ?? "";
    const apply = (query: string): void => {
      this.queries.set(key, query);
      for (const { el, item } of rows) {
        if (isPage(item) || !ask(item.searchable, true)) continue;
        el.toggleClass("is-filtered", query !== "" && !search.match(item, query));
      }
    };
    drawn.addSearch((component) => {
      component.setPlaceholder(search.placeholder ?? "Filter…").onChange(apply).setValue(this.queries.get(key) ?? "");
    });
    apply(this.queries.get(key) ?? "");
  }

  private drawListAffordances(setting: Setting, list: List, index: number): void {
    setting.settingEl.addClass("mod-list-item");
    const { onDelete, onReorder } = list;
    if (onReorder !== undefined) this.drawHandle(setting, onReorder, index);
    if (onDelete === undefined) return;
    setting.addExtraButton((button) => button.setIcon("trash-2").setTooltip("Delete").onClick(() => onDelete(index)));
    setting.settingEl.setAttr("tabindex", 0);
    setting.settingEl.addEventListener("keydown", (event) => {
      if (event.target === setting.settingEl && (event.key === "Delete" || event.key === "Backspace")) onDelete(index);
    });
  }

  private drawHandle(setting: Setting, onReorder: (from: number, to: number) => void, index: number): void {
    const handle = setting.settingEl.createDiv({ cls: "setting-drag-handle clickable-icon", prepend: true });
    setIcon(handle, "grip-vertical");
    const el = setting.settingEl;
    handle.setAttr("draggable", true);
    handle.addEventListener("dragstart", (event) => event.dataTransfer?.setData("text/plain", String(index)));
    el.addEventListener("dragover", (event) => event.preventDefault());
    el.addEventListener("drop", (event) => {
      event.preventDefault();
      const from = Number(event.dataTransfer?.getData("text/plain"));
      if (Number.isInteger(from) && from !== index) onReorder(from, index);
    });
  }

  private drawListExtras(drawn: SettingGroup, list: List): void {
    drawn.addClass("mod-list");
    if ((list.items ?? []).length === 0 && list.emptyState !== undefined) {
      drawn.listEl.createDiv("setting-list-empty").setText(list.emptyState);
    }
    const add = list.addItem;
    if (add === undefined) return;
    if (this.tab.app.isMobile) {
      const row = new Setting(drawn.listEl).setName(`+ ${add.name}`).setClass("mod-add-item");
      row.settingEl.addEventListener("click", () => add.action(row.settingEl));
      return;
    }
    drawn.addExtraButton((button) =>
      button.setIcon("plus").setTooltip(add.name).onClick(() => add.action(button.extraSettingsEl)));
  }

  private drawRow(group: SettingGroup, item: Row, index: number): Setting {
    const setting = new Setting(group.listEl);
    setting.setName(item.name);
    if (item.desc !== undefined) setting.setDesc(item.desc);
    this.show(setting.settingEl, item.visible);
    if (item.render !== undefined) {
      const cleanup = item.render(setting as never, group as never);
      if (typeof cleanup === "function") this.cleanups.push(cleanup);
    } else if (item.action !== undefined) {
      this.drawAction(setting, item.action, item.disabled, index);
    } else if (item.control !== undefined) {
      drawControl(this.tab, setting, item.control);
      this.disable(setting, item.control.disabled);
    }
    return setting;
  }

  private drawAction(
    setting: Setting,
    action: (el: HTMLElement, index: number) => void,
    disabled: boolean | (() => boolean) | undefined,
    index: number,
  ): void {
    const el = setting.settingEl;
    el.addClass("mod-action", "tappable");
    el.setAttrs({ role: "button", tabindex: 0 });
    this.disable(setting, disabled);
    const run = (): void => {
      if (!el.hasClass("is-disabled")) action(el, index);
    };
    el.addEventListener("click", run);
    el.addEventListener("keydown", (event) => {
      if (event.key === "Enter") run();
    });
  }

  private drawPageEntry(group: SettingGroup, page: Page): Setting {
    const setting = new Setting(group.listEl).setName(page.name).setClass("mod-page tappable");
    if (page.desc !== undefined) setting.setDesc(page.desc);
    this.show(setting.settingEl, page.visible);
    setting.addDisplayValue((value) => {
      const { displayValue, status } = page;
      value.setValue((typeof displayValue === "function" ? displayValue() : displayValue) ?? null);
      value.setStatus((typeof status === "function" ? status() : status) ?? null);
    });
    setIcon(setting.controlEl.createDiv("setting-page-chevron"), "chevron-right");
    setting.settingEl.setAttrs({ role: "button", tabindex: 0 });
    setting.settingEl.addEventListener("click", () => this.openPage(page));
    setting.settingEl.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.openPage(page);
    });
    return setting;
  }

  private openPage(definition: Page): void {
    this.pages.push({ definition, custom: definition.page === undefined ? null : customPage(definition.page()) });
    this.draw(this.items);
  }

  private closePage(): void {
    this.pages.pop()?.custom?.hide();
    this.draw(this.items);
  }

  private drawPage(el: HTMLElement, page: OpenPage): void {
    const bar = el.createDiv("setting-page-titlebar");
    const back = bar.createEl("button", { cls: "clickable-icon setting-page-back", attr: { "aria-label": "Back" } });
    setIcon(back, "chevron-left");
    back.addEventListener("click", () => this.closePage());
    bar.createDiv({ cls: "setting-page-title", text: page.definition.name });
    if (page.custom === null) {
      this.drawItems(el, page.definition.items ?? []);
      return;
    }
    el.appendChild(page.custom.rootEl);
    page.custom.display();
  }

  /** The same page in definitions that were made anew. */
  private current(page: OpenPage): OpenPage {
    const search = (items: readonly Item[]): Page | null => {
      for (const item of items) {
        if (isPage(item) && item.name === page.definition.name) return item;
        const below = "items" in item ? search(item.items ?? []) : null;
        if (below !== null) return below;
      }
      return null;
    };
    return { definition: search(this.items) ?? page.definition, custom: page.custom };
  }

  private show(el: HTMLElement, visible: boolean | (() => boolean) | undefined): void {
    const apply = (): void => el.toggle(ask(visible, true));
    this.predicates.push(apply);
    apply();
  }

  private disable(setting: Setting, disabled: boolean | (() => boolean) | undefined): void {
    const apply = (): void => void setting.setDisabled(ask(disabled, false));
    this.predicates.push(apply);
    apply();
  }
}

/** A page that a plugin made is one of this host's own class. */
function customPage(page: unknown): SettingPage {
  return page as SettingPage;
}
