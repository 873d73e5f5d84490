import { closed } from "../core/strict";
import { WorkspaceParent } from "./items";
import type { WorkspaceItem } from "./items";
import type { WorkspaceLeaf } from "./leaf";
import type { Workspace } from "./workspace";

/** A group of tabs, one shown at a time. */
export class WorkspaceTabs extends WorkspaceParent {
  currentTab = 0;
  tabHeaderContainerEl: HTMLElement;
  private holder: HTMLElement;

  constructor(workspace: Workspace, doc: Document) {
    super(workspace, "workspace-tabs mod-top", doc);
    this.tabHeaderContainerEl = this.containerEl.createDiv("workspace-tab-header-container");
    this.holder = this.containerEl.createDiv("workspace-tab-container");
  }

  override hostChildHolder(): HTMLElement {
    return this.holder;
  }

  override insertChild(index: number, child: WorkspaceItem): void {
    super.insertChild(index, child);
    const leaf = child as WorkspaceLeaf;
    this.tabHeaderContainerEl.appendChild(leaf.tabHeaderEl);
    this.show();
  }

  override removeChild(child: WorkspaceItem): void {
    const shown = this.children[this.currentTab];
    super.removeChild(child);
    (child as WorkspaceLeaf).tabHeaderEl.detach();
    const index = shown === undefined ? -1 : this.children.indexOf(shown);
    this.currentTab = index === -1 ? Math.max(0, this.children.length - 1) : index;
    this.show();
    const parent = this.hostParent();
    if (this.children.length === 0 && parent !== null) parent.removeChild(this);
  }

  selectTab(leaf: WorkspaceItem): void {
    const index = this.children.indexOf(leaf);
    if (index === -1) return;
    this.currentTab = index;
    this.show();
    this.workspace.hostLayoutChanged();
  }

  private show(): void {
    this.children.forEach((child, index) => {
      child.containerEl.toggle(index === this.currentTab);
      (child as WorkspaceLeaf).tabHeaderEl.toggleClass("is-active", index === this.currentTab);
    });
  }
}
closed(WorkspaceTabs);
