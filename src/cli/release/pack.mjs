import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

export const releaseFiles = ["main.js", "manifest.json", "styles.css"];

/** What a zip says of every file in it. A time of packing would make each packing another file. */
const FIXED_TIME = new Date(1980, 0, 1);

/**
 * Puts the three files into `target`, beside a zip of them for people who install by hand and their checksums, and
 * returns the lines of the checksums. The same input gives the same bytes.
 */
export function pack(root, target, id, version) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const files = Object.fromEntries(releaseFiles.map((file) => [file, readFileSync(join(root, file))]));
  const zipped = Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`${id}/${file}`, bytes]));
  files[`${id}-${version}.zip`] = zipSync(zipped, { level: 9, mtime: FIXED_TIME });
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(target, file), bytes);
  const sums = Object.entries(files).map(([file, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${file}`);
  writeFileSync(join(target, "SHA256SUMS"), `${sums.join("\n")}\n`);
  return sums;
}
