import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readVaultId } from "../../src/adapters/node/nodeVaultIdentity";
import { bundle } from "../cli/bundle";
import { seededRandom } from "../fakes/seededRandom";
import { openCypher } from "../neo4j/cypher";
import { testServer } from "../neo4j/testServer";
import { makeHeadlessVault, type HeadlessVault } from "./headlessVault";

const server = await testServer();
const KILLS = process.env["LONG_TESTS"] === "1" ? 200 : 30;
/** The longest life of a process after it has opened the vault, in milliseconds. */
const LIFE_MS = 700;

describe("the headless host, killed at random moments", () => {
  let tools = "";
  let vault: HeadlessVault;
  const acknowledged = new Set<string>();
  /** How long the last one took to open the vault. */
  let openMs = 0;

  beforeAll(async () => {
    tools = await mkdtemp(join(tmpdir(), "canvas-engram-kill-"));
    await bundle("scenarios/killWorker.ts", join(tools, "worker.mjs"));
    vault = await makeHeadlessVault(server === null ? {} : { neo4j: { uri: server.uri, user: server.user, password: server.password, database: "neo4j" } });
  });

  afterAll(async () => {
    await vault.remove();
    await rm(tools, { recursive: true, force: true });
  });

  /** Runs the worker, kills it after a part of its longest life, and gives back what it acknowledged. */
  function live(round: number, part: number): Promise<{ ids: string[]; errors: string }> {
    const uri = server?.uri ?? "";
    const child = spawn(process.execPath, [join(tools, "worker.mjs"), vault.folder, String(round), uri, server?.password ?? ""], {
      stdio: ["ignore", "pipe", "pipe"],
      env: process.env,
    });
    const kill = (ms: number): void => void setTimeout(() => child.kill("SIGKILL"), ms);
    // Every other one dies while it opens: within the takeover of the lock, the repair of the journal or the fold.
    const opens = round % 2 === 0;
    const born = performance.now();
    if (!opens) kill(part * openMs);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (output === "" && opens) {
        openMs = performance.now() - born;
        kill(part * LIFE_MS);
      }
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    return new Promise((resolve) => {
      child.on("close", () => {
        // A line that the kill cut short was not read whole: it says nothing.
        const lines = output.split("\n").slice(0, -1);
        resolve({ ids: lines.filter((line) => line !== "open"), errors });
      });
    });
  }

  it(
    `has every acknowledged event once after ${KILLS} kills`,
    async () => {
      const random = seededRandom(20_261_123);
      for (let round = 0; round < KILLS; round += 1) {
        const { errors, ids } = await live(round, random.next());
        expect(errors, `round ${round}`).toBe("");
        for (const id of ids) acknowledged.add(id);
      }
      expect(acknowledged.size).toBeGreaterThan(KILLS);

      const events = await vault.use(async ({ engine }) => {
        await engine.scan();
        const ids: string[] = [];
        for await (const event of engine.events()) ids.push(event.id);
        const { differences } = await engine.rebuild({ dryRun: true, resend: false });
        expect(differences).toEqual([]);
        expect(engine.status().quarantined).toBe(0);
        if (server !== null) {
          expect(await engine.drain(120_000)).toBe(true);
          expect(engine.status().stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0, sent: ids.length });
        }
        return ids;
      });
      expect(new Set(events).size).toBe(events.length);
      const journaled = new Set(events);
      expect([...acknowledged].filter((id) => !journaled.has(id))).toEqual([]);
      await expectSameInNeo4j(journaled);
    },
    KILLS * 15_000,
  );

  async function expectSameInNeo4j(journaled: ReadonlySet<string>): Promise<void> {
    if (server === null) return;
    const cypher = openCypher(server);
    const id = await readVaultId(vault.folder);
    const rows = await cypher.run("MATCH (e:LearningEvent {vault: $id}) RETURN e.id AS id", { id });
    await cypher.close();
    expect(rows.length).toBe(journaled.size);
    expect(rows.every((row) => journaled.has(String(row.id)))).toBe(true);
  }
});
