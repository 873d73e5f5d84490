import type { MasteryLevel, MasteryTable } from "../engine/index";
import { colorKey } from "../engine/index";

const hex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** A colour that is none of the six of the canvas. */
export type HexColor = `#${string}`;

export function isHexColor(color: string): color is HexColor {
  return hex.test(color);
}

/** The colours of the table beside the six of the canvas, sorted. */
export function customColors(table: MasteryTable): readonly HexColor[] {
  return Object.keys(table).filter(isHexColor).sort();
}

/** What is wrong with a colour that is to be added, in one sentence that says what to do; null when it can be. */
export function checkNewColor(text: string, table: MasteryTable): string | null {
  const color = text.trim();
  if (!isHexColor(color)) return "Write the colour as # and three or six hex digits, such as #ff8800.";
  return Object.hasOwn(table, colorKey(color)) ? `${colorKey(color)} is in the list already.` : null;
}

/** The table with one more colour. It must have passed `checkNewColor`. */
export function withCustomColor(table: MasteryTable, color: string, level: MasteryLevel): MasteryTable {
  return { ...table, [colorKey(color)]: level };
}

export function withoutColor(table: MasteryTable, color: string): MasteryTable {
  return Object.fromEntries(Object.entries(table).filter(([known]) => known !== color));
}
