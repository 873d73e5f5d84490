import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { strings } from "../text/strings";
import { deadEvents } from "./deadEvents";
import { filesToLookAt } from "./chip";
import { tasksThatFailed } from "./failedView";
import type { Tab } from "./panelView";

/** In the order in which they stand. */
export const tabIds = ["now", "batches", "failed", "learning"] as const;

export type TabId = (typeof tabIds)[number];

export function isTabId(value: unknown): value is TabId {
  return tabIds.some((id) => id === value);
}

export function tabsOf({ status }: SessionView, format: Format): readonly Tab[] {
  const failed = status === null ? 0 : deadEvents(status) + filesToLookAt(status) + tasksThatFailed(status).length;
  return tabIds.map((id) => ({ id, label: strings.tabs[id], count: id === "failed" && failed > 0 ? format.count(failed) : null }));
}
