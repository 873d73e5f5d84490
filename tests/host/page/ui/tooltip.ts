export interface TooltipOptions {
  placement?: string;
  classes?: string[];
  gap?: number;
  delay?: number;
}

/** The app shows it on hover; here it is the accessible name. */
export function setTooltip(el: HTMLElement, tooltip: string, options?: TooltipOptions): void {
  el.setAttr("aria-label", tooltip === "" ? null : tooltip);
  if (options?.placement !== undefined) el.setAttr("data-tooltip-position", options.placement);
}

export function displayTooltip(el: HTMLElement, content: string | DocumentFragment, _options?: TooltipOptions): void {
  for (const old of el.doc.querySelectorAll(".tooltip")) old.detach();
  const tip = el.doc.body.createDiv("tooltip");
  tip.setText(content);
}
