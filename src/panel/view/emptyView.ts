import type { PanelButton } from "./panelView";

/** What a page says while there is nothing on it. */
export interface EmptyView {
  readonly title: string;
  readonly lines: readonly string[];
  readonly buttons: readonly PanelButton[];
}
