import { closed, strict } from "../core/strict";

export type Modifier = "Mod" | "Ctrl" | "Meta" | "Shift" | "Alt";

export interface KeymapEventHandler {
  readonly scope: Scope;
  readonly modifiers: readonly Modifier[] | null;
  readonly key: string | null;
  readonly func: (evt: KeyboardEvent, ctx: unknown) => unknown;
}

export class Scope {
  hostHandlers: KeymapEventHandler[] = [];
  hostParent: Scope | null;

  constructor(parent?: Scope) {
    this.hostParent = parent ?? null;
    return strict(this);
  }

  register(
    modifiers: readonly Modifier[] | null,
    key: string | null,
    func: (evt: KeyboardEvent, ctx: unknown) => unknown,
  ): KeymapEventHandler {
    const handler: KeymapEventHandler = { scope: this, modifiers, key, func };
    this.hostHandlers.push(handler);
    return handler;
  }

  unregister(handler: KeymapEventHandler): void {
    this.hostHandlers = this.hostHandlers.filter((one) => one !== handler);
  }
}

/** Keys go to the scope on top of the stack, then to its parents. A handler that returns false swallows the key. */
export class Keymap {
  private stack: Scope[] = [];

  constructor() {
    window.addEventListener("keydown", (event) => this.dispatch(event), true);
    return strict(this);
  }

  pushScope(scope: Scope): void {
    this.stack.push(scope);
  }

  popScope(scope: Scope): void {
    this.stack = this.stack.filter((one) => one !== scope);
  }

  static isModifier(event: MouseEvent | KeyboardEvent, modifier: Modifier): boolean {
    const { ctrlKey, metaKey, shiftKey, altKey } = event;
    return { Mod: ctrlKey, Ctrl: ctrlKey, Meta: metaKey, Shift: shiftKey, Alt: altKey }[modifier];
  }

  static isModEvent(event?: UIEvent | null): "tab" | "split" | "window" | boolean {
    if (!(event instanceof MouseEvent || event instanceof KeyboardEvent)) return false;
    if (event instanceof MouseEvent && event.button === 1) return "tab";
    if (!event.ctrlKey) return false;
    if (event.altKey) return event.shiftKey ? "window" : "split";
    return "tab";
  }

  private dispatch(event: KeyboardEvent): void {
    for (let scope: Scope | null = this.stack.at(-1) ?? null; scope !== null; scope = scope.hostParent) {
      for (const handler of [...scope.hostHandlers].reverse()) {
        if (!matches(handler, event)) continue;
        if (handler.func(event, { key: event.key, vkey: event.key }) === false) {
          event.preventDefault();
          event.stopPropagation();
          return;
        }
      }
    }
  }
}
closed(Keymap);

function matches(handler: KeymapEventHandler, event: KeyboardEvent): boolean {
  if (handler.key !== null && handler.key.toLowerCase() !== event.key.toLowerCase()) return false;
  if (handler.modifiers === null) return true;
  const wanted = new Set(handler.modifiers.map((modifier) => (modifier === "Mod" ? "Ctrl" : modifier)));
  return (["Ctrl", "Meta", "Shift", "Alt"] as const).every(
    (modifier) => wanted.has(modifier) === Keymap.isModifier(event, modifier),
  );
}
