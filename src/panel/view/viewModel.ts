import type { Format } from "../text/format";
import type { SessionView } from "../session/sessionView";
import { batchesView } from "./batchesView";
import { chipOf } from "./chip";
import { failedView } from "./failedView";
import { figuresOf } from "./figures";
import { learningView } from "./learningView";
import { nowView } from "./nowView";
import type { OpenTab, PanelView } from "./panelView";
import { stateReason } from "./stateReason";
import { tabsOf } from "./tabs";
import type { TabId } from "./tabs";

/** What the panel shows of a session at the time `now` (epoch ms). Of the tabs only the open one is computed. */
export function panelView(view: SessionView, format: Format, now: number, tab: TabId): PanelView {
  const chip = chipOf(view, format);
  return {
    chip,
    reason: stateReason(chip.state, view, format),
    figures: figuresOf(view, format),
    tabs: tabsOf(view, format),
    open: openTab(tab, view, format, now),
  };
}

function openTab(tab: TabId, view: SessionView, format: Format, now: number): OpenTab {
  switch (tab) {
    case "now":
      return { id: tab, now: nowView(view, format, now) };
    case "batches":
      return { id: tab, batches: batchesView(view, format, now) };
    case "failed":
      return { id: tab, failed: failedView(view, format) };
    case "learning":
      return { id: tab, learning: learningView(view, format) };
  }
}
