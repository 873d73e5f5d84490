import { WorkspaceMobileDrawer, WorkspaceParent, WorkspaceSidedock } from "./items";
import type { WorkspaceItem } from "./items";
import { WorkspaceLeaf } from "./leaf";
import type { ViewState } from "./leaf";
import { WorkspaceTabs } from "./tabs";
import type { Workspace } from "./workspace";

/** A layout as `workspace.json` holds it, as far as this host has parts. */
interface SavedItem {
  readonly id?: string;
  readonly type: string;
  readonly children?: readonly SavedItem[];
  readonly currentTab?: number;
  readonly collapsed?: boolean;
  readonly state?: ViewState & { title?: string };
}

export function readLayout(workspace: Workspace): Record<string, unknown> {
  return {
    main: save(workspace.rootSplit),
    left: save(workspace.leftSplit),
    right: save(workspace.rightSplit),
    active: workspace.activeLeaf?.id ?? null,
    lastOpenFiles: workspace.getLastOpenFiles(),
  };
}

function save(item: WorkspaceItem): SavedItem {
  if (item instanceof WorkspaceLeaf) {
    return { id: item.id, type: "leaf", state: { ...item.getViewState(), title: item.getDisplayText() } };
  }
  const children = item instanceof WorkspaceParent ? item.children.map(save) : [];
  if (item instanceof WorkspaceTabs) return { id: item.id, type: "tabs", children, currentTab: item.currentTab };
  const side = item instanceof WorkspaceSidedock || item instanceof WorkspaceMobileDrawer;
  return { id: item.id, type: "split", children, ...(side ? { collapsed: item.collapsed } : {}) };
}

/** Builds the saved panes: the one shown of each group is loaded, the others are deferred. */
export async function restoreLayout(workspace: Workspace, layout: unknown): Promise<void> {
  if (typeof layout !== "object" || layout === null) return;
  const saved = layout as { main?: SavedItem; left?: SavedItem; right?: SavedItem; active?: string };
  await fill(workspace, workspace.rootSplit, saved.main);
  await fill(workspace, workspace.leftSplit, saved.left);
  await fill(workspace, workspace.rightSplit, saved.right);
  const active = workspace.getMostRecentLeaf();
  if (active !== null) workspace.setActiveLeaf(active);
}

async function fill(workspace: Workspace, parent: WorkspaceParent, saved: SavedItem | undefined): Promise<void> {
  for (const item of saved?.children ?? []) {
    if (item.type === "leaf") await addLeaf(workspace, parent, item, true);
    else if (item.type === "tabs") await fillTabs(workspace, parent, item);
    else await fill(workspace, parent, item);
  }
  if (parent instanceof WorkspaceSidedock && saved?.collapsed === false) parent.expand();
}

async function fillTabs(workspace: Workspace, parent: WorkspaceParent, saved: SavedItem): Promise<void> {
  const tabs = new WorkspaceTabs(workspace, document);
  parent.insertChild(parent.children.length, tabs);
  const shown = saved.currentTab ?? 0;
  for (const [index, item] of (saved.children ?? []).entries()) await addLeaf(workspace, tabs, item, index === shown);
  const leaf = tabs.children[shown];
  if (leaf !== undefined) tabs.selectTab(leaf);
}

async function addLeaf(workspace: Workspace, parent: WorkspaceParent, saved: SavedItem, load: boolean): Promise<void> {
  const leaf = new WorkspaceLeaf(workspace, document);
  parent.insertChild(parent.children.length, leaf);
  const state = saved.state ?? { type: "empty" };
  if (load) await leaf.setViewState({ type: state.type, ...(state.state === undefined ? {} : { state: state.state }) });
  else await leaf.hostDefer(state, state.title ?? state.type);
}
