import { define } from "./define";
import type { Win } from "./define";

export function installLanguage(win: Win): void {
  define(win.Object, {
    isEmpty: (object: object) => Object.keys(object).length === 0,
    each(object: Record<string, unknown>, callback: (value: unknown, key: string) => boolean | void): boolean {
      return Object.entries(object).every(([key, value]) => callback(value, key) !== false);
    },
  });
  define(win.Array, { combine: (arrays: unknown[][]) => arrays.flat() });
  define(win.Array.prototype, {
    first(this: unknown[]): unknown {
      return this[0];
    },
    last(this: unknown[]): unknown {
      return this[this.length - 1];
    },
    contains(this: unknown[], target: unknown): boolean {
      return this.includes(target);
    },
    remove(this: unknown[], target: unknown): void {
      for (let at = this.length - 1; at >= 0; at -= 1) if (this[at] === target) this.splice(at, 1);
    },
    shuffle(this: unknown[]): unknown[] {
      for (let at = this.length - 1; at > 0; at -= 1) {
        const other = Math.floor(Math.random() * (at + 1));
        [this[at], this[other]] = [this[other], this[at]];
      }
      return this;
    },
    unique(this: unknown[]): unknown[] {
      return [...new Set(this)];
    },
  });
  define(win.Math, {
    clamp: (value: number, min: number, max: number) => Math.min(Math.max(value, min), max),
    square: (value: number) => value * value,
  });
  define(win.String, { isString: (value: unknown) => typeof value === "string" });
  define(win.String.prototype, {
    contains(this: string, target: string): boolean {
      return this.includes(target);
    },
    format(this: string, ...args: string[]): string {
      return this.replace(/{(\d+)}/g, (whole, index: string) => args[Number(index)] ?? whole);
    },
  });
  define(win.Number, { isNumber: (value: unknown) => typeof value === "number" });
}
