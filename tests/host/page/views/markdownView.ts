import type { WorkspaceLeaf } from "../workspace/leaf";
import { CodeBlocks } from "./codeBlocks";
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

/** A plain editor for notes, with what plugins render of their code blocks below it. */
export class MarkdownView extends TextFileView {
  editor: MarkdownEditor;
  private readonly area: HTMLTextAreaElement;
  private readonly blocks: CodeBlocks;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.area = this.contentEl.createEl("textarea", "markdown-source-view");
    this.editor = new MarkdownEditor(this.area);
    this.blocks = this.addChild(new CodeBlocks(this.app, this.contentEl.createDiv("markdown-rendered")));
    this.area.addEventListener("input", () => {
      this.requestSave();
      this.render();
    });
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
    this.render();
  }

  private render(): void {
    this.blocks.show(this.area.value, this.file?.path ?? "");
  }

  override clear(): void {
    this.area.value = "";
    this.render();
  }
}
