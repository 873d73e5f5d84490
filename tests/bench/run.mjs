// `npm run bench [-- name…]`: runs the benchmarks one after the other, each in a process of its own, and writes
// docs/benchmarks.md. With names only those run and nothing is written.
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const all = readdirSync(here)
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.replace(".bench.ts", ""))
  .sort();
const wanted = process.argv.slice(2);
const names = wanted.length === 0 ? all : wanted;
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}`);

// The launcher finds its Java program beside itself, so it is imported from where it lies.
const keepLauncher = {
  name: "keep-launcher",
  setup(setup) {
    setup.onResolve({ filter: /launch\.mjs$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path), external: true }));
  },
};

// The model of Obsidian finds its own files by their places, which bundling would take away.
const keepPlaces = {
  name: "keep-places",
  setup(setup) {
    setup.onLoad({ filter: /tests\/host\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      loader: "ts",
    }));
  },
};

// Below the project, because some packages stay imports and are found from there.
mkdirSync(join(root, ".cache"), { recursive: true });
const built = mkdtempSync(join(root, ".cache", "bench-"));
const reports = [];
try {
  for (const name of names) reports.push(await runOne(name));
} finally {
  rmSync(built, { recursive: true, force: true });
}
const failed = reports.some((report) => report === null);
if (wanted.length === 0 && !failed) writeFileSync(join(root, "docs", "benchmarks.md"), page(reports));
process.exitCode = failed ? 1 : 0;

async function runOne(name) {
  const outfile = join(built, `${name}.mjs`);
  await build({
    entryPoints: [join(here, `${name}.bench.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["playwright-core", "esbuild", "typescript"],
    banner: { js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);' },
    logLevel: "error",
    plugins: [keepLauncher, keepPlaces],
  });
  process.stderr.write(`\n== ${name}\n`);
  const run = spawnSync(process.execPath, ["--expose-gc", outfile], { cwd: root, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 << 20 });
  const lines = run.stdout.toString("utf8").trim().split("\n");
  if (run.status !== 0) {
    process.stderr.write(`${name} failed with status ${run.status}\n`);
    return null;
  }
  const report = JSON.parse(lines.at(-1) ?? "null");
  process.stdout.write(`${section(report)}\n`);
  return report;
}

function page(sections) {
  const [{ model }] = cpus();
  const machine = `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}`;
  return `# Benchmarks

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.
Medians with the least and the greatest of all rounds. Variants of one table take turns inside each round. The machine is
small and shared, so single figures swing; ratios inside one table are what counts.

${sections.map(section).join("\n")}`;
}

function section({ title, about, columns, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [`## ${title}`, "", about, "", line(columns), line(columns.map(() => "---")), ...rows.map(line), ""].join("\n");
}
