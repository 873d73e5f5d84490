import { announceMigration } from "../dom/htmlElement";
import { installDom } from "../dom/installDom";
import { closed } from "../core/strict";
import { installLeakWatch } from "../leaks/watch";
import { WorkspaceContainer } from "./items";
import type { WorkspaceItem } from "./items";
import type { WorkspaceLeaf } from "./leaf";
import type { WorkspaceTabs } from "./tabs";
import type { Workspace } from "./workspace";

/** A popout: a frame with a window and a document of its own, which is what matters to a plugin. */
export class WorkspaceWindow extends WorkspaceContainer {
  win: Window;
  doc: Document;
  private frame: HTMLIFrameElement;

  constructor(workspace: Workspace) {
    super(workspace, "vertical", "mod-root mod-popout", document);
    this.frame = document.body.createEl("iframe", "host-popout");
    const win = this.frame.contentWindow as (Window & typeof globalThis) | null;
    if (win === null) throw new Error("the popout has no window");
    this.win = win;
    this.doc = win.document;
    installDom(win);
    if (workspace.app.hostConfig.trackLeaks) installLeakWatch(win);
    for (const style of document.head.querySelectorAll("style, link[rel=stylesheet]")) {
      this.doc.head.appendChild(style.cloneNode(true));
    }
    this.doc.body.className = document.body.className;
    this.doc.body.addClass("is-popout-window");
    this.containerEl = this.doc.adoptNode(this.containerEl);
    this.doc.body.appendChild(this.containerEl);
    this.doc.addEventListener("pointerdown", () => this.focus(), true);
  }

  focus(): void {
    setActive(this.win, this.doc);
  }

  close(): void {
    for (const leaf of this.hostLeaves()) leaf.detach();
    this.hostEnd();
  }

  override removeChild(child: WorkspaceItem): void {
    super.removeChild(child);
    if (this.children.length === 0) this.hostEnd();
  }

  private hostEnd(): void {
    if (!this.frame.isConnected) return;
    setActive(window, document);
    this.hostParent()?.removeChild(this);
    this.workspace.trigger("window-close", this, this.win);
    this.frame.detach();
  }
}
closed(WorkspaceWindow);

export function openPopoutLeaf(workspace: Workspace): WorkspaceLeaf {
  if (workspace.app.isMobile) throw new Error("Popout windows are not supported on mobile");
  const popout = new WorkspaceWindow(workspace);
  workspace.floatingSplit.children.push(popout);
  popout.parent = workspace.floatingSplit;
  workspace.trigger("window-open", popout, popout.win);
  return workspace.createLeafInParent(popout, 0);
}

/** The view keeps living; its elements change their document. */
export function moveLeafToPopout(workspace: Workspace, leaf: WorkspaceLeaf): WorkspaceWindow {
  const target = openPopoutLeaf(workspace);
  const popout = target.getContainer() as WorkspaceWindow;
  leaf.hostParent()?.removeChild(leaf);
  popout.doc.adoptNode(leaf.containerEl);
  popout.doc.adoptNode(leaf.tabHeaderEl);
  (target.parent as WorkspaceTabs).insertChild(0, leaf);
  target.detach();
  announceMigration(leaf.containerEl);
  workspace.hostLayoutChanged();
  return popout;
}

function setActive(win: Window, doc: Document): void {
  window.activeWindow = win;
  window.activeDocument = doc;
}
