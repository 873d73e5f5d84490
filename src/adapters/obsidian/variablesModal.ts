import { Modal, Setting } from "obsidian";
import type { App } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import { reported } from "./reported";

const words = strings.templateForm;

/** Asks for a text for each variable of a template. `run` resolves with null when it is started, else with the reason why not. */
export class VariablesModal extends Modal {
  private readonly values = new Map<string, string>();

  constructor(
    app: App,
    private readonly template: { readonly name: string; readonly variables: readonly string[] },
    private readonly run: (values: Readonly<Record<string, string>>) => Promise<string | null>,
  ) {
    super(app);
  }

  override onOpen(): void {
    this.setTitle(fill(words.fillTitle, { name: this.template.name }));
    const rows = this.template.variables.map((name) => this.field(name));
    rows[0]?.controlEl.querySelector("input")?.focus();
    const buttons = new Setting(this.contentEl);
    const submit = (): void => void reported(() => this.submit(rows, buttons));
    buttons.addButton((button) => button.setButtonText(words.cancel).onClick(() => this.close()));
    buttons.addButton((button) => button.setButtonText(words.run).setCta().onClick(submit));
    this.scope.register([], "Enter", (event) => {
      // On a button it presses the button.
      if ((event.target as Element | null)?.tagName !== "INPUT") return undefined;
      submit();
      return false;
    });
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  private field(name: string): Setting {
    return new Setting(this.contentEl).setName(name).addText((text) => text.onChange((value) => void this.values.set(name, value)));
  }

  private async submit(rows: readonly Setting[], buttons: Setting): Promise<void> {
    const missing = this.template.variables.map((name) => (this.values.get(name) ?? "").trim() === "");
    for (const [index, row] of rows.entries()) row.setErrorMessage(missing[index] === true ? words.missing : null);
    if (missing.includes(true)) return;
    const wrong = await this.run(Object.fromEntries(this.values));
    buttons.setErrorMessage(wrong);
    if (wrong === null) this.close();
  }
}
