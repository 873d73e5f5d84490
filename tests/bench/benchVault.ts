import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { NodeCanvasFiles } from "../../src/adapters/node/nodeCanvasFiles";
import { NodeDataFolder } from "../../src/adapters/node/nodeDataFolder";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { NodeVaultFiles } from "../../src/adapters/node/nodeVaultFiles";
import { createNeo4jGraphStore, type Neo4jGraphStore } from "../../src/adapters/neo4j/neo4jGraphStore";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { createSystemRandom } from "../../src/adapters/system/systemRandom";
import { defaultEngineSettings, defaultPrivacy, openEngine, silentLogger, type Engine } from "../../src/engine/index";
import { launchNeo4j } from "../neo4j/launch.mjs";

export const clock = createSystemClock();
export const random = createSystemRandom();

export interface BenchServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** A fresh Neo4j of its own: the figures must not depend on what another run left there. */
export async function startServer(): Promise<BenchServer> {
  const server = await launchNeo4j({ say: (line) => process.stderr.write(`${line}\n`) });
  return { port: server.port, user: server.user, password: server.password, stop: () => server.stop() };
}

export interface BenchVault {
  readonly id: string;
  readonly engine: Engine;
  storeAt(port: number, server: BenchServer): Neo4jGraphStore;
  close(): Promise<void>;
}

/** A vault with `canvases` canvases of `nodes` nodes, scanned and journaled. */
export async function makeVault(canvases: number, nodes: number): Promise<BenchVault> {
  const base = await mkdtemp(join(tmpdir(), "canvas-engram-bench-"));
  const vault = join(base, "vault");
  await mkdir(vault);
  for (let index = 0; index < canvases; index += 1) await writeFile(join(vault, `canvas ${index}.canvas`), canvasText(nodes));
  const folder = new NodeDataFolder(join(base, "plugin"));
  const id = randomUUID();
  const settings = defaultEngineSettings;
  const parts = { clock, hasher: nodeHasher, random, logger: silentLogger, folder, vaultFiles: new NodeVaultFiles(vault, () => true), canvasFiles: new NodeCanvasFiles(vault) };
  const engine = await openEngine({ ...parts, vault: id, device: "benchdevice00001", settings });
  await engine.scan();
  return {
    id,
    engine,
    storeAt: (port, { password, user }) =>
      createNeo4jGraphStore({ uri: `bolt://127.0.0.1:${port}`, user, password, database: "neo4j", vault: id, privacy: defaultPrivacy, concurrency: 10, clock, random }),
    async close() {
      await engine.stop();
      await folder.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}

function canvasText(nodes: number): string {
  const cards = Array.from({ length: nodes }, (_, index) => ({ id: `n${index}`, type: "text", text: `Card ${index}`, x: index, y: 0, width: 250, height: 60 }));
  return JSON.stringify({ nodes: cards, edges: [] });
}

/** Records of scores, spread over canvases and nodes; no two are alike. */
export function scores(count: number, canvases: number, nodes: number, round: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "score_submitted",
    canvas: `canvas ${index % canvases}.canvas`,
    node: `n${Math.floor(index / canvases) % nodes}`,
    score: index % 101,
    timestamp: 1_760_000_000_000 + round * 100_000 + index,
  }));
}
