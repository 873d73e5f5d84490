import { setIcon } from "../ui/icons";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { ItemView, View } from "./view";

/** A new tab. */
export class EmptyView extends ItemView {
  override getViewType(): string {
    return "empty";
  }

  override getDisplayText(): string {
    return "New tab";
  }

  protected override async onOpen(): Promise<void> {
    this.contentEl.createDiv("empty-state").createDiv({ cls: "empty-state-title", text: "No file is open" });
  }
}

/** Stands for a view whose type nobody has registered; it is replaced when somebody does. */
export class UnknownView extends ItemView {
  constructor(
    leaf: WorkspaceLeaf,
    private readonly type: string,
    private readonly kept: Record<string, unknown>,
  ) {
    super(leaf);
    this.icon = "ghost";
  }

  override getViewType(): string {
    return this.type;
  }

  override getDisplayText(): string {
    return "Plugin no longer active";
  }

  override getState(): Record<string, unknown> {
    return this.kept;
  }

  protected override async onOpen(): Promise<void> {
    const el = this.contentEl.createDiv("empty-state");
    setIcon(el.createDiv("empty-state-icon"), "ghost");
    el.createDiv({ cls: "empty-state-title", text: "Plugin no longer active" });
  }
}

/** Stands for a view in a background tab that nobody has looked at yet. */
export class DeferredView extends View {
  constructor(
    leaf: WorkspaceLeaf,
    private readonly type: string,
    private readonly kept: Record<string, unknown>,
    private readonly title: string,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return this.type;
  }

  override getDisplayText(): string {
    return this.title;
  }

  override getState(): Record<string, unknown> {
    return this.kept;
  }
}
