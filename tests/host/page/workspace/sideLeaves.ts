import { WorkspaceMobileDrawer, WorkspaceSidedock } from "./items";
import type { WorkspaceLeaf } from "./leaf";
import { WorkspaceTabs } from "./tabs";
import type { Workspace } from "./workspace";

export interface SideLeafOptions {
  active?: boolean;
  split?: boolean;
  reveal?: boolean;
  state?: Record<string, unknown>;
}

/** A new pane in a side of the window. */
export function addSideLeaf(
  workspace: Workspace,
  dock: WorkspaceSidedock | WorkspaceMobileDrawer,
  split: boolean,
): WorkspaceLeaf {
  if (dock instanceof WorkspaceMobileDrawer) return workspace.hostAddLeaf(dock);
  const tabs = dock.children.at(-1);
  if (split || !(tabs instanceof WorkspaceTabs)) return workspace.createLeafInParent(dock, dock.children.length);
  return workspace.hostAddLeaf(tabs);
}

/** The pane of that type in that side, made where it is missing. */
export async function ensureSideLeaf(
  workspace: Workspace,
  type: string,
  side: "left" | "right",
  options: SideLeafOptions,
): Promise<WorkspaceLeaf> {
  const dock = side === "left" ? workspace.leftSplit : workspace.rightSplit;
  const found = dock.hostLeaves().find((one) => one.view.getViewType() === type);
  const leaf = found ?? addSideLeaf(workspace, dock, options.split === true);
  if (found === undefined || options.state !== undefined) {
    await leaf.setViewState({ type, ...(options.state === undefined ? {} : { state: options.state }) });
  }
  if (options.reveal !== false) await revealLeaf(leaf);
  if (options.active === true) workspace.setActiveLeaf(leaf, { focus: true });
  return leaf;
}

export async function revealLeaf(leaf: WorkspaceLeaf): Promise<void> {
  for (let at = leaf.hostParent(); at !== null; at = at.hostParent()) {
    if (at instanceof WorkspaceSidedock || at instanceof WorkspaceMobileDrawer) at.expand();
    if (at instanceof WorkspaceTabs) at.selectTab(leaf);
  }
  await leaf.loadIfDeferred();
}
