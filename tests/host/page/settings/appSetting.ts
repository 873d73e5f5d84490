import type { App } from "../app";
import { Modal } from "../ui/modal";
import { SearchComponent } from "../ui/components/text";
import { setIcon } from "../ui/icons";
import { searchSettings } from "./search";
import type { SettingTab } from "./settingTab";

/** The settings window. */
export class AppSetting extends Modal {
  pluginTabs: SettingTab[] = [];
  activeTab: SettingTab | null = null;
  lastTabId = "";
  private headersEl: HTMLElement;
  private contentHolderEl: HTMLElement;
  private resultsEl: HTMLElement;

  constructor(app: App) {
    super(app);
    this.modalEl.addClass("mod-settings", "mod-sidebar-layout");
    this.contentEl.addClass("vertical-tabs-container");
    const header = this.contentEl.createDiv("vertical-tab-header");
    const search = new SearchComponent(header);
    search.setPlaceholder("Search settings…").onChange((query) => this.search(query));
    const group = header.createDiv("vertical-tab-header-group");
    group.createDiv({ cls: "vertical-tab-header-group-title", text: "Community plugins" });
    this.headersEl = group.createDiv("vertical-tab-header-group-items");
    this.resultsEl = header.createDiv("setting-search-results");
    this.contentHolderEl = this.contentEl.createDiv("vertical-tab-content-container");
  }

  addSettingTab(tab: SettingTab): void {
    this.pluginTabs.push(tab);
    tab.update();
    this.drawHeaders();
  }

  removeSettingTab(tab: SettingTab): void {
    this.pluginTabs = this.pluginTabs.filter((one) => one !== tab);
    if (this.activeTab === tab) this.closeActiveTab();
    this.drawHeaders();
  }

  openTabById(id: string): SettingTab | null {
    const tab = this.pluginTabs.find((one) => one.id === id) ?? null;
    if (tab !== null) this.openTab(tab);
    return tab;
  }

  openTab(tab: SettingTab): void {
    this.closeActiveTab();
    this.activeTab = tab;
    this.lastTabId = tab.id;
    this.contentHolderEl.appendChild(tab.containerEl);
    tab.hostShow();
    this.drawHeaders();
  }

  closeActiveTab(): void {
    const tab = this.activeTab;
    if (tab === null) return;
    this.activeTab = null;
    tab.hostHide();
    tab.containerEl.detach();
  }

  override onOpen(): void {
    if (this.lastTabId !== "") this.openTabById(this.lastTabId);
  }

  override onClose(): void {
    this.closeActiveTab();
  }

  private drawHeaders(): void {
    this.headersEl.empty();
    for (const tab of this.pluginTabs) {
      const el = this.headersEl.createDiv("vertical-tab-nav-item tappable");
      el.setAttr("data-setting-id", tab.id);
      if (tab.icon !== "") setIcon(el.createDiv("vertical-tab-nav-item-icon"), tab.icon);
      el.createDiv({ cls: "vertical-tab-nav-item-title", text: tab.name });
      el.toggleClass("is-active", tab === this.activeTab);
      el.addEventListener("click", () => this.openTab(tab));
    }
  }

  private search(query: string): void {
    this.resultsEl.empty();
    if (query.trim() === "") return;
    for (const tab of this.pluginTabs) {
      for (const hit of searchSettings(tab.settingItems, query)) {
        const el = this.resultsEl.createDiv({ cls: "setting-search-result tappable", text: `${tab.name}: ${hit}` });
        el.addEventListener("click", () => this.openTab(tab));
      }
    }
  }
}
