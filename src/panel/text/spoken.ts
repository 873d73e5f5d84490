import { isPluralForms } from "./pluralForms";
import type { PluralForms } from "./pluralForms";

/** Texts of one shape in any language: strings at the leaves, and plural forms, of which each language has its own. */
export type Texts<T> = T extends string ? string : T extends { readonly other: string } ? PluralForms : { readonly [K in keyof T]: Texts<T[K]> };

/** A table of texts whose leaves are looked up in the language that is spoken when they are read. */
export function spoken<T extends object>(english: T, table: () => Texts<T>): Texts<T> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(english)) {
    const now = (): unknown => (table() as Record<string, unknown>)[key];
    const isBranch = typeof value === "object" && value !== null && !isPluralForms(value);
    if (isBranch) shown[key] = spoken(value as object, now as () => Texts<object>);
    else Object.defineProperty(shown, key, { enumerable: true, get: now });
  }
  return shown as Texts<T>;
}
