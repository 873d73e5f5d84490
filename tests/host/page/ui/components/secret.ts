import type { App } from "../../app";
import { Modal } from "../modal";
import { BaseComponent } from "./base";

/** Links a setting to a secret: what the plugin gets is the secret's name, never its text. */
export class SecretComponent extends BaseComponent {
  private readonly app: App;
  private readonly valueEl: HTMLElement;
  private readonly buttonEl: HTMLButtonElement;
  private changed: ((value: string) => unknown) | null = null;

  constructor(app: App, containerEl: HTMLElement) {
    super();
    this.app = app;
    const el = containerEl.createDiv("secret-component");
    this.valueEl = el.createSpan("secret-component-value");
    this.buttonEl = el.createEl("button", { text: "Link…" });
    this.buttonEl.addEventListener("click", () => new SecretModal(this.app, (id) => this.chosen(id)).open());
  }

  override setDisabled(disabled: boolean): this {
    this.buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setValue(value: string): this {
    this.valueEl.setText(value === "" ? "" : `${value} ••••••`);
    this.buttonEl.setText(value === "" ? "Link…" : "Change…");
    return this;
  }

  onChange(cb: (value: string) => unknown): this {
    this.changed = cb;
    return this;
  }

  private chosen(id: string): void {
    this.setValue(id);
    this.changed?.(id);
  }
}

/** Chooses a secret that is there, or makes one. */
class SecretModal extends Modal {
  constructor(
    app: App,
    private readonly done: (id: string) => void,
  ) {
    super(app);
    this.setTitle("Secret");
    this.modalEl.addClass("mod-secret");
  }

  override onOpen(): void {
    for (const id of this.app.secretStorage.listSecrets()) {
      const choose = this.contentEl.createEl("button", { cls: "secret-choice", text: id });
      choose.addEventListener("click", () => this.finish(id));
    }
    const idEl = this.contentEl.createEl("input", { type: "text", placeholder: "Name", cls: "secret-id" });
    const textEl = this.contentEl.createEl("input", { type: "password", placeholder: "Secret", cls: "secret-text" });
    const save = this.contentEl.createEl("button", { cls: "mod-cta", text: "Save" });
    save.addEventListener("click", () => {
      this.app.secretStorage.setSecret(idEl.value, textEl.value);
      this.finish(idEl.value);
    });
  }

  private finish(id: string): void {
    this.close();
    this.done(id);
  }
}
