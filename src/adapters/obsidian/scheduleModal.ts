import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import { templateVariables } from "../../engine/index";
import type { MissedRuns, ScheduleDraft, SchedulePreview, TaskTemplate } from "../../engine/index";
import type { Format } from "../../panel/text/format";
import { formFor, scheduleSubjects, taskOfForm } from "../../panel/forms/scheduleForm";
import type { ScheduleForm, ScheduleSubject } from "../../panel/forms/scheduleForm";
import { fill, strings } from "../../panel/text/strings";
import { nameFields } from "./dialogNames";
import { addFormButtons } from "./formButtons";

const words = strings.scheduleForm;

/** Lines of a field for items. */
const ITEM_ROWS = 5;

export interface ScheduleModalParts {
  readonly templates: readonly TaskTemplate[];
  readonly format: Format;
  /** Seconds, as typed; of all schedules. */
  readonly startJitter: string;
  readonly preview: (cron: string) => SchedulePreview;
  /** What is wrong with the wait after the start, or null. */
  readonly checkJitter: (text: string) => string | null;
  /** Resolves with null when it is kept, else with the reason why not. */
  readonly save: (draft: ScheduleDraft, startJitter: string) => Promise<string | null>;
}

/** Asks what to make, when, and what becomes of runs that are missed. */
export class ScheduleModal extends Modal {
  private readonly subjects: ReadonlyMap<string, ScheduleSubject>;
  private form: ScheduleForm;
  private jitter: string;

  constructor(
    app: App,
    private readonly parts: ScheduleModalParts,
  ) {
    super(app);
    this.subjects = scheduleSubjects(parts.templates);
    const [first] = this.subjects.values();
    this.form = formFor(first ?? { kind: "kind", name: "index" }, null);
    this.jitter = parts.startJitter;
  }

  override onOpen(): void {
    this.setTitle(words.title);
    new Setting(this.contentEl).setName(words.what).setDesc(words.whatHelp).addDropdown((dropdown) => {
      for (const [key, subject] of this.subjects) dropdown.addOption(key, subjectName(subject));
      dropdown.onChange((key) => {
        const subject = this.subjects.get(key);
        if (subject === undefined) return;
        this.form = formFor(subject, this.form);
        this.showRest(rest);
      });
    });
    const rest = this.contentEl.createDiv();
    this.showRest(rest);
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  /** Everything that depends on what is made. */
  private showRest(root: HTMLElement): void {
    root.empty();
    const { subject } = this.form;
    if (subject.kind === "template") this.showVariables(root, subject.template);
    else this.showItems(root);
    this.showTime(root);
    new Setting(root).setName(words.missed).setDesc(words.missedHelp).addDropdown((dropdown) => {
      dropdown.addOptions(words.missedRules).setValue(this.form.missed);
      dropdown.onChange((rule) => (this.form = { ...this.form, missed: rule as MissedRuns }));
    });
    const jitter = new Setting(root).setName(words.jitter).setDesc(words.jitterHelp);
    jitter.addText((text) => {
      text.inputEl.inputMode = "numeric";
      text.setValue(this.jitter).onChange((value) => {
        this.jitter = value;
        jitter.setErrorMessage(this.parts.checkJitter(value));
      });
    });
    this.showButtons(root);
    nameFields(root);
  }

  private showVariables(root: HTMLElement, template: TaskTemplate): void {
    for (const name of templateVariables(template)) {
      new Setting(root).setName(name).addText((text) => {
        text.setValue(this.form.values[name] ?? "");
        text.onChange((value) => (this.form = { ...this.form, values: { ...this.form.values, [name]: value } }));
      });
    }
  }

  private showItems(root: HTMLElement): void {
    new Setting(root)
      .setName(words.taskTitle)
      .setDesc(words.taskTitleHelp)
      .addText((text) => text.setValue(this.form.title).onChange((title) => (this.form = { ...this.form, title })));
    new Setting(root)
      .setName(words.items)
      .setDesc(fill(words.itemsHelp, { example: '{"canvas": "a.canvas"}' }))
      .addTextArea((area) => {
        area.inputEl.rows = ITEM_ROWS;
        area.setValue(this.form.items).onChange((items) => (this.form = { ...this.form, items }));
      });
  }

  private showTime(root: HTMLElement): void {
    const time = new Setting(root).setName(words.cron).setDesc(words.cronHelp);
    const runs = root.createDiv({ cls: "canvas-engram-runs", attr: { "aria-live": "polite" } });
    const preview = (): void => this.showRuns(runs, time);
    time.addText((text) =>
      text.setValue(this.form.cron).onChange((cron) => {
        this.form = { ...this.form, cron };
        preview();
      }),
    );
    preview();
  }

  private showRuns(root: HTMLElement, time: Setting): void {
    const preview = this.parts.preview(this.form.cron);
    root.empty();
    time.setErrorMessage(preview.kind === "problem" ? preview.reason : null);
    if (preview.kind === "problem") return;
    root.createDiv({ text: words.runs });
    const list = root.createEl("ul");
    for (const at of preview.nextRuns) list.createEl("li", { text: this.parts.format.dateAndTime(at) });
  }

  private showButtons(root: HTMLElement): void {
    addFormButtons(root, { cancel: words.cancel, save: words.save, onCancel: () => this.close(), onSave: (row) => this.submit(row) });
  }

  private async submit(row: Setting): Promise<void> {
    const { cron, missed } = this.form;
    const made = taskOfForm(this.form);
    const wrong =
      this.parts.checkJitter(this.jitter) ?? (made.kind === "problem" ? made.reason : await this.parts.save({ cron, missed, task: made.task }, this.jitter));
    row.setErrorMessage(wrong);
    if (wrong === null) this.close();
  }
}

function subjectName(subject: ScheduleSubject): string {
  return subject.kind === "template" ? subject.template.name : fill(words.kind, { kind: subject.name });
}
