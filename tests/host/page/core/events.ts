import { watchEventRef } from "../leaks/watch";
import { strict } from "./strict";

export type Callback = (...data: never[]) => unknown;

export interface EventRef {
  readonly e: Events;
  readonly name: string;
  readonly fn: (...data: unknown[]) => unknown;
  readonly ctx: unknown;
}

/** Obsidian's emitter. A listener that throws does not stop the others; its error surfaces as an uncaught one. */
export class Events {
  private listeners: Record<string, EventRef[]> = {};

  constructor() {
    return strict(this);
  }

  on(name: string, callback: Callback, ctx?: unknown): EventRef {
    const ref: EventRef = { e: this, name, fn: callback as EventRef["fn"], ctx };
    this.listeners[name] = [...(this.listeners[name] ?? []), ref];
    watchEventRef(ref);
    return ref;
  }

  off(name: string, callback: Callback): void {
    this.listeners[name] = (this.listeners[name] ?? []).filter((ref) => ref.fn !== callback);
  }

  offref(ref: EventRef): void {
    this.listeners[ref.name] = (this.listeners[ref.name] ?? []).filter((one) => one !== ref);
  }

  trigger(name: string, ...data: unknown[]): void {
    for (const ref of this.listeners[name] ?? []) this.tryTrigger(ref, data);
  }

  tryTrigger(ref: EventRef, args: unknown[]): void {
    try {
      ref.fn.apply(ref.ctx, args);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** Host only. */
  hostIsLive(ref: EventRef): boolean {
    return (this.listeners[ref.name] ?? []).includes(ref);
  }
}
