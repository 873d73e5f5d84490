import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const text = readFileSync("styles.css", "utf8").replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));

describe("styles.css", () => {
  // A browser drops what it cannot read without a word: after one missing brace nothing below it has a style.
  it("closes every rule before the next one begins", () => {
    let depth = 0;
    const within: string[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      if (/^[^\s}]/.test(line) && depth > 0) within.push(`line ${index + 1}: ${line}`);
      depth += line.split("{").length - line.split("}").length;
    }
    expect(within).toEqual([]);
    expect(depth).toBe(0);
  });
});
