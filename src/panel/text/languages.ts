import { english } from "./en/english";
import type { Language } from "./strings";
import { chinese } from "./zh/chinese";

export interface Spoken {
  readonly texts: Language;
  /** The BCP 47 tag for numbers, times and plurals: that of the texts, or words of two languages would stand in one sentence. */
  readonly locale: string;
}

/** What is spoken where the app speaks the language with this code, such as `zh` or `en-GB`. English where there are no texts in it. */
export function spokenIn(code: string): Spoken {
  // Obsidian calls Simplified Chinese `zh` and Traditional Chinese `zh-TW`, which has other characters.
  if (/^zh(-(CN|SG|Hans)\b|$)/i.test(code)) return { texts: chinese, locale: "zh-CN" };
  return { texts: english, locale: /^en\b/i.test(code) ? code : "en" };
}
