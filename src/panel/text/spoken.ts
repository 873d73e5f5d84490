/** Texts of one shape in any language: lists and strings at the leaves. */
export type Texts<T> = T extends string ? string : { readonly [K in keyof T]: Texts<T[K]> };

/** A table of texts whose leaves are looked up in the language that is spoken when they are read. */
export function spoken<T extends object>(english: T, table: () => Texts<T>): Texts<T> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(english)) {
    const now = (): unknown => (table() as Record<string, unknown>)[key];
    const isBranch = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isBranch) shown[key] = spoken(value as object, now as () => Texts<object>);
    else Object.defineProperty(shown, key, { enumerable: true, get: now });
  }
  return shown as Texts<T>;
}
