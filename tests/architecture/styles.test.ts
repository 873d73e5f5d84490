import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("styles.css", "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

describe("the style sheet", () => {
  it("closes each rule before the next one begins, or what follows holds only in it", () => {
    let depth = 0;
    for (const [index, line] of css.split("\n").entries()) {
      if (line.startsWith(".")) expect([index + 1, depth]).toEqual([index + 1, 0]);
      depth += line.split("{").length - line.split("}").length;
    }
    expect(depth).toBe(0);
  });
});
