import { ConfirmationModal } from "obsidian";
import type { App } from "obsidian";
import type { OpenModals } from "./openModals";

export interface Question {
  readonly title: string;
  readonly lines: readonly string[];
  /** Texts that are shown as they are, such as what is going to be sent. */
  readonly quote?: readonly string[];
  readonly yes: string;
  readonly no: string;
  readonly destructive: boolean;
}

/** Asks a yes-no question. Resolves with false when the dialog is closed in any other way than by its yes. */
export function confirm(app: App, modals: OpenModals, question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let answer = false;
    modal.setTitle(question.title);
    for (const line of question.lines) modal.contentEl.createEl("p", { text: line });
    for (const text of question.quote ?? []) modal.contentEl.createEl("pre", { text, cls: "canvas-engram-quote" });
    modal.addButton((button) => {
      button.setButtonText(question.yes).onClick(() => {
        answer = true;
      });
      if (question.destructive) button.setDestructive();
      else button.setCta().setInitialFocus();
    });
    modal.addCancelButton(question.no);
    modals.show(modal, () => resolve(answer));
  });
}
