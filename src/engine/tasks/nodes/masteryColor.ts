import type { MasteryLevel, MasteryTable } from "../../learning/mastery";

/** The colour that stands for a level: a preset before any other, the lowest first. Null: the table has none for it. */
export function colorOf(level: MasteryLevel, table: MasteryTable): string | null {
  const fitting = Object.keys(table).filter((color) => table[color] === level);
  return fitting.sort((a, b) => a.length - b.length || a.localeCompare(b))[0] ?? null;
}
