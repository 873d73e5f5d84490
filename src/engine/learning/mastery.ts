/** How well something is understood, as colours say it. */
export type MasteryLevel = "not_understood" | "learning" | "understood" | "mastered";

/** Colour → level. Keys are the presets `1`–`6` of JSON Canvas or lower-case hex such as `#ff8800`. */
export type MasteryTable = Readonly<Record<string, MasteryLevel>>;

export const defaultMasteryTable: MasteryTable = {
  "1": "not_understood",
  "2": "learning",
  "3": "learning",
  "4": "understood",
  "5": "mastered",
  "6": "not_understood",
};

/** A colour as tables name it: lower case, and hex with six digits where it is written with three. */
export function colorKey(color: string): string {
  const key = color.trim().toLowerCase();
  const [, r, g, b] = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(key) ?? [];
  return r === undefined || g === undefined || b === undefined ? key : `#${r}${r}${g}${g}${b}${b}`;
}

/** The level of a colour; null for no colour and for one that the table does not name. */
export function levelOf(color: string | null, table: MasteryTable): MasteryLevel | null {
  if (color === null) return null;
  const key = colorKey(color);
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
