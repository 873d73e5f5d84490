/** A dialog as far as its name goes. */
export interface NamedDialog {
  readonly modalEl: HTMLElement;
  readonly titleEl: HTMLElement;
}

/**
 * Ties a dialog to its title, and its fields to the names beside them. The app shows both, but says neither to who only
 * hears. A dialog without a title asks in its field.
 */
export function nameDialog({ modalEl, titleEl }: NamedDialog): void {
  modalEl.addClass("canvas-engram-dialog");
  const title = titleEl.textContent || (modalEl.querySelector("input")?.placeholder ?? "");
  if (title !== "") modalEl.setAttribute("aria-label", title);
  nameFields(modalEl);
}

/** The same for fields that are made while the dialog is open. */
export function nameFields(root: HTMLElement): void {
  for (const row of root.querySelectorAll(".setting-item")) {
    const name = row.querySelector(".setting-item-name")?.textContent ?? "";
    const fields = name === "" ? [] : row.querySelectorAll("input, select, textarea");
    for (const field of fields) if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", name);
  }
}
