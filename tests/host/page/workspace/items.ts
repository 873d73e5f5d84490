import { Events } from "../core/events";
import { closed } from "../core/strict";
import type { WorkspaceLeaf } from "./leaf";
import type { Workspace } from "./workspace";

let nextId = 1;

/** A part of the window's layout. */
export abstract class WorkspaceItem extends Events {
  workspace: Workspace;
  id: string;
  containerEl: HTMLElement;
  declare parent: WorkspaceParent;

  constructor(workspace: Workspace, cls: string, doc: Document) {
    super();
    this.workspace = workspace;
    this.id = `item${String(nextId++).padStart(12, "0")}`;
    this.containerEl = doc.createElement("div");
    this.containerEl.addClass(...cls.split(" "));
    Object.defineProperty(this, "parent", { value: null, writable: true, configurable: true, enumerable: true });
  }

  getRoot(): WorkspaceItem {
    return this.hostParent()?.getRoot() ?? this;
  }

  getContainer(): WorkspaceContainer {
    return this.hostParent()?.getContainer() ?? this.workspace.rootSplit;
  }

  /** Host only. */
  hostParent(): WorkspaceParent | null {
    return this.parent;
  }
}

export abstract class WorkspaceParent extends WorkspaceItem {
  children: WorkspaceItem[] = [];

  insertChild(index: number, child: WorkspaceItem): void {
    const at = index < 0 || index > this.children.length ? this.children.length : index;
    this.children.splice(at, 0, child);
    child.parent = this;
    this.hostChildHolder().insertBefore(child.containerEl, this.hostChildHolder().children[at] ?? null);
  }

  removeChild(child: WorkspaceItem): void {
    this.children = this.children.filter((one) => one !== child);
    child.containerEl.detach();
  }

  /** Host only. */
  hostChildHolder(): HTMLElement {
    return this.containerEl;
  }

  /** Host only: the leaves below, in order. */
  hostLeaves(): WorkspaceLeaf[] {
    return this.children.flatMap((child) =>
      child instanceof WorkspaceParent ? child.hostLeaves() : [child as WorkspaceLeaf]);
  }
}

export class WorkspaceSplit extends WorkspaceParent {
  direction: "vertical" | "horizontal";

  constructor(workspace: Workspace, direction: "vertical" | "horizontal", cls: string, doc: Document) {
    super(workspace, `workspace-split mod-${direction} ${cls}`, doc);
    this.direction = direction;
  }
}
closed(WorkspaceSplit);

/** A part that is a window of its own. */
export abstract class WorkspaceContainer extends WorkspaceSplit {
  abstract win: Window;
  abstract doc: Document;

  override getContainer(): WorkspaceContainer {
    return this;
  }
}

export class WorkspaceRoot extends WorkspaceContainer {
  win: Window = window;
  doc: Document = document;

  constructor(workspace: Workspace) {
    super(workspace, "vertical", "mod-root", document);
  }
}
closed(WorkspaceRoot);

/** Holds the popout windows. */
export class WorkspaceFloating extends WorkspaceParent {
  constructor(workspace: Workspace) {
    super(workspace, "workspace-floating", document);
  }
}
closed(WorkspaceFloating);

export class WorkspaceSidedock extends WorkspaceSplit {
  side: "left" | "right";
  collapsed = false;

  constructor(workspace: Workspace, side: "left" | "right") {
    super(workspace, "horizontal", `mod-sidedock mod-${side}-split`, document);
    this.side = side;
    this.collapse();
  }

  expand(): void {
    this.collapsed = false;
    this.containerEl.removeClass("is-sidedock-collapsed");
    this.workspace.hostLayoutChanged();
  }

  collapse(): void {
    this.collapsed = true;
    this.containerEl.addClass("is-sidedock-collapsed");
    this.workspace.hostLayoutChanged();
  }

  toggle(): void {
    if (this.collapsed) this.expand();
    else this.collapse();
  }
}
closed(WorkspaceSidedock);

/** The side of the mobile app: leaves without tabs, one shown at a time. */
export class WorkspaceMobileDrawer extends WorkspaceParent {
  side: "left" | "right";
  collapsed = false;

  constructor(workspace: Workspace, side: "left" | "right") {
    super(workspace, `workspace-drawer mod-${side}`, document);
    this.side = side;
    this.collapse();
  }

  expand(): void {
    this.collapsed = false;
    this.containerEl.removeClass("is-collapsed");
    this.workspace.hostLayoutChanged();
  }

  collapse(): void {
    this.collapsed = true;
    this.containerEl.addClass("is-collapsed");
    this.workspace.hostLayoutChanged();
  }

  toggle(): void {
    if (this.collapsed) this.expand();
    else this.collapse();
  }
}
closed(WorkspaceMobileDrawer);
