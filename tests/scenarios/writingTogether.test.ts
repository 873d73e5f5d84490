import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writingProcesses, type WritingProcesses } from "./writingProcess";

describe("several processes on one folder", () => {
  let processes: WritingProcesses;
  let folder = "";

  beforeAll(async () => {
    processes = await writingProcesses();
    folder = await mkdtemp(join(tmpdir(), "canvas-engram-together-"));
  });

  afterAll(async () => {
    await processes.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("lose no node of one canvas that all of them write, and keep the order of each", async () => {
    await writeFile(join(folder, "a.canvas"), '{"nodes":[],"edges":[]}');
    const names = ["one", "two", "three"];
    await Promise.all(names.map((name) => processes.add(folder, "a.canvas", name, 100)));
    const { nodes } = JSON.parse(await readFile(join(folder, "a.canvas"), "utf8")) as { nodes: { id: string }[] };
    for (const name of names) {
      const own = nodes.filter(({ id }) => id.startsWith(`${name}-`)).map(({ id }) => id);
      expect(own).toEqual(Array.from({ length: 100 }, (_, at) => `${name}-${at}`));
    }
    expect(nodes).toHaveLength(300);
    expect(await readdir(folder)).toEqual(["a.canvas"]);
  }, 120_000);
});
