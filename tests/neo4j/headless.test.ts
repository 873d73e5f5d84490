import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readVaultId } from "../../src/adapters/node/nodeVaultIdentity";
import { parseCanvas } from "../../src/engine/canvas/parseCanvas";
import { makeHeadlessVault, type HeadlessVault } from "../scenarios/headlessVault";
import { seededRandom } from "../fakes/seededRandom";
import { loadHistories } from "../scenarios/histories";
import { openCypher, type Cypher } from "./cypher";
import { startLatencyProxy } from "./latencyProxy";
import { canStartServers, startPrivateServer } from "./privateServer";
import { testServer } from "./testServer";

const server = await testServer();
const ownServers = await canStartServers();

describe.skipIf(server === null)("the headless host and a real Neo4j", () => {
  let cypher: Cypher;
  const vaults: HeadlessVault[] = [];
  beforeAll(() => {
    if (server !== null) cypher = openCypher(server);
  });
  afterAll(async () => {
    for (const vault of vaults) await vault.remove();
    await cypher.close();
  });

  async function makeVault(): Promise<HeadlessVault> {
    const neo4j = { uri: server?.uri ?? "", user: server?.user ?? "", password: server?.password ?? "", database: "neo4j" };
    const vault = await makeHeadlessVault({ neo4j });
    vaults.push(vault);
    return vault;
  }

  async function syncAll(vault: HeadlessVault): Promise<number> {
    return vault.use(async ({ engine }) => {
      await engine.scan();
      expect(await engine.drain(120_000)).toBe(true);
      expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0, sent: engine.status().events });
      return engine.status().events;
    });
  }

  it("has the live nodes and edges of every canvas, and every event once", async () => {
    const vault = await makeVault();
    const [history] = loadHistories().filter(({ name }) => name === "tutorial");
    const steps = history?.steps ?? [{ t: "2026-01-01T00:00:00Z", op: "create" as const, path: "made.canvas", content: madeCanvas }];
    for (const [index, step] of steps.entries()) {
      await vault.apply(step);
      if (index % 8 === 0) await syncAll(vault);
    }
    const events = await syncAll(vault);
    const id = await readVaultId(vault.folder);
    const [counted] = await cypher.run("MATCH (e:LearningEvent {vault: $id}) RETURN count(e) AS events, count(DISTINCT e.id) AS ids", { id });
    expect(counted).toEqual({ events, ids: events });
    expect(await liveInNeo4j(cypher, id)).toEqual(await liveOnDisk(vault.folder));
  }, 180_000);

  it("does not wait for a store once more when the vault is let go", async () => {
    const proxy = await startLatencyProxy(Number(new URL(server?.uri ?? "").port));
    const neo4j = { uri: `bolt://127.0.0.1:${proxy.port}`, user: server?.user ?? "", password: server?.password ?? "", database: "neo4j" };
    const vault = await makeHeadlessVault({ neo4j });
    vaults.push(vault);
    await writeFile(join(vault.folder, "a.canvas"), madeCanvas);
    let left = 0;
    await vault.use(async ({ engine }) => {
      await engine.scan();
      expect(await engine.drain(120_000)).toBe(true);
      proxy.freeze();
      await writeFile(join(vault.folder, "b.canvas"), madeCanvas);
      await engine.scan();
      expect(await engine.drain(500)).toBe(false);
      left = performance.now();
    });
    // The engine alone would give a batch under way five seconds.
    expect(performance.now() - left).toBeLessThan(4_000);
    await proxy.close();
  }, 180_000);

  it("knows notes by path, with score and mastery", async () => {
    const vault = await makeVault();
    await writeFile(join(vault.folder, "Cells.md"), "---\nscore: 80\nmastery: learning\n---\n");
    await syncAll(vault);
    const id = await readVaultId(vault.folder);
    const rows = await cypher.run("MATCH (n:Note {vault: $id}) RETURN n.path AS path, n.score AS score, n.mastery AS mastery", { id });
    expect(rows).toEqual([{ path: "Cells.md", score: 80, mastery: "learning" }]);
  });
});

describe.skipIf(!ownServers)("the headless host and a server that goes away", () => {
  it("keeps everything pending while the server is down and sends it when it is back, in one run", async () => {
    const own = await startPrivateServer();
    const vault = await makeHeadlessVault({ neo4j: { uri: own.uri, user: own.user, password: own.password, database: "neo4j" } });
    await vault.use(async ({ engine }) => {
      await writeFile(join(vault.folder, "a.canvas"), madeCanvas);
      await engine.scan();
      expect(await engine.drain(120_000)).toBe(true);
      await own.crash();
      await writeFile(join(vault.folder, "b.canvas"), madeCanvas);
      await engine.scan();
      await engine.drain(5_000);
      expect(engine.status().stores.neo4j).toMatchObject({ pending: 4, dead: 0 });
      await own.start();
      await engine.reconnect();
      expect(await engine.drain(120_000)).toBe(true);
      expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0, sent: 8 });
    });
    await vault.remove();
    await own.remove();
  }, 300_000);
});

describe.skipIf(!ownServers)("the headless host and a server whose index cannot hold a text", () => {
  it("stores all others and sets the one event aside, in one run of sync, and sends it when it is asked to", async () => {
    const own = await startPrivateServer();
    const neo4j = { uri: own.uri, user: own.user, password: own.password, database: "neo4j" };
    const vault = await makeHeadlessVault({ neo4j });
    const cypher = openCypher(own);
    const write = (name: string, text: string): Promise<void> =>
      writeFile(join(vault.folder, `${name}.canvas`), madeCanvas.replace("One", text));
    const names = ["a", "b", "c", "d", "e"];
    try {
      for (const name of names) await write(name, "first");
      await vault.use(async ({ engine }) => {
        await engine.scan();
        expect(await engine.drain(120_000)).toBe(true);
      });
      await cypher.run("CREATE INDEX by_text FOR (n:CanvasNode) ON (n.text)");
      await cypher.run("CALL db.awaitIndexes()");
      for (const name of names) await write(name, name === "a" ? incompressible(20_000) : "second");
      await vault.use(async ({ engine }) => {
        await engine.scan();
        await engine.drain(60_000);
        expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 1 });
        expect(engine.deadLetters()).toMatchObject([{ canvasPath: "a.canvas" }]);
        expect(engine.deadLetters()[0]?.reason).toContain("index");
        await cypher.run("DROP INDEX by_text");
        await engine.retryDead("all");
        expect(await engine.drain(60_000)).toBe(true);
        expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0 });
      });
    } finally {
      await cypher.close();
      await vault.remove();
      await own.remove();
    }
  }, 300_000);
});

function incompressible(length: number): string {
  const random = seededRandom(7);
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random.next() * 26))).join("");
}

const madeCanvas = JSON.stringify({
  nodes: [
    { id: "n1", type: "text", text: "One", x: 0, y: 0, width: 10, height: 10, color: "4" },
    { id: "n2", type: "text", text: "Two", x: 50, y: 0, width: 10, height: 10 },
  ],
  edges: [{ id: "e1", fromNode: "n1", toNode: "n2" }],
});

async function liveInNeo4j(cypher: Cypher, id: string | null): Promise<string[]> {
  const nodes = await cypher.run(
    "MATCH (c:Canvas {vault: $id})-[:HAS_NODE]->(n:CanvasNode) WHERE NOT c.deleted AND NOT n.deleted RETURN c.path + ' node ' + n.id + ' ' + coalesce(n.color, '-') AS line",
    { id },
  );
  const edges = await cypher.run(
    "MATCH (c:Canvas {vault: $id})-[:HAS_NODE]->(:CanvasNode)-[e:CONNECTS_TO]->(:CanvasNode) WHERE NOT c.deleted AND NOT e.deleted RETURN c.path + ' edge ' + e.id AS line",
    { id },
  );
  return [...nodes, ...edges].map((row) => String(row.line)).sort();
}

async function liveOnDisk(folder: string): Promise<string[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(".canvas") && !path.startsWith("."));
  const lines: string[] = [];
  for (const path of paths) {
    const parsed = parseCanvas(path, await readFile(join(folder, path), "utf8"));
    if (parsed.kind !== "document") continue;
    const { edges, nodes } = parsed.document;
    lines.push(...nodes.map((node) => `${path} node ${node.id} ${typeof node["color"] === "string" ? node["color"] : "-"}`));
    lines.push(...edges.map((edge) => `${path} edge ${edge.id}`));
  }
  return lines.sort();
}
