import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { readApiMembers } from "./apiMembers";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PAGE = path.join(HERE, "..", "page");

const virtualModules: Plugin = {
  name: "virtual-modules",
  setup(setup) {
    const found = { kind: "import-statement", resolveDir: PAGE } as const;
    setup.onResolve({ filter: /^virtual:moment$/ }, () => setup.resolve("moment", found));
    setup.onResolve({ filter: /^virtual:obsidian-api$/ }, () => ({ path: "obsidian-api", namespace: "virtual" }));
    setup.onLoad({ filter: /.*/, namespace: "virtual" }, () => ({
      contents: JSON.stringify(readApiMembers()),
      loader: "json",
    }));
  },
};

let cached: Promise<{ script: string; css: string }> | null = null;

/** The model of Obsidian as one page script, and its style sheet. Built once a process. */
export function hostBundle(): Promise<{ script: string; css: string }> {
  cached ??= bundleHost();
  return cached;
}

async function bundleHost(): Promise<{ script: string; css: string }> {
  const result = await build({
    entryPoints: [path.join(PAGE, "main.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    keepNames: true,
    plugins: [virtualModules],
    logLevel: "warning",
  });
  const script = result.outputFiles[0]?.text ?? "";
  const sheets = ["tokens.css", "app.css"].map((name) => readFile(path.join(PAGE, "css", name), "utf8"));
  const css = await Promise.all(sheets);
  return { script, css: css.join("\n") };
}

/** A plugin's main.js as its own build makes it: CommonJS, browser platform, only Obsidian's modules left out. */
export async function bundlePlugin(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "browser",
    target: "es2021",
    external: ["obsidian"],
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}
