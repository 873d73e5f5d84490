/** Draws again, and gives the keyboard back the place that it had: the row of the same name, the control at the same place. */
export function keepPlace(container: HTMLElement, draw: () => void): void {
  const { activeElement } = container.ownerDocument;
  const row = activeElement !== null && container.contains(activeElement) ? activeElement.closest(".setting-item") : null;
  const name = row === null ? null : nameOf(row);
  const at = row === null || activeElement === null ? -1 : controlsOf(row).indexOf(activeElement);
  const scrolled = container.scrollTop;
  draw();
  container.scrollTop = scrolled;
  if (name === null) return;
  const same = [...container.querySelectorAll(".setting-item")].find((one) => nameOf(one) === name);
  const control = same === undefined ? undefined : (controlsOf(same)[at] ?? controlsOf(same)[0]);
  if (control?.instanceOf(HTMLElement) === true) control.focus();
}

function nameOf(row: Element): string {
  return row.querySelector(".setting-item-name")?.textContent ?? "";
}

function controlsOf(row: Element): readonly Element[] {
  return [...row.querySelectorAll("input, textarea, select, button, [tabindex]")];
}
