import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import type { Priority } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import type { TemplateForm } from "../../panel/forms/templateForm";
import { addFormButtons } from "./formButtons";

const words = strings.templateForm;

/** Lines of a field for items. */
const ITEM_ROWS = 5;

/** Asks for what a template says. `save` resolves with null when it is kept, else with the reason why not. */
export class TemplateModal extends Modal {
  constructor(
    app: App,
    private readonly heading: string,
    private form: TemplateForm,
    private readonly save: (form: TemplateForm) => Promise<string | null>,
  ) {
    super(app);
  }

  override onOpen(): void {
    this.setTitle(this.heading);
    this.text(words.name, "", this.form.name, (name) => ({ name })).controlEl.querySelector("input")?.focus();
    this.text(words.taskTitle, words.variablesHelp, this.form.title, (title) => ({ title }));
    new Setting(this.contentEl).setName(words.priority).addDropdown((dropdown) => {
      dropdown.addOptions(words.priorities).setValue(this.form.priority);
      dropdown.onChange((priority) => this.change({ priority: priority as Priority }));
    });
    new Setting(this.contentEl)
      .setName(words.items)
      .setDesc(fill(words.itemsHelp, { kind: this.form.kind }))
      .addTextArea((area) => {
        area.inputEl.rows = ITEM_ROWS;
        area.setValue(this.form.items).onChange((items) => this.change({ items }));
      });
    this.text(words.cron, words.cronHelp, this.form.cron, (cron) => ({ cron }));
    addFormButtons(this.contentEl, { cancel: words.cancel, save: words.save, onCancel: () => this.close(), onSave: (row) => this.submit(row) });
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  private text(name: string, desc: string, value: string, part: (value: string) => Partial<TemplateForm>): Setting {
    return new Setting(this.contentEl)
      .setName(name)
      .setDesc(desc)
      .addText((text) => text.setValue(value).onChange((typed) => this.change(part(typed))));
  }

  private change(part: Partial<TemplateForm>): void {
    this.form = { ...this.form, ...part };
  }

  private async submit(row: Setting): Promise<void> {
    const wrong = await this.save(this.form);
    row.setErrorMessage(wrong);
    if (wrong === null) this.close();
  }
}
