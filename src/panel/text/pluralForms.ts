/**
 * A text for each class of numbers that a language tells apart, with `{count}` where the number stands. English has `one`
 * and `other`, Chinese only `other`; which class a number is of, `Intl.PluralRules` knows.
 */
export type PluralForms = { readonly other: string } & { readonly [Rule in Exclude<Intl.LDMLPluralRule, "other">]?: string };

export function isPluralForms(value: unknown): value is PluralForms {
  return typeof value === "object" && value !== null && "other" in value && typeof value.other === "string";
}
