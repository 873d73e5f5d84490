import { MarkdownRenderChild } from "obsidian";
import type { App, MarkdownPostProcessorContext, Plugin } from "obsidian";
import { BlockDom } from "../../panel/dom/blockDom";
import type { BlockRequest } from "../../panel/forms/blockRequest";
import { readBlock } from "../../panel/forms/blockRequest";
import { blockLook } from "../../panel/session/blockLook";
import type { LiveAnswer } from "../../panel/session/liveAnswer";
import type { Session } from "../../panel/session/session";
import type { Format } from "../../panel/text/format";
import type { BlockAnswer } from "../../panel/view/blockView";
import { blockView, faultView } from "../../panel/view/blockView";
import type { AppAction } from "../../panel/view/panelView";
import type { Clock } from "../../engine/index";

export interface CodeBlockHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly format: Format;
  readonly clock: Clock;
  readonly act: (action: AppAction) => void;
}

/** Shows what is asked for in code blocks of notes whose language is `canvas-engram`. */
export function addCodeBlock(host: CodeBlockHost): void {
  const blocks = new Set<EngramBlock>();
  // The app leaves what was rendered on the page.
  host.plugin.register(() => [...blocks].forEach((block) => block.unload()));
  host.plugin.registerMarkdownCodeBlockProcessor("canvas-engram", (source, el, context) => {
    const read = readBlock(source);
    const root = el.createDiv();
    if (read.kind === "fault") {
      new BlockDom(root).show(faultView(read.fault, host.format));
      return;
    }
    context.addChild(new EngramBlock(root, host, resolved(read.request, host.plugin.app, context), blocks));
  });
}

/** One code block on the page: it asks only while it can be seen, and draws at most once a frame. */
class EngramBlock extends MarkdownRenderChild {
  private readonly dom: BlockDom;
  private readonly answer: LiveAnswer<BlockRequest, BlockAnswer>;
  private frame: { readonly win: Window; readonly id: number } | null = null;
  private onScreen = false;
  private unfollow: () => void = () => undefined;

  constructor(
    root: HTMLElement,
    private readonly host: CodeBlockHost,
    request: BlockRequest,
    private readonly loaded: Set<EngramBlock>,
  ) {
    super(root);
    const { clock, plugin, session } = host;
    this.dom = new BlockDom(root);
    this.answer = blockLook(
      { clock, engine: () => session.current(), exists: (path) => plugin.app.vault.getFileByPath(path) !== null, changed: () => this.changed() },
      request,
    );
  }

  override onload(): void {
    this.loaded.add(this);
    const { act, session } = this.host;
    const { containerEl } = this;
    this.register(session.onLearning(() => this.answer.again()));
    this.registerDomEvent(containerEl, "click", (event) => {
      const action = this.dom.actionOf(event.target);
      if (action !== null && action.kind !== "open-tab") act(action);
    });
    // A block is made before it is on a page, and its note may move to another window.
    this.register(containerEl.onNodeInserted(() => this.follow()));
    this.register(containerEl.onWindowMigrated(() => this.follow()));
    this.register(() => this.unfollow());
    this.draw();
  }

  override onunload(): void {
    this.loaded.delete(this);
    this.answer.wake(false);
    this.frame?.win.cancelAnimationFrame(this.frame.id);
    this.frame = null;
  }

  /** Sees from now on whether the block is on the screen, in the window in which it is. */
  private follow(): void {
    this.unfollow();
    const { containerEl } = this;
    const { doc } = containerEl;
    const win = doc.defaultView;
    // A document without a window is seen by nobody.
    if (win === null) return;
    const watcher = new win.IntersectionObserver(([...seen]) => {
      this.onScreen = seen.at(-1)?.isIntersecting ?? false;
      this.wake();
    });
    watcher.observe(containerEl);
    const hidden = (): void => this.wake();
    doc.addEventListener("visibilitychange", hidden);
    this.unfollow = () => {
      watcher.disconnect();
      doc.removeEventListener("visibilitychange", hidden);
    };
  }

  private wake(): void {
    this.answer.wake(this.onScreen && this.containerEl.doc.visibilityState === "visible");
  }

  private changed(): void {
    if (this.frame !== null) return;
    const { win } = this.containerEl;
    const id = win.requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
    this.frame = { win, id };
  }

  private draw(): void {
    const device = this.host.session.current()?.device ?? null;
    this.dom.show(blockView(this.answer.look(), device, this.host.format));
  }
}

/** With the path of the canvas that a link or a name leads to from the note; where it leads nowhere, as it was written. */
function resolved(request: BlockRequest, app: App, { sourcePath }: MarkdownPostProcessorContext): BlockRequest {
  if (request.canvas === null) return request;
  const written = /\.canvas$/i.test(request.canvas) ? request.canvas : `${request.canvas}.canvas`;
  const canvas = app.metadataCache.getFirstLinkpathDest(written, sourcePath)?.path ?? written;
  return { ...request, canvas };
}
