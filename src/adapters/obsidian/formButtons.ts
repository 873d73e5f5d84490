import { Setting } from "obsidian";
import { reported } from "./reported";

export interface FormButtons {
  readonly cancel: string;
  readonly save: string;
  readonly onCancel: () => void;
  /** Gets the row of the buttons, where what is wrong may be said. */
  readonly onSave: (row: Setting) => Promise<void>;
}

/** The row that ends a dialog in which something is filled in. */
export function addFormButtons(root: HTMLElement, { cancel, onCancel, onSave, save }: FormButtons): void {
  const row = new Setting(root);
  row.addButton((button) => button.setButtonText(cancel).onClick(onCancel));
  row.addButton((button) =>
    button
      .setButtonText(save)
      .setCta()
      .onClick(() => reported(() => onSave(row))),
  );
}
