import { cls } from "./panelParts";

/** Says a text to people who hear the panel; the same text twice is said twice. */
export function liveRegion(parent: HTMLElement): (text: string) => void {
  const root = parent.createDiv({ cls: cls("heard"), attr: { role: "status", "aria-live": "polite", "aria-atomic": "true" } });
  return (text) => {
    root.empty();
    root.createSpan({ text });
  };
}
