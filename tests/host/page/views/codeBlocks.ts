import type { App } from "../app";
import { Component } from "../core/component";
import type { MarkdownRenderChild } from "./markdownRenderChild";

export interface PostProcessorContext {
  docId: string;
  sourcePath: string;
  frontmatter: unknown;
  addChild(child: MarkdownRenderChild): void;
  getSectionInfo(el: HTMLElement): null;
}

export type CodeBlockHandler = (source: string, el: HTMLElement, ctx: PostProcessorContext) => unknown;

interface Shown {
  readonly source: string;
  readonly el: HTMLElement;
  readonly owner: Component;
}

const fence = /^```([\w-]+)[^\n]*\n([\s\S]*?)\n?^```[ \t]*$/gm;

/**
 * The code blocks of a note that a plugin renders. A block whose source did not change keeps its element; another one is
 * rendered into an element that is not on the page yet, as the app does it.
 */
export class CodeBlocks extends Component {
  private shown: Shown[] = [];

  constructor(
    private readonly app: App,
    private readonly parent: HTMLElement,
  ) {
    super();
  }

  show(text: string, sourcePath: string): void {
    const before = this.shown;
    this.shown = [...text.matchAll(fence)].flatMap(([, language = "", source = ""]) => {
      const key = `${language}\n${source}`;
      const known = before.findIndex((one) => one.source === key);
      const [kept] = known === -1 ? [] : before.splice(known, 1);
      return kept ?? this.render(key, language, source, sourcePath) ?? [];
    });
    for (const gone of before) this.drop(gone);
    for (const { el } of this.shown) this.parent.appendChild(el);
  }

  override onunload(): void {
    for (const one of this.shown.splice(0)) this.drop(one);
  }

  private render(key: string, language: string, source: string, sourcePath: string): Shown | null {
    const handler = this.app.codeBlockHandlers.get(language);
    if (handler === undefined) return null;
    const el = createDiv({ cls: `block-language-${language}` });
    const owner = this.addChild(new Component());
    void handler(source, el, { docId: "host", sourcePath, frontmatter: null, addChild: (child) => void owner.addChild(child), getSectionInfo: () => null });
    return { source: key, el, owner };
  }

  private drop({ el, owner }: Shown): void {
    el.detach();
    this.removeChild(owner);
  }
}
