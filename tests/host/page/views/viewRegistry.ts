import { Events } from "../core/events";
import { closed } from "../core/strict";
import type { WorkspaceLeaf } from "../workspace/leaf";
import type { View } from "./view";

export type ViewCreator = (leaf: WorkspaceLeaf) => View;

/** Which view shows a type, and which type shows an extension. */
export class ViewRegistry extends Events {
  private creators = new Map<string, ViewCreator>();
  private types = new Map<string, string>();

  registerView(type: string, creator: ViewCreator): void {
    if (this.creators.has(type)) throw new Error(`Attempting to register an existing view type "${type}"`);
    this.creators.set(type, creator);
    this.trigger("view-registered", type);
  }

  unregisterView(type: string): void {
    if (this.creators.delete(type)) this.trigger("view-unregistered", type);
  }

  registerExtensions(extensions: readonly string[], type: string): void {
    const taken = extensions.find((extension) => this.types.has(extension));
    if (taken !== undefined) throw new Error(`Attempting to register an existing file extension "${taken}"`);
    for (const extension of extensions) this.types.set(extension, type);
    this.trigger("extensions-updated");
  }

  unregisterExtensions(extensions: readonly string[]): void {
    for (const extension of extensions) this.types.delete(extension);
    this.trigger("extensions-updated");
  }

  getViewCreatorByType(type: string): ViewCreator | null {
    return this.creators.get(type) ?? null;
  }

  getTypeByExtension(extension: string): string | null {
    return this.types.get(extension) ?? null;
  }
}
closed(ViewRegistry);
