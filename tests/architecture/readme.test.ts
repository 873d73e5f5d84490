import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot, sourceFiles } from "./sourceFiles";

/** What the troubleshooting table says that a person sees, in italics; `…` stands for what differs each time. */
function quoted(): readonly string[] {
  const table = /## Troubleshooting\n([\s\S]*?)\n## /.exec(readFileSync(join(projectRoot, "README.md"), "utf8"))?.[1] ?? "";
  return [...table.matchAll(/^\| [^|]*?\*([^*|]+)\*/gm)].flatMap((match) => (match[1] ?? "").split("…"));
}

const said = sourceFiles("src")
  .map((file) => file.text)
  .join("\n");

it("quotes in the troubleshooting table what the plugin says indeed", () => {
  const quotes = quoted();
  expect(quotes.length).toBeGreaterThan(2);
  expect(quotes.filter((quote) => !said.includes(quote))).toEqual([]);
});
