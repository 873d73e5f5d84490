import { strict } from "./strict";
import type { EventRef } from "./events";

/** Life cycle owner: children and clean-ups run last in, first out, then `onunload`. */
export class Component {
  private _loaded = false;
  private _children: Component[] = [];
  private _events: (() => unknown)[] = [];

  constructor() {
    return strict(this);
  }

  /** Returns the promise of an async `onload`, as Obsidian does for plugins; children load after it. */
  load(): void | Promise<void> {
    if (this._loaded) return undefined;
    this._loaded = true;
    const result: unknown = this.onload();
    if (result instanceof Promise) return result.then(() => this.loadChildren());
    this.loadChildren();
    return undefined;
  }

  onload(): void | Promise<void> {
    return undefined;
  }

  unload(): void {
    if (!this._loaded) return;
    this._loaded = false;
    for (let child = this._children.pop(); child !== undefined; child = this._children.pop()) child.unload();
    for (let undo = this._events.pop(); undo !== undefined; undo = this._events.pop()) undo();
    this.onunload();
  }

  onunload(): void {
    return undefined;
  }

  addChild<T extends Component>(component: T): T {
    this._children.push(component);
    if (this._loaded) void component.load();
    return component;
  }

  removeChild<T extends Component>(component: T): T {
    const index = this._children.indexOf(component);
    if (index !== -1) {
      this._children.splice(index, 1);
      component.unload();
    }
    return component;
  }

  register(cb: () => unknown): void {
    this._events.push(cb);
  }

  registerEvent(ref: EventRef): void {
    this.register(() => ref.e.offref(ref));
  }

  registerDomEvent(
    el: EventTarget,
    type: string,
    callback: EventListener,
    options?: boolean | AddEventListenerOptions,
  ): void {
    el.addEventListener(type, callback, options);
    this.register(() => el.removeEventListener(type, callback, options));
  }

  registerInterval(id: number): number {
    this.register(() => window.clearInterval(id));
    return id;
  }

  private loadChildren(): void {
    for (const child of [...this._children]) void child.load();
  }
}
