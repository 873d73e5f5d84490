import { native } from "../core/native";
import { strict } from "../core/strict";

const containers = new WeakMap<Document, HTMLElement>();
const history: string[] = [];

/** Host only: the text of every notice so far, oldest first. */
export function noticeHistory(): readonly string[] {
  return [...history];
}

/** A toast at the top right. A click or `hide` removes it; 0 ms keeps it until then. */
export class Notice {
  containerEl: HTMLElement;
  noticeEl: HTMLElement;
  messageEl: HTMLElement;

  constructor(message: string | DocumentFragment, duration = 5000) {
    const doc = window.activeDocument;
    const container = containers.get(doc) ?? doc.createElement("div");
    containers.set(doc, container);
    container.addClass("notice-container");
    doc.body.appendChild(container);
    this.containerEl = container.createDiv("notice");
    this.messageEl = this.containerEl.createDiv("notice-message");
    this.noticeEl = this.messageEl;
    this.setMessage(message);
    this.containerEl.addEventListener("click", () => this.hide());
    if (duration > 0) native.setTimeout(() => this.hide(), duration);
    return strict(this);
  }

  setMessage(message: string | DocumentFragment): this {
    this.messageEl.setText(message);
    history.push(this.messageEl.getText());
    return this;
  }

  hide(): void {
    const container = this.containerEl.parentElement;
    this.containerEl.detach();
    if (container !== null && container.childElementCount === 0) container.detach();
  }
}
