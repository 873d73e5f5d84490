import { english } from "./en/english";
import { spoken } from "./spoken";
import type { Texts } from "./spoken";

/** The table of one language. English is the one that others have to match. */
export type Language = Texts<typeof english>;

let language: Language = english;

/** Every text that people see. `{name}` is filled in. A leaf is looked up when it is read, so nobody may keep one from before `speak`. */
export const strings: Language = spoken(english, () => language);

/** Says which language is spoken from now on. */
export function speak(next: Language): void {
  language = next;
}

/** A text with its `{name}` places filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place));
}
