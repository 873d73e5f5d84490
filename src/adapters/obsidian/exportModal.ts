import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import type { JsonObject, TaskView } from "../../engine/index";
import { exportFormats, exportSubjects, exportTables, firstExport, itemOfExport, withSubject } from "../../panel/forms/exportForm";
import type { ExportForm, ExportFormat, ExportSubject, ExportTable } from "../../panel/forms/exportForm";
import { strings } from "../../panel/text/strings";
import { addFormButtons } from "./formButtons";

const words = strings.exportForm;

export interface ExportModalParts {
  /** A canvas to begin with, or empty. */
  readonly canvas: string;
  /** Tasks whose results may be wanted, the newest first. */
  readonly tasks: readonly TaskView[];
  /** Resolves with null when the export has begun, else with the reason why not. */
  readonly run: (item: JsonObject, what: string) => Promise<string | null>;
}

/** Asks what to export, in which format, and where to. */
export class ExportModal extends Modal {
  private form: ExportForm;

  constructor(
    app: App,
    private readonly parts: ExportModalParts,
  ) {
    super(app);
    this.form = firstExport({ canvas: parts.canvas, task: parts.tasks[0]?.id ?? "" });
  }

  override onOpen(): void {
    this.setTitle(words.title);
    const subjects = exportSubjects.filter((what) => what !== "task" || this.parts.tasks.length > 0);
    new Setting(this.contentEl).setName(words.what).addDropdown((dropdown) => {
      for (const what of subjects) dropdown.addOption(what, words.subjects[what]);
      dropdown.setValue(this.form.what).onChange((what) => this.become(withSubject(this.form, what as ExportSubject), rest));
    });
    const rest = this.contentEl.createDiv();
    this.showRest(rest);
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  private become(form: ExportForm, rest: HTMLElement): void {
    this.form = form;
    this.showRest(rest);
  }

  /** Everything that depends on what is exported. */
  private showRest(root: HTMLElement): void {
    root.empty();
    const { format, table, what } = this.form;
    new Setting(root).setName(words.format).addDropdown((dropdown) => {
      for (const one of exportFormats(what)) dropdown.addOption(one, words.formats[one]);
      dropdown.setValue(format).onChange((chosen) => {
        this.form = { ...this.form, format: chosen as ExportFormat };
        tableRow?.settingEl.toggle(this.form.format !== "json");
      });
    });
    const tableRow = what === "graph" ? this.showTable(root, table) : null;
    tableRow?.settingEl.toggle(format !== "json");
    const days = what === "events" ? this.showEvents(root) : null;
    if (what === "task") this.showTasks(root);
    new Setting(root)
      .setName(words.folder)
      .setDesc(words.folderHelp)
      .addText((text) => text.setValue(this.form.folder).onChange((folder) => (this.form = { ...this.form, folder })));
    addFormButtons(root, { cancel: words.cancel, save: words.save, onCancel: () => this.close(), onSave: (row) => this.submit(row, days) });
  }

  private showTable(root: HTMLElement, table: ExportTable): Setting {
    const row = new Setting(root).setName(words.table).setDesc(words.tableHelp);
    return row.addDropdown((dropdown) => {
      for (const one of exportTables) dropdown.addOption(one, words.tables[one]);
      dropdown.setValue(table).onChange((chosen) => (this.form = { ...this.form, table: chosen as ExportTable }));
    });
  }

  private showEvents(root: HTMLElement): Setting {
    new Setting(root)
      .setName(words.canvas)
      .setDesc(words.canvasHelp)
      .addText((text) => text.setValue(this.form.canvas).onChange((canvas) => (this.form = { ...this.form, canvas })));
    const days = new Setting(root).setName(words.days).setDesc(words.daysHelp);
    return days.addText((text) => {
      text.inputEl.inputMode = "decimal";
      text.setValue(this.form.days).onChange((typed) => (this.form = { ...this.form, days: typed }));
    });
  }

  private showTasks(root: HTMLElement): void {
    new Setting(root).setName(words.task).addDropdown((dropdown) => {
      for (const { id, title } of this.parts.tasks) dropdown.addOption(id, title);
      dropdown.setValue(this.form.task).onChange((task) => (this.form = { ...this.form, task }));
    });
  }

  private async submit(row: Setting, days: Setting | null): Promise<void> {
    const made = itemOfExport(this.form);
    days?.setErrorMessage(made.kind === "problem" ? made.reason : null);
    if (made.kind === "problem") return;
    const wrong = await this.parts.run(made.item, words.subjects[this.form.what]);
    row.setErrorMessage(wrong);
    if (wrong === null) this.close();
  }
}
