import { parse, stringify } from "yaml";
import type { App } from "../app";
import { closed, strict } from "../core/strict";
import { refuse } from "../core/violations";
import { getFrontMatterInfo } from "../metadata/frontMatter";
import { ConfirmationModal } from "../ui/confirmationModal";
import type { DataWriteOptions } from "./adapter";
import { TFile, TFolder } from "./files";
import type { TAbstractFile } from "./files";

/** What the app does with files beyond the vault. Links are not rewritten on this host, but paths in canvases are. */
export class FileManager {
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    return strict(this);
  }

  getNewFileParent(_sourcePath: string, _newFilePath?: string): TFolder {
    return this.app.vault.getRoot();
  }

  async renameFile(file: TAbstractFile, newPath: string): Promise<void> {
    await this.app.vault.rename(file, newPath);
  }

  async trashFile(file: TAbstractFile): Promise<void> {
    await this.app.vault.trash(file, true);
  }

  async promptForDeletion(file: TAbstractFile): Promise<boolean> {
    return new Promise((resolve) => {
      const modal = new ConfirmationModal(this.app).setTitle(`Delete "${file.name}"?`);
      modal.setCloseCallback(() => resolve(false));
      modal.addButton((btn) =>
        btn.setButtonText("Delete").setDestructive().onClick(async () => {
          await this.trashFile(file);
          resolve(true);
        }));
      modal.addCancelButton().open();
    });
  }

  generateMarkdownLink(file: TFile, sourcePath: string, subpath = "", alias = ""): string {
    const text = this.app.metadataCache.fileToLinktext(file, sourcePath);
    return `${file.extension === "md" ? "" : "!"}[[${text}${subpath}${alias === "" ? "" : `|${alias}`}]]`;
  }

  async processFrontMatter(
    file: TFile,
    fn: (frontmatter: Record<string, unknown>) => void,
    options?: DataWriteOptions,
  ): Promise<void> {
    if (file.extension !== "md") refuse(`processFrontMatter of no note: '${file.path}'`);
    await this.app.vault.process(file, (text) => {
      const info = getFrontMatterInfo(text);
      const properties = (info.exists ? ((parse(info.frontmatter) ?? {}) as Record<string, unknown>) : {});
      fn(properties);
      const body = text.slice(info.contentStart);
      return Object.keys(properties).length === 0 ? body : `---\n${stringify(properties)}---\n${body}`;
    }, options);
  }

  async getAvailablePathForAttachment(filename: string, _sourcePath?: string): Promise<string> {
    const dot = filename.lastIndexOf(".");
    const [base, extension] = dot > 0 ? [filename.slice(0, dot), filename.slice(dot + 1)] : [filename, ""];
    return this.app.vault.getAvailablePath(base, extension);
  }
}
closed(FileManager);
