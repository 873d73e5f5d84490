import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildProgram, type Program } from "./program";

const card = (id: string): object => ({ id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10 });

describe("a plugin folder that lost something", () => {
  let program: Program;
  let vault: string;
  let folder: string;
  let vaults = 0;
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    vaults += 1;
    vault = await program.folder(`damaged-${vaults}`);
    folder = join(vault, ".obsidian/plugins/canvas-engram");
    await mkdir(vault, { recursive: true });
    await writeFile(join(vault, "a.canvas"), JSON.stringify({ nodes: [card("n1"), card("n2")], edges: [] }));
    await program.run("sync", vault);
  });

  const dataOf = async (): Promise<{ vault: string }> => JSON.parse(await readFile(join(folder, "data.json"), "utf8")) as { vault: string };

  it.each([
    ["data.json", async () => rm(join(folder, "data.json"))],
    ["the UUID in it", async () => writeFile(join(folder, "data.json"), "{}")],
  ])("stays the same vault without %s", async (_, lose) => {
    const { vault: id } = await dataOf();
    await lose();
    expect(JSON.parse((await program.run("status", vault, "--json")).out)).toMatchObject({ vault: id });
    expect(JSON.parse((await program.run("sync", vault, "--json")).out)).toMatchObject({ journaled: 0 });
    expect(await dataOf()).toEqual({ vault: id });
  });

  it("counts damaged lines of the journal in every output, and says once that events are gone", async () => {
    const [device = ""] = await readdir(join(folder, "devices"));
    const segment = join(folder, "devices", device, "journal", "000001.ndjson");
    await writeFile(segment, (await readFile(segment, "utf8")).replace('"text":"n1"', '"text":"nX"'));
    const synced = await program.run("sync", vault, "--json");
    expect(JSON.parse(synced.out)).toMatchObject({ journaled: 1, damaged_lines: 1 });
    expect(synced.err).toContain("Events of this device's journal that are gone or damaged: 1.");
    const again = await program.run("sync", vault);
    expect(again).toMatchObject({ status: 0, err: "" });
    expect(again.out).toContain("1 damaged journal line set aside");
    expect(JSON.parse((await program.run("status", vault, "--json")).out)).toMatchObject({ stats: { damaged_lines: 1 } });
    expect((await program.run("status", vault)).out).toContain("1 damaged journal line set aside");
  });
});
