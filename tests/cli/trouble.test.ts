import { access, readdir, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, type Program } from "./program";

const nodes = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ id: `n${index}`, type: "text", text: `card ${index}`, x: 0, y: 0, width: 9, height: 9 }));
const canvas = (count: number): string => JSON.stringify({ nodes: nodes(count), edges: [] });

/** Far more than 16 kB of journal. */
const MANY = 400;

describe("the command line in trouble", () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());

  const device = async (vault: string): Promise<string> => {
    const devices = join(vault, ".obsidian/plugins/canvas-engram/devices");
    const [name = ""] = await readdir(devices);
    return join(devices, name);
  };

  it("writes nothing in a dry run, not in a new vault and not to a database", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const other = await buildProgram({ NEO4J_URI: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`, NEO4J_PASSWORD: "secret12" });
    const vault = await other.folder("dry");
    await writeFile(join(vault, "a.canvas"), canvas(2));
    const { out, status } = await other.run("rebuild", vault, "--dry-run");
    expect(status).toBe(0);
    expect(out).toContain("0 events read, 0 things would change");
    expect(await readdir(vault)).toEqual(["a.canvas"]);
    await expect(access(join(other.base, "state"))).rejects.toThrow("ENOENT");
    expect(connections).toBe(0);
    server.close();
    await other.remove();
  });

  it("says that its output is cut when the disk takes no more of it", async () => {
    const vault = await program.folder("cut");
    await writeFile(join(vault, "a.canvas"), canvas(3));
    for (const command of ["sync", "events"]) {
      const { err, status } = await program.shell(`$cli ${command} "${vault}" > /dev/full`).ended;
      expect({ command, status }).toEqual({ command, status: 1 });
      expect(err).toMatch(/^canvas-engram: standard output cannot be written: ENOSPC[^\n]*\n$/);
    }
  });

  it("still prints its summary when the journal cannot be kept", async () => {
    const vault = await program.folder("full");
    await writeFile(join(vault, "a.canvas"), canvas(MANY));
    const { err, out, status } = await program.shell(`ulimit -f 16; $cli sync "${vault}" --json`).ended;
    expect(status).toBe(1);
    const summary = JSON.parse(out) as { journaled: number; events: Record<string, number> };
    expect(summary.journaled).toBeLessThan(MANY);
    expect(Object.values(summary.events).reduce((sum, count) => sum + count, 0)).toBe(summary.journaled);
    expect(err).toContain("not every file was looked at");
    expect(err).toContain("the journal cannot be written");
    expect((await program.run("sync", vault)).status).toBe(0);
  });

  it.each([
    ["for programs", "--json", /"kind":"ready"/, /\{"kind":"state","store":"journal","state":"failing","message":"[^"]+"\}/],
    ["for people", "", /watching 1 canvas/, /journal: failing \(/],
  ])("says %s when it begins to fail while it watches, and what is not journaled at the end", async (_, option, ready, failing) => {
    const vault = await program.folder(`watched${option}`);
    await writeFile(join(vault, "a.canvas"), canvas(1));
    const watching = program.shell(`ulimit -f 16; $cli watch "${vault}" ${option}`);
    await watching.line(ready);
    await writeFile(join(vault, "a.canvas"), canvas(MANY));
    await watching.line(failing);
    watching.signal("SIGINT");
    const { err, status } = await watching.ended;
    expect(status).toBe(1);
    expect(err).toContain("not journaled: a.canvas");
  });

  it("ends a sync that is interrupted with what it has, and lets go of the vault", async () => {
    const vault = await program.folder("interrupted");
    for (let index = 0; index < 300; index += 1) await writeFile(join(vault, `${index}.canvas`), canvas(60));
    const syncing = program.start("sync", vault, "--json");
    await untilJournaled(vault);
    syncing.signal("SIGINT");
    const { err, out, status } = await syncing.ended;
    expect(status).toBe(1);
    expect(err).toContain("interrupted before every file was looked at");
    expect((JSON.parse(out) as { journaled: number }).journaled).toBeLessThan(300 * 61);
    expect(await readdir(await device(vault))).not.toContain("lock.json");
  });

  it("sums up for people what a first look finds, and shows the edits after it", async () => {
    const vault = await program.folder("summed");
    await writeFile(join(vault, "a.canvas"), canvas(20));
    const colored = JSON.stringify({ nodes: nodes(20).map((node) => ({ ...node, color: "4" })), edges: [] });
    const watching = program.start("watch", vault);
    await watching.line(/watching 1 canvas, 21 new events/);
    await writeFile(join(vault, "a.canvas"), colored);
    await watching.line(/color_changed .*"card 19"/);
    watching.signal("SIGINT");
    const { err } = await watching.ended;
    expect(err).toMatch(/ {2}20 node_created\n/);
    expect(err.match(/node_created a\.canvas/g)).toBeNull();
    expect(err).toContain('color_changed a.canvas · "card 7" · – → understood · – → green');
  });

  it("names a file that is no vault, and what to do in a vault that nothing is known of", async () => {
    const vault = await program.folder("new");
    await writeFile(join(vault, "note.md"), "");
    expect((await program.run("sync", join(vault, "note.md"))).err).toMatch(/note\.md is a file; give the folder/);
    expect((await program.run("status", vault)).out).toContain("nothing recorded yet: run canvas-engram sync");
  });
});

async function untilJournaled(vault: string): Promise<void> {
  const devices = join(vault, ".obsidian/plugins/canvas-engram/devices");
  for (;;) {
    const [name = ""] = await readdir(devices).catch(() => []);
    const segment = await stat(join(devices, name, "journal", "000001.ndjson")).catch(() => null);
    if (segment !== null && segment.size > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
