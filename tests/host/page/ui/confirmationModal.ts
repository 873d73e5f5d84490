import type { App } from "../app";
import { ButtonComponent } from "./components/button";
import { Modal } from "./modal";

/** A click runs the handler and closes the modal, unless the handler returns true. */
export class ConfirmationButton extends ButtonComponent {
  hostInitialFocus = false;
  private readonly modal: ConfirmationModal;

  constructor(containerEl: HTMLElement, modal: ConfirmationModal) {
    super(containerEl);
    this.modal = modal;
    super.onClick(() => this.modal.close());
  }

  override onClick(handler: (evt: MouseEvent) => unknown): this {
    return super.onClick(async (evt) => {
      const stay = await handler(evt);
      if (stay !== true) this.modal.close();
    });
  }

  setInitialFocus(): this {
    this.hostInitialFocus = true;
    this.modal.hostFocus = this.buttonEl;
    return this;
  }

  setSecondary(): this {
    this.buttonEl.addClass("mod-secondary");
    return this;
  }

  setCancel(): this {
    this.buttonEl.addClass("mod-cancel");
    return this;
  }
}

export class ConfirmationModal extends Modal {
  buttonContainerEl: HTMLElement;
  hostFocus: HTMLElement | null = null;

  constructor(app: App) {
    super(app);
    this.containerEl.addClass("mod-confirmation");
    this.buttonContainerEl = this.modalEl.createDiv("modal-button-container");
  }

  override open(): void {
    super.open();
    this.hostFocus?.focus();
  }

  addClass(cls: string): this {
    this.modalEl.addClass(cls);
    return this;
  }

  addCheckbox(label: string, cb: (value: boolean) => unknown): this {
    const labelEl = this.buttonContainerEl.createEl("label", { cls: "mod-checkbox", prepend: true });
    const input = labelEl.createEl("input", { type: "checkbox", attr: { tabindex: "-1" } });
    labelEl.appendText(label);
    input.addEventListener("change", () => void cb(input.checked));
    return this;
  }

  addButton(cb: (btn: ConfirmationButton) => unknown): this {
    cb(new ConfirmationButton(this.buttonContainerEl, this));
    return this;
  }

  addCancelButton(text = "Cancel"): this {
    return this.addButton((btn) => btn.setButtonText(text).setCancel());
  }
}
