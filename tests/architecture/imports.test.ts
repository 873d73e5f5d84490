import { describe, expect, it } from "vitest";
import { sourceFiles, type Import, type SourceFile } from "./sourceFiles";

/** The stages in the order of the flow. A stage knows only the types of the ones before it. */
const stages = ["canvas", "learning", "journal", "graph", "batch", "tasks", "stats"];
const enginePackages = ["async-mutex", "p-limit", "jsonc-parser", "croner"];
const adapterPackages: Readonly<Record<string, readonly string[]>> = {
  obsidian: ["obsidian"],
  neo4j: ["neo4j-driver"],
  node: ["chokidar", "yaml"],
  system: ["@noble/hashes"],
};

const files = sourceFiles("src");

function broken(rule: (file: SourceFile, imported: Import) => boolean, within: string): string[] {
  return files
    .filter((file) => file.path.startsWith(within))
    .flatMap((file) =>
      file.imports.filter((imported) => !rule(file, imported)).map((imported) => `${file.path} imports ${imported.target}`),
    );
}

function within(path: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

describe("who may import whom", () => {
  it("finds sources to check", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(100);
  });

  it("lets the kernel import nothing of ours", () => {
    const rule = (_: SourceFile, imported: Import): boolean =>
      imported.ours ? within(imported.target, "src/engine/kernel") : enginePackages.includes(imported.target);
    expect(broken(rule, "src/engine/kernel/")).toEqual([]);
  });

  it.each(stages)("lets stage %s import the kernel, itself and types of earlier stages", (stage) => {
    const earlier = stages.slice(0, stages.indexOf(stage)).map((name) => `src/engine/${name}`);
    const rule = (_: SourceFile, imported: Import): boolean => {
      if (!imported.ours) return enginePackages.includes(imported.target);
      if (within(imported.target, "src/engine/kernel", `src/engine/${stage}`)) return true;
      return imported.typeOnly && within(imported.target, ...earlier);
    };
    expect(broken(rule, `src/engine/${stage}/`)).toEqual([]);
  });

  it("keeps the whole engine free of hosts and foreign packages", () => {
    const rule = (_: SourceFile, imported: Import): boolean =>
      imported.ours ? within(imported.target, "src/engine") : enginePackages.includes(imported.target);
    expect(broken(rule, "src/engine/")).toEqual([]);
  });

  it("keeps the engine's public surface out of the engine", () => {
    const rule = (_: SourceFile, imported: Import): boolean => imported.target !== "src/engine/index";
    expect(broken(rule, "src/engine/")).toEqual([]);
  });

  it.each(Object.keys(adapterPackages))("keeps adapter %s to the engine's surface and its own library", (adapter) => {
    const rule = (_: SourceFile, imported: Import): boolean => {
      if (!imported.ours) return imported.target.startsWith("node:") ? adapter === "node" : (adapterPackages[adapter] ?? []).includes(imported.target);
      const panel = adapter === "obsidian" ? ["src/panel"] : [];
      const kernel = adapter === "system" || adapter === "node" ? ["src/engine/kernel"] : [];
      return within(imported.target, "src/engine/index", "src/settings", `src/adapters/${adapter}`, ...panel, ...kernel);
    };
    expect(broken(rule, `src/adapters/${adapter}/`)).toEqual([]);
  });

  it("keeps panel and settings pure", () => {
    const drawing = ["uplot", "@tanstack/virtual-core"];
    const panel = (file: SourceFile, imported: Import): boolean => {
      if (!imported.ours) return within(file.path, "src/panel/dom") && drawing.includes(imported.target);
      return within(imported.target, "src/engine/index", "src/settings", "src/panel");
    };
    const settings = (_: SourceFile, imported: Import): boolean =>
      imported.ours && within(imported.target, "src/engine/index", "src/settings");
    expect(broken(panel, "src/panel/")).toEqual([]);
    expect(broken(settings, "src/settings/")).toEqual([]);
  });

  it("lets nothing import main", () => {
    expect(broken((_, imported) => imported.target !== "src/main", "src/")).toEqual([]);
  });

  it("has no cycle of value imports", () => {
    expect(cycles(files)).toEqual([]);
  });
});

describe("what the compiler cannot see", () => {
  const engine = files.filter((file) => within(file.path, "src/engine"));

  it.each(["Date.now", "Math.random", "new Date()", "performance."])("keeps %s out of the engine", (word) => {
    expect(engine.filter((file) => file.text.includes(word)).map((file) => file.path)).toEqual([]);
  });

  it("has no junk drawers and no barrels inside the source", () => {
    const names = files.filter((file) => /(^|\/)(utils?|helpers?|types|misc|common|lib)(\/|$)/.test(file.path));
    const barrels = files.filter((file) => file.path.endsWith("/index") && file.path !== "src/engine/index");
    expect([...names, ...barrels].map((file) => file.path)).toEqual([]);
  });

  it("has small files, because ideas are small", () => {
    const lengths = files.map((file) => file.text.split("\n").length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
    expect(files.filter((file) => file.text.split("\n").length > 350).map((file) => file.path)).toEqual([]);
  });
});

function cycles(all: readonly SourceFile[]): string[] {
  const edges = new Map(
    all.map((file) => [file.path, file.imports.filter((one) => one.ours && !one.typeOnly).map((one) => one.target)]),
  );
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, "done");
  };
  for (const file of all) visit(file.path, []);
  return found;
}
