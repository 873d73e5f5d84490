import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, type Program } from "./program";

interface Summary {
  readonly canvases: number;
  readonly unreadable: number;
  readonly journaled: number;
  readonly events: Record<string, number>;
  readonly stores: Record<string, { state: string; sent: number; pending: number; dead: number }>;
  readonly problems: readonly { path: string; line: number | null; reason: string }[];
}

const card = (id: string, color?: string): object => ({ id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10, ...(color === undefined ? {} : { color }) });
const canvas = (...nodes: readonly object[]): string => JSON.stringify({ nodes, edges: [] });

describe("the command line as a program", () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());

  const sync = async (vault: string): Promise<Summary> => {
    const { err, out, status } = await program.run("sync", vault, "--json");
    expect({ err, status }).toEqual({ err: "", status: 0 });
    return JSON.parse(out) as Summary;
  };

  it("syncs, says so in one JSON object, and finds nothing the second time", async () => {
    const vault = await program.folder("one");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1", "1"), card("n2")));
    await writeFile(join(vault, "n.md"), "---\nscore: 75\n---\n");
    const first = await sync(vault);
    expect(first).toMatchObject({ canvases: 1, unreadable: 0, journaled: 4, duplicates: 0, problems: [] });
    expect(first.events).toEqual({ canvas_created: 1, node_created: 2, score_submitted: 1 });
    expect(first.stores).toEqual({ local: { state: "ok", sent: 4, pending: 0, dead: 0 } });
    expect(await sync(vault)).toMatchObject({ journaled: 0, events: {} });
  });

  it("says that a machine which never wrote a vault is new there", async () => {
    const vault = await program.folder("looked-at");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    expect(JSON.parse((await program.run("status", vault, "--json")).out)).toMatchObject({ vault: "", device: "", events: 0 });
    expect((await program.run("status", vault)).out).toMatch(/device \(new\)\n/);
    await sync(vault);
    expect((await program.run("status", vault)).out).toMatch(/device [0-9a-f]{16}\n/);
  });

  it("has one writer of a vault, also of those who start first", async () => {
    const vault = await program.folder("first");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    const ended = await Promise.all([1, 2, 3, 4].map(() => program.run("sync", vault, "--json")));
    expect(ended.filter(({ status }) => status !== 0 && status !== 3)).toEqual([]);
    expect(ended.some(({ status }) => status === 0)).toBe(true);
    expect(await readdir(join(vault, ".obsidian/plugins/canvas-engram/devices"))).toHaveLength(1);
    const { out } = await program.run("events", vault);
    const vaults = out.split("\n").filter((line) => line !== "").map((line) => (JSON.parse(line) as { vault: string }).vault);
    expect([vaults.length, new Set(vaults).size]).toEqual([2, 1]);
  });

  it("reads a vault as its settings in Obsidian say", async () => {
    const vault = await program.folder("settings");
    const plugin = join(vault, ".obsidian/plugins/canvas-engram");
    await mkdir(plugin, { recursive: true });
    await mkdir(join(vault, "Private"));
    const capture = { foldersOut: ["Private"], properties: { score: "points" }, masteryTable: { "1": "mastered" } };
    await writeFile(join(plugin, "data.json"), JSON.stringify({ vault: "6f1f6a0e-8f0e-4f3e-9d7e-0a6f3b1c2d3e", capture }));
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    await writeFile(join(vault, "Private/secret.canvas"), canvas(card("hidden")));
    await writeFile(join(vault, "n.md"), "---\nscore: 75\npoints: 40\n---\n");
    expect((await sync(vault)).events).toEqual({ canvas_created: 1, node_created: 1, score_submitted: 1 });
    await writeFile(join(vault, "a.canvas"), canvas(card("n1", "1")));
    expect((await sync(vault)).events).toEqual({ color_changed: 1 });
    const { out } = await program.run("events", vault);
    expect(out).not.toContain("Private");
    const told = out.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as { type: string; data: object });
    expect(told.find(({ type }) => type === "score_submitted")?.data).toMatchObject({ score: 40 });
    expect(told.find(({ type }) => type === "color_changed")?.data).toMatchObject({ newLevel: "mastered" });
  });

  it("ends at once when it is interrupted in its first look at a big vault", async () => {
    const vault = await program.folder("interrupted");
    const nodes = Array.from({ length: 60 }, (_, index) => card(`n${index}`));
    for (let index = 0; index < 400; index += 1) await writeFile(join(vault, `${index}.canvas`), canvas(...nodes));
    const watching = program.start("watch", vault, "--json");
    await watching.line(/"kind":"event"/);
    watching.signal("SIGINT");
    const { out, status } = await watching.ended;
    expect(status).toBe(0);
    expect(out.split("\n").length).toBeLessThan(400 * 61);
    expect(out).not.toContain('"kind":"ready"');
  });

  it("prints events in order and follows a canvas through its renames", async () => {
    const vault = await program.folder("two");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1"), card("n2")));
    await sync(vault);
    await rename(join(vault, "a.canvas"), join(vault, "b.canvas"));
    await sync(vault);
    const events = async (...options: string[]): Promise<{ type: string; hlc: string; crc?: string }[]> => {
      const { out, status } = await program.run("events", vault, ...options);
      expect(status).toBe(0);
      return out.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as { type: string; hlc: string });
    };
    const all = await events();
    expect(all.map((event) => event.type)).toEqual(["canvas_created", "node_created", "node_created", "canvas_renamed"]);
    expect(all.every((event) => event.crc === undefined)).toBe(true);
    expect(await events("--canvas", "a.canvas")).toEqual(all);
    expect(await events("--canvas", "b.canvas", "--type", "canvas_renamed")).toEqual(all.slice(3));
    expect(await events("--since", "2100-01-01")).toEqual([]);
    expect(await events("--canvas", "c.canvas")).toEqual([]);
  });

  it("leaves status 1 and names the file, line and reason when a canvas is damaged", async () => {
    const vault = await program.folder("three");
    await writeFile(join(vault, "bad.canvas"), '{"nodes":[\n<<<<<<< ours\n');
    const { err, out, status } = await program.run("sync", vault);
    expect(status).toBe(1);
    expect(err).toContain("bad.canvas:2");
    expect(err).toContain("1 file is unreadable");
    expect(out).toContain("1 canvas,");
    const shown = JSON.parse((await program.run("status", vault, "--json")).out) as { problems: object[]; canvases: number };
    expect(shown).toMatchObject({ canvases: 0, problems: [{ path: "bad.canvas", line: 2 }] });
  });

  it("changes nothing in a vault that it only looks at", async () => {
    const vault = await program.folder("four");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    expect((await program.run("status", vault)).status).toBe(0);
    expect((await program.run("events", vault)).out).toBe("");
    expect(await readdir(vault)).toEqual(["a.canvas"]);
    await sync(vault);
    const before = await digest(vault);
    expect((await program.run("status", vault, "--json")).status).toBe(0);
    await program.run("events", vault);
    expect(await digest(vault)).toEqual(before);
  });

  it("never writes a canvas", async () => {
    const vault = await program.folder("five");
    const text = `\uFEFF{\r\n  "nodes": [],\r\n  "edges": []\r\n}\r\n`;
    await writeFile(join(vault, "odd.canvas"), text);
    await sync(vault);
    expect((await program.run("rebuild", vault)).status).toBe(0);
    expect(await readFile(join(vault, "odd.canvas"), "utf8")).toBe(text);
  });

  it("watches until it is asked to end, and lets a second writer wait outside", async () => {
    const vault = await program.folder("six");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    const watching = program.start("watch", vault, "--json");
    await watching.line(/"kind":"ready"/);
    const second = await program.run("sync", vault);
    expect(second.status).toBe(3);
    expect(second.err).toContain(`process ${watching.pid}`);
    await writeFile(join(vault, "a.canvas"), canvas(card("n1", "4")));
    expect(JSON.parse(await watching.line(/color_changed/))).toMatchObject({ kind: "event", event: { type: "color_changed", origin: "edit" } });
    await rename(join(vault, "a.canvas"), join(vault, "moved.canvas"));
    await watching.line(/canvas_renamed/);
    await writeFile(join(vault, "moved.canvas"), "{");
    expect(JSON.parse(await watching.line(/"kind":"problem"/))).toMatchObject({ problem: { path: "moved.canvas" } });
    watching.signal("SIGINT");
    const { err, out, status } = await watching.ended;
    expect({ err, status }).toEqual({ err: "", status: 0 });
    for (const line of out.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("kind");
    expect((await program.run("sync", vault)).status).toBe(1);
  });

  it("takes over the lock of a process that was killed", async () => {
    const vault = await program.folder("seven");
    const killed = program.start("watch", vault, "--json");
    await killed.line(/"kind":"ready"/);
    killed.signal("SIGKILL");
    await killed.ended;
    expect(await sync(vault)).toMatchObject({ canvases: 0 });
  });

  it("says in a dry run what a rebuild would change, and then changes it", async () => {
    const vault = await program.folder("eight");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    await sync(vault);
    const dry = await program.run("rebuild", vault, "--dry-run");
    expect(dry).toMatchObject({ status: 0, err: "" });
    expect(dry.out).toContain("2 events read, 0 things would change");
    await rm(await graphFolder(vault), { recursive: true });
    expect((await program.run("rebuild", vault)).out).toContain("2 events read");
    expect(await sync(vault)).toMatchObject({ journaled: 0 });
  });

  it.each([
    [["sync", "no/such/folder"], 2, /no folder no\/such\/folder/],
    [["retry", "."], 2, /--all/],
    [["sync"], 2, /needs a vault/],
    [["sing"], 2, /unknown command sing/],
  ])("ends %j with status %i", async (argv, status, message) => {
    const ended = await program.run(...argv);
    expect(ended.status).toBe(status);
    expect(ended.err).toMatch(message);
    expect(ended.out).toBe("");
  });

  it("refuses to write over a data.json that it cannot read", async () => {
    const vault = await program.folder("nine");
    await sync(vault);
    const file = join(vault, ".obsidian/plugins/canvas-engram/data.json");
    await writeFile(file, "{broken");
    const ended = await program.run("sync", vault);
    expect(ended.status).toBe(1);
    expect(ended.err).toContain("data.json is not valid JSON");
    expect(await readFile(file, "utf8")).toBe("{broken");
  });

  it("journals everything and leaves status 1 when the database is away", async () => {
    const away = await buildProgram({ NEO4J_URI: "bolt://127.0.0.1:1", NEO4J_PASSWORD: "secret12" });
    const vault = await away.folder("ten");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    const { err, out, status } = await away.run("sync", vault, "--json", "--timeout", "1");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ journaled: 2, stores: { neo4j: { state: "unavailable", sent: 0, pending: 2, dead: 0 } } });
    expect(err).toContain("2 events wait for Neo4j");
    expect(out + err).not.toContain("secret12");
    await away.remove();
  });

  it("ends in time when the server accepts and then says nothing", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const away = await buildProgram({ NEO4J_URI: `bolt://127.0.0.1:${(silent.address() as AddressInfo).port}`, NEO4J_PASSWORD: "secret12" });
    const vault = await away.folder("silent");
    await writeFile(join(vault, "a.canvas"), canvas(card("n1")));
    const { out, status } = await away.run("sync", vault, "--json", "--timeout", "2");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ journaled: 2, stores: { neo4j: { sent: 0, pending: 2 } } });
    for (const socket of sockets) socket.destroy();
    silent.close();
    await away.remove();
  });

  it("shows the demo and ends by itself", async () => {
    const { err, status } = await program.run("demo");
    expect(status).toBe(0);
    expect(err).toContain("color_changed Photosynthesis.canvas");
    expect(err).toContain("canvas_renamed How plants eat.canvas");
    expect(err).toContain("How plants eat.canvas:1");
  });

  it("cuts nothing off when its output goes into a slow pipe", async () => {
    const vault = await program.folder("eleven");
    const nodes = Array.from({ length: 3_000 }, (_, index) => card(`n${index}`));
    await writeFile(join(vault, "big.canvas"), canvas(...nodes));
    await sync(vault);
    const { out } = await program.run("events", vault);
    expect(out.trim().split("\n")).toHaveLength(3_001);
  });
});

async function digest(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const pairs = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, createHash("sha256").update(await readFile(path)).digest("hex")] as const;
  });
  return Object.fromEntries((await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function graphFolder(vault: string): Promise<string> {
  const devices = join(vault, ".obsidian/plugins/canvas-engram/devices");
  const [device = ""] = await readdir(devices);
  return join(devices, device, "graph");
}
