import type { Frame } from "playwright-core";
import type { ObsidianHost } from "../launch";

const PANEL_TYPE = "canvas-engram-panel";

/** What the system asks for: strong contrast, or a palette of the user's own. */
export type ContrastWish = "none" | "more" | "forced colours";

/** The interface in a language that is written from right to left. */
export async function setDirection(host: ObsidianHost, direction: "ltr" | "rtl"): Promise<void> {
  await host.page.evaluate((value) => {
    document.body.toggleClass("mod-rtl", value === "rtl");
    document.documentElement.dir = value;
  }, direction);
}

export async function setContrast(host: ObsidianHost, wish: ContrastWish): Promise<void> {
  await host.page.emulateMedia({ contrast: wish === "more" ? "more" : "no-preference", forcedColors: wish === "forced colours" ? "active" : "none" });
}

/** Drags the border of the right side panel until it is this wide; null: as it was. */
export async function setSideWidth(host: ObsidianHost, pixels: number | null): Promise<void> {
  await host.page.evaluate((width) => {
    const side = document.querySelector<HTMLElement>(".workspace-split.mod-right-split");
    if (side === null) throw new Error("there is no right side panel");
    side.style.width = width === null ? "" : `${width}px`;
  }, pixels);
}

/** Opens the panel as a tab between the side panels, as dragging its icon there does. */
export async function panelToTab(host: ObsidianHost): Promise<void> {
  await host.page.evaluate(async (type) => {
    const { workspace } = window.__host.app;
    for (const leaf of workspace.getLeavesOfType(type)) leaf.detach();
    await workspace.getLeaf("tab").setViewState({ type, active: true });
  }, PANEL_TYPE);
  await host.page.locator(".mod-root .canvas-engram-panel").waitFor();
}

/** Moves the panel to a window of its own and gives that window. */
export async function panelToPopout(host: ObsidianHost): Promise<Frame> {
  await host.page.evaluate((type) => {
    const { workspace } = window.__host.app;
    const [leaf] = workspace.getLeavesOfType(type);
    if (leaf === undefined) throw new Error("the panel is not open");
    workspace.moveLeafToPopout(leaf);
  }, PANEL_TYPE);
  const frame = await (await host.page.locator(".host-popout").elementHandle())?.contentFrame();
  if (frame === null || frame === undefined) throw new Error("the popout has no document");
  await frame.locator(".canvas-engram-panel").waitFor();
  return frame;
}
