import type { WorkspaceLeaf } from "../workspace/leaf";
import { TextFileView } from "./textFileView";

/** The part of Obsidian's editor that a command needs. */
export class MarkdownEditor {
  constructor(private readonly area: HTMLTextAreaElement) {}

  getValue(): string {
    return this.area.value;
  }

  setValue(text: string): void {
    this.area.value = text;
    this.area.trigger("input");
  }

  getSelection(): string {
    return this.area.value.slice(this.area.selectionStart, this.area.selectionEnd);
  }

  replaceSelection(text: string): void {
    this.area.setRangeText(text);
    this.area.trigger("input");
  }
}

/** A plain editor for notes. */
export class MarkdownView extends TextFileView {
  editor: MarkdownEditor;
  private readonly area: HTMLTextAreaElement;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.area = this.contentEl.createEl("textarea", "markdown-source-view");
    this.editor = new MarkdownEditor(this.area);
    this.area.addEventListener("input", () => this.requestSave());
  }

  override getViewType(): string {
    return "markdown";
  }

  override canAcceptExtension(extension: string): boolean {
    return extension === "md";
  }

  override getViewData(): string {
    return this.area.value;
  }

  override setViewData(data: string, _clear: boolean): void {
    this.area.value = data;
  }

  override clear(): void {
    this.area.value = "";
  }
}
