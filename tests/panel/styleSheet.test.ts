import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { expect, it } from "vitest";

const text = readFileSync("styles.css", "utf8");
const plain = text.replace(/\/\*[\s\S]*?\*\//g, "");

it("is a style sheet that a browser can read to its end", async () => {
  const { warnings } = await transform(text, { loader: "css" });
  expect(warnings.map(({ location, text: fault }) => `${location?.line ?? 0}: ${fault}`)).toEqual([]);
});

it("puts no rule inside another, which a lost brace does", () => {
  const open: string[] = [];
  const nested: string[] = [];
  for (const [, before = "", brace] of plain.matchAll(/([^{}]*)([{}])/g)) {
    const head = before.split(";").at(-1)?.trim() ?? "";
    if (brace === "}") open.pop();
    else {
      if (open.some((outer) => !outer.startsWith("@"))) nested.push(head);
      open.push(head);
    }
  }
  expect(nested).toEqual([]);
  expect(open).toEqual([]);
});

it("names only its own classes and those of the app and of the charts", () => {
  const known = ["mod-cta", "mod-warning", "mod-destructive", "mod-root", "mod-sidedock", "is-mobile", "workspace-leaf-content", "view-content", "uplot"];
  const selectors = [...plain.matchAll(/([^{};]*)\{/g)].map(([, selector = ""]) => selector).filter((selector) => !selector.trim().startsWith("@"));
  const classes = new Set(selectors.flatMap((selector) => [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = ""]) => name)));
  expect([...classes].filter((name) => !/^(canvas-engram-|u-)/.test(name) && !known.includes(name))).toEqual([]);
});

it("has colours of the app's variables only", () => {
  expect(plain.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\((?!var\()/gi) ?? []).toEqual([]);
});
