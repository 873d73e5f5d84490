import { existsSync } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const watching = process.argv.includes("--watch");
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !watching,
  sourcemap: watching ? "inline" : false,
  legalComments: "eof",
  // The driver's files carry no notice that a bundler would keep, and its licence asks for one.
  footer: { js: "/*! Includes neo4j-driver, copyright Neo4j Sweden AB, under the Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0 */" },
  metafile: true,
  logLevel: "warning",
};

/** What Obsidian itself gives to plugins. Node's modules are not here: the phone has none, so one of them must fail the build. */
const givenByObsidian = ["obsidian", "electron", "@codemirror/*", "@lezer/*"];

const plugin = {
  ...shared,
  entryPoints: ["src/main.ts"],
  outfile: "main.js",
  format: "cjs",
  platform: "browser",
  target: "es2021",
  external: givenByObsidian,
};

const cli = {
  ...shared,
  entryPoints: ["src/cli/main.ts"],
  outfile: "dist/cli.mjs",
  format: "esm",
  platform: "node",
  target: "node20",
  // The main entry of jsonc-parser is UMD, whose inner requires a bundler cannot see.
  mainFields: ["module", "main"],
  // The driver is CommonJS and asks for Node's modules by require, which an ES module does not have.
  banner: {
    js: [
      "#!/usr/bin/env node",
      'import { createRequire as createRequireOfNode } from "node:module";',
      "const require = createRequireOfNode(import.meta.url);",
    ].join("\n"),
  },
};

function isGiven(name) {
  return givenByObsidian.some((given) => (given.endsWith("*") ? name.startsWith(given.slice(0, -1)) : name === given));
}

/** Fails when main.js asks at run time for something that Obsidian does not give, by import or by a literal require. */
async function checkPlugin(result) {
  const output = result.metafile.outputs["main.js"];
  const imported = output.imports.filter((one) => one.external).map((one) => one.path);
  const required = [...(await readFile(join(root, "main.js"), "utf8")).matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)];
  const foreign = [...new Set([...imported, ...required.map((match) => match[1])])].filter((name) => !isGiven(name));
  if (foreign.length > 0) throw new Error(`main.js must not ask for ${foreign.join(", ")}: Obsidian does not give it to plugins`);
}

const finish = {
  name: "finish",
  setup(setup) {
    setup.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const outputs = Object.keys(result.metafile.outputs);
      if (outputs.includes("main.js")) await checkPlugin(result);
      if (outputs.includes("dist/cli.mjs")) await chmod(join(root, "dist/cli.mjs"), 0o755);
    });
  },
};

/** The driver asks for all of rxjs for its reactive sessions, which are not used here: an eighth of main.js that each start would parse. */
const withoutReactiveSessions = {
  name: "without-reactive-sessions",
  setup(setup) {
    setup.onResolve({ filter: /^rxjs($|\/)/ }, ({ path }) => ({ path, namespace: "without-reactive-sessions" }));
    setup.onLoad({ filter: /.*/, namespace: "without-reactive-sessions" }, () => ({ contents: "module.exports = {};" }));
  },
};

/**
 * uPlot listens to the window as soon as it is loaded and never stops, so each time that the plugin is turned off and on
 * would leave listeners behind. Here it looks at the resolution of the screen whenever a chart is made, and whoever makes
 * a chart tells it of a place that moved. Its licence asks for its notice to be kept.
 */
const quietCharts = {
  name: "quiet-charts",
  setup(setup) {
    const changes = [
      [/^\/\*\*/, "/*!"],
      [/domEnv && setPxRatio\(\);/, ""],
      [/query && off\(change, query, setPxRatio\);\s*query = matchMedia\([^;]*;\s*on\(change, query, setPxRatio\);/, ""],
      [/if \(domEnv\) \{\s*on\(resize, win, invalidateRects\);[^}]*\}\);\s*\}/, ""],
      [/function uPlot\(opts, data, then\) \{/, "$&\n\tsetPxRatio();"],
    ];
    setup.onLoad({ filter: /[\\/]uPlot\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const missing = changes.find(([what]) => !what.test(text));
      if (missing !== undefined) return { errors: [{ text: `uPlot has changed: ${missing[0]} is not in it` }] };
      return { contents: changes.reduce((now, [what, instead]) => now.replace(what, instead), text) };
    });
  },
};

await mkdir(join(root, "dist"), { recursive: true });
const targets = [plugin, cli].map((target) => ({ ...target, plugins: [withoutReactiveSessions, quietCharts, finish] }));
try {
  if (watching) {
    for (const target of targets) await (await context(target)).watch();
    console.log("Watching for changes. Ctrl-C ends it.");
  } else {
    await Promise.all(targets.map((target) => build(target)));
    const missing = ["main.js", "dist/cli.mjs"].filter((file) => !existsSync(join(root, file)));
    if (missing.length > 0) throw new Error(`the build did not make ${missing.join(", ")}`);
  }
} catch (error) {
  // What esbuild itself finds wrong it has printed already.
  if (!Array.isArray(error?.errors)) console.error(error);
  process.exitCode = 1;
}
