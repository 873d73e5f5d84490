import type { App } from "../app";
import { strict } from "../core/strict";
import { setIcon } from "./icons";
import { Scope } from "./keymap";

const open = new Set<Modal>();

/** Host only. */
export function openModals(): readonly Modal[] {
  return [...open];
}

/** A dialog over the window; Escape, the cross and a click beside it close it. */
export class Modal {
  app: App;
  scope: Scope;
  containerEl: HTMLElement;
  bgEl: HTMLElement;
  modalEl: HTMLElement;
  headerEl: HTMLElement;
  titleEl: HTMLElement;
  contentEl: HTMLElement;
  shouldRestoreSelection = true;
  private closeCallback: (() => unknown) | null = null;
  private focused: Element | null = null;

  constructor(app: App) {
    const self = strict(this);
    this.app = app;
    this.scope = new Scope(app.scope);
    this.scope.register([], "Escape", () => {
      self.close();
      return false;
    });
    this.containerEl = document.createElement("div");
    this.containerEl.addClass("modal-container", "mod-dim");
    this.bgEl = this.containerEl.createDiv("modal-bg");
    this.modalEl = this.containerEl.createDiv({ cls: "modal", attr: { role: "dialog", "aria-modal": "true" } });
    const closeEl = this.modalEl.createDiv({
      cls: "modal-close-button mod-raised clickable-icon",
      attr: { "aria-label": "Close" },
    });
    setIcon(closeEl, "x");
    this.headerEl = this.modalEl.createDiv("modal-header");
    this.titleEl = this.headerEl.createDiv("modal-title");
    this.contentEl = this.modalEl.createDiv("modal-content");
    this.bgEl.addEventListener("click", () => self.close());
    closeEl.addEventListener("click", () => self.close());
    return self;
  }

  open(): void {
    if (open.has(this)) return;
    open.add(this);
    this.focused = window.activeDocument.activeElement;
    window.activeDocument.body.appendChild(this.containerEl);
    this.app.keymap.pushScope(this.scope);
    void this.onOpen();
  }

  close(): void {
    if (!open.delete(this)) return;
    this.app.keymap.popScope(this.scope);
    this.containerEl.detach();
    this.onClose();
    this.closeCallback?.();
    if (this.shouldRestoreSelection && this.focused instanceof HTMLElement) this.focused.focus();
  }

  onOpen(): Promise<void> | void {
    return undefined;
  }

  onClose(): void {
    return undefined;
  }

  setTitle(title: string): this {
    this.titleEl.setText(title);
    return this;
  }

  setContent(content: string | DocumentFragment): this {
    this.contentEl.setText(content);
    return this;
  }

  setCloseCallback(callback: () => unknown): this {
    this.closeCallback = callback;
    return this;
  }
}
