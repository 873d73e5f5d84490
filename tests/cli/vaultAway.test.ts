import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Output } from "../../src/cli/output";
import { watch } from "../../src/cli/watch";
import { makeHeadlessVault } from "../scenarios/headlessVault";
import { buildProgram, type Program, type RunningProgram } from "./program";

let program: Program;

beforeAll(async () => {
  program = await buildProgram();
});

afterAll(() => program.remove());

const AWAY = /"kind":"problem".*the folder is gone/;
const card = (id: string): string => JSON.stringify({ nodes: [{ id, type: "text", text: id, x: 0, y: 0, width: 1, height: 1 }], edges: [] });

/** A watched vault with as many canvases as are believed to be deleted without a second look. */
async function watched(name: string): Promise<{ vault: string; watching: RunningProgram }> {
  const vault = await program.folder(name);
  for (const canvas of ["a", "b"]) await writeFile(join(vault, `${canvas}.canvas`), card(canvas));
  const watching = program.start("watch", vault, "--json");
  await watching.line(/"kind":"ready"/);
  return { vault, watching };
}

async function ended(watching: RunningProgram): Promise<string> {
  watching.signal("SIGINT");
  const { err, out, status } = await watching.ended;
  expect({ err, status }).toEqual({ err: "", status: 0 });
  return out;
}

describe("a watched vault whose folder goes away", () => {
  it("is told of, and is watched again when the same folder is back, with nothing deleted", async () => {
    const { vault, watching } = await watched("same");
    await rename(vault, `${vault}-elsewhere`);
    await watching.line(AWAY);
    await writeFile(join(`${vault}-elsewhere`, "c.canvas"), card("c"));
    await rename(`${vault}-elsewhere`, vault);
    expect(JSON.parse(await watching.line(/"kind":"ready","canvases":3/))).toMatchObject({ journaled: 2 });
    await writeFile(join(vault, "d.canvas"), card("d"));
    await watching.line(/"canvas_created".*d\.canvas/);
    expect(await ended(watching)).not.toContain("canvas_deleted");
  });

  it("is watched again when another folder has taken its place, such as a new clone", async () => {
    const { vault, watching } = await watched("clone");
    await cp(vault, `${vault}-copy`, { recursive: true, preserveTimestamps: true });
    await rm(vault, { recursive: true });
    await watching.line(AWAY);
    await writeFile(join(`${vault}-copy`, "c.canvas"), card("c"));
    await rename(`${vault}-copy`, vault);
    expect(JSON.parse(await watching.line(/"kind":"ready","canvases":3/))).toMatchObject({ journaled: 2 });
    await writeFile(join(vault, "d.canvas"), card("d"));
    await watching.line(/"canvas_created".*d\.canvas/);
    expect(await ended(watching)).not.toContain("canvas_deleted");
  });

  it("does not count as back while its place is empty", async () => {
    const { vault, watching } = await watched("empty");
    await rename(vault, `${vault}-elsewhere`);
    await mkdir(vault);
    await watching.line(AWAY);
    await rm(vault, { recursive: true });
    await rename(`${vault}-elsewhere`, vault);
    await writeFile(join(vault, "c.canvas"), card("c"));
    await watching.line(/"kind":"ready","canvases":3/);
    expect(await ended(watching)).not.toContain("canvas_deleted");
  });

  it("is not waited for any longer than it is asked to", async () => {
    const { vault, watching } = await watched("never");
    await rm(vault, { recursive: true });
    await watching.line(AWAY);
    expect(await ended(watching)).not.toContain("canvas_deleted");
  });

  it("is told of in words where nobody asked for JSON", async () => {
    const headless = await makeHeadlessVault();
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const notes: string[] = [];
    const output: Output = { isTerminal: false, line: async () => undefined, note: (text) => notes.push(text), live: () => undefined, endLive: () => undefined };
    const watching = watch(headless.host, false, output, stopped);
    await vi.waitFor(() => expect(notes.join("\n")).toContain("watching 0 canvases"), { timeout: 45_000 });
    await rm(headless.folder, { recursive: true });
    await vi.waitFor(() => expect(notes.at(-1)).toMatch(/^vault: the folder is gone/), { timeout: 45_000 });
    stop();
    expect(await watching).toBe(0);
    await headless.remove();
  });
});
