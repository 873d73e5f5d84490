import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { comparePictures } from "./comparePictures";
import { compareLayouts } from "./layout";
import type { LaidOut } from "./layout";
import { smallPng } from "./smallPng";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "pictures");
const shots = join(folder, "..", "..", "..", "screenshots", "pictures");

/** What pictures depend on besides the panel. */
export interface Surroundings {
  /** Chromium's major version. */
  readonly chromium: number;
  /** Widths of a sample text in the fonts and sizes of the panel, in hundredths of a pixel. */
  readonly textWidths: readonly number[];
}

/** How what is seen is compared with what was kept: the closest way that the machine allows. */
export type Comparison = "pixels" | "boxes" | "elements";

export interface Seen {
  readonly picture: Buffer;
  readonly layout: readonly LaidOut[];
}

/** Whether this run takes the pictures anew instead of comparing them. */
export const takesAnew = process.env["TAKE_PICTURES"] === "1";

/** `sample`: a picture of a text. Where it differs from the kept one, so would every picture. */
export function comparisonFor(now: Surroundings, sample: Buffer): Comparison {
  if (takesAnew) return "pixels";
  const kept = JSON.parse(readFileSync(join(folder, "surroundings.json"), "utf8")) as Surroundings;
  const fonts = kept.textWidths.join() === now.textWidths.join();
  if (fonts && kept.chromium === now.chromium && comparePictures(readFileSync(file("text-sample")), sample) === null) return "pixels";
  return fonts ? "boxes" : "elements";
}

/** Empties the folder and begins a new set. */
export function beginSet(now: Surroundings, sample: Buffer): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "surroundings.json"), `${JSON.stringify(now)}\n`);
  writeFileSync(file("text-sample"), smallPng(sample));
}

/** Names of the kept pictures, without that of the text. */
export function keptNames(): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  return names.map((name) => name.slice(0, -".png".length)).filter((name) => name !== "text-sample");
}

export function keep(name: string, { layout, picture }: Seen): void {
  writeFileSync(file(name), smallPng(picture));
  writeFileSync(layoutFile(name), `[\n${layout.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
}

/**
 * What differs from the kept picture, in one line; null when nothing does. What differs is written to
 * `screenshots/pictures`, beside the picture as it is now.
 */
export function differenceFromKept(name: string, seen: Seen, comparison: Comparison): string | null {
  if (!existsSync(file(name))) return `there is no picture ${name} yet: npm run pictures takes it`;
  if (comparison !== "pixels") {
    const kept = JSON.parse(readFileSync(layoutFile(name), "utf8")) as readonly LaidOut[];
    return compareLayouts(kept, seen.layout, comparison === "boxes" ? "same fonts" : "other fonts");
  }
  const difference = comparePictures(readFileSync(file(name)), seen.picture);
  if (difference === null) return null;
  mkdirSync(shots, { recursive: true });
  writeFileSync(join(shots, `${name}.now.png`), seen.picture);
  if (difference.picture !== null) writeFileSync(join(shots, `${name}.difference.png`), difference.picture);
  return `${difference.reason}: see screenshots/pictures/${name}.*.png; if it is meant so, npm run pictures takes them anew`;
}

function file(name: string): string {
  return join(folder, `${name}.png`);
}

function layoutFile(name: string): string {
  return join(folder, `${name}.json`);
}
