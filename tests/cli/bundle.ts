import { join } from "node:path";
import { build } from "esbuild";

/** Bundles one file of the tests or the sources as the command line is bundled. `entry` is relative to `tests`. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "..", entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);' },
    logLevel: "silent",
  });
}
