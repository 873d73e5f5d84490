import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import type { LearningForm } from "../../panel/forms/learningForm";
import { checkForm, emptyForm } from "../../panel/forms/learningForm";
import { reported } from "./reported";

/** Asks for score, review and remark. `record` resolves with null when it is kept, else with the reason why not. */
export class RecordModal extends Modal {
  private form: LearningForm = emptyForm;

  constructor(
    app: App,
    private readonly subject: string,
    private readonly record: (form: LearningForm) => Promise<string | null>,
  ) {
    super(app);
  }

  override onOpen(): void {
    const words = strings.record;
    this.setTitle(words.title);
    this.contentEl.createEl("p", { cls: "canvas-engram-subject", text: fill(words.about, { subject: this.subject }) });
    const score = new Setting(this.contentEl).setName(words.score).setDesc(words.scoreHelp);
    score.addText((text) => {
      text.inputEl.inputMode = "decimal";
      text.onChange((value) => (this.form = { ...this.form, score: value }));
      text.inputEl.focus();
    });
    new Setting(this.contentEl)
      .setName(words.rating)
      .setDesc(words.ratingHelp)
      .addDropdown((dropdown) => {
        dropdown.addOptions({ "": words.noRating, ...words.ratings });
        dropdown.onChange((value) => (this.form = { ...this.form, rating: value }));
      });
    new Setting(this.contentEl)
      .setName(words.remark)
      .setDesc(words.remarkHelp)
      .addTextArea((area) => area.onChange((value) => (this.form = { ...this.form, remark: value })));
    const buttons = new Setting(this.contentEl);
    const submit = (): Promise<void> => reported(() => this.submit(buttons));
    buttons.addButton((button) => button.setButtonText(words.cancel).onClick(() => this.close()));
    buttons.addButton((button) => button.setButtonText(words.save).setCta().onClick(submit));
    this.scope.register(["Mod"], "Enter", () => {
      void submit();
      return false;
    });
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  private async submit(row: Setting): Promise<void> {
    const wrong = checkForm(this.form) ?? (await this.record(this.form));
    row.setErrorMessage(wrong);
    if (wrong === null) this.close();
  }
}
