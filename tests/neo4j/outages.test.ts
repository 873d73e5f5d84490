import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import type { Engine, EngineStatus, GraphStore, StoreFailure } from "../../src/engine/index";
import { makeHeadlessVault } from "../scenarios/headlessVault";
import { journalBatches } from "./batches";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { canStartServers, startPrivateServer, type PrivateServer } from "./privateServer";
import { vaultHash } from "./vaultSnapshot";
import { writeAll } from "./writers";

const able = await canStartServers();
/** With LONG_TESTS=1 the server is frozen for a minute and the store has the deadlines that users have. */
const long = process.env.LONG_TESTS === "1";
const deadlines = long
  ? { deadlineMs: 24_000, limits: { connectMs: 5_000, acquireMs: 8_000 } }
  : { deadlineMs: 1_500, limits: { connectMs: 500, acquireMs: 1_000 } };

/** The tests of this file share one server and run in their order: the first ones need it as it was born. */
describe.skipIf(!able)("a server of our own", { timeout: 600_000 }, () => {
  let server: PrivateServer;

  beforeAll(async () => {
    server = await startPrivateServer();
  }, 600_000);

  afterAll(() => server.remove());

  async function connected(vault: string, changes: Parameters<typeof openStore>[2] = {}): Promise<GraphStore> {
    const store = openStore(server, vault, changes);
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    return store;
  }

  async function cypher(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const opened = openCypher(server);
    try {
      return await opened.run(text);
    } finally {
      await opened.close();
    }
  }

  test("that holds duplicates already is refused with what to do, and accepted without them", async () => {
    await cypher("CREATE (:Canvas {uid: 'twice'}), (:Canvas {uid: 'twice'})");
    const store = openStore(server, randomUUID());
    const refused = await store.connect(neverAborted);
    expect(refused).toMatchObject({ kind: "failed", class: "config" });
    expect(refused).toHaveProperty("message", expect.stringContaining("remove the duplicates"));
    await cypher("MATCH (n:Canvas {uid: 'twice'}) DELETE n");
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    await store.close();
  });

  test("gets its constraints and indexes once", async () => {
    const listed = "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN * ORDER BY name";
    const expected = [
      ["canvas_engram_canvas", "UNIQUENESS", "Canvas", "uid"],
      ["canvas_engram_concept", "UNIQUENESS", "Concept", "uid"],
      ["canvas_engram_edge", "RELATIONSHIP_UNIQUENESS", "CONNECTS_TO", "uid"],
      ["canvas_engram_event", "UNIQUENESS", "LearningEvent", "id"],
      ["canvas_engram_node", "UNIQUENESS", "CanvasNode", "uid"],
      ["canvas_engram_note", "UNIQUENESS", "Note", "uid"],
      ["canvas_engram_vault", "UNIQUENESS", "Vault", "id"],
    ];
    const found = await cypher(listed);
    expect(
      found.map((row) => [row.name, row.type, ...(row.labelsOrTypes as string[]), ...(row.properties as string[])]),
    ).toEqual(expected);
    const indexes = "SHOW INDEXES YIELD id, name, state RETURN * ORDER BY name";
    const before = await cypher(indexes);
    expect(before.map((row) => row.name)).toEqual(
      expect.arrayContaining(["canvas_engram_event_at", "canvas_engram_node_canvas"]),
    );
    await (await connected(randomUUID())).close();
    expect(await cypher(indexes)).toEqual(before);
  });

  test("takes several devices that connect to the new database at once", async () => {
    for (const { name } of await cypher("SHOW CONSTRAINTS YIELD name")) await cypher(`DROP CONSTRAINT ${String(name)}`);
    const vault = randomUUID();
    const stores = [vault, vault, vault, randomUUID()].map((id) => openStore(server, id));
    const answers = await Promise.all(stores.map((store) => store.connect(neverAborted)));
    expect(answers.map((answer) => answer.kind)).toEqual(["connected", "connected", "connected", "connected"]);
    const epochs = answers.map((answer) => (answer.kind === "connected" ? answer.epoch : ""));
    expect(new Set(epochs.slice(0, 3)).size).toBe(1);
    expect(epochs[3]).not.toBe(epochs[0]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("asks for a wait after too many wrong passwords", async () => {
    const store = openStore({ ...server, password: "wrong-password" }, randomUUID());
    const answers: unknown[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) answers.push(await store.reach(neverAborted));
    expect(answers.at(0)).toMatchObject({ class: "auth", code: "Neo.ClientError.Security.Unauthorized" });
    expect(answers.at(-1)).toMatchObject({ class: "throttled", retryAfterMs: 6_000 });
    expect(JSON.stringify(answers)).not.toContain("wrong-password");
    await store.close();
    // The lock is kept in memory: a restart ends it for the tests that follow.
    await server.stop();
    await server.start();
  });

  /** Writes under load, does something to the server in the middle, and gives what the writers met. */
  async function underLoad(vault: string, disturb: () => Promise<void>): Promise<readonly StoreFailure[]> {
    const store = await connected(vault);
    const batches = journalBatches(vault, { canvases: 8, batchesPerCanvas: 5, eventsPerBatch: 20 });
    let disturbed: Promise<void> | undefined;
    let written = 0;
    const counting: GraphStore = Object.create(store, {
      write: {
        value: async (...args: Parameters<GraphStore["write"]>) => {
          const outcome = await store.write(...args);
          if (outcome.kind === "stored" && (written += 1) === 10) disturbed = disturb();
          return outcome;
        },
      },
    }) as GraphStore;
    const failures = await writeAll(counting, batches, 8, () => disturbed ?? Promise.resolve());
    await disturbed;
    await store.close();
    return failures;
  }

  test.for([
    ["stopped", () => server.stop()],
    ["killed", () => server.crash()],
  ] as const)(
    "that is %s and started again under load loses nothing, doubles nothing and blames no row",
    async ([, end]) => {
      const [calm, disturbed] = [randomUUID(), randomUUID()];
      const store = await connected(calm);
      await writeAll(store, journalBatches(calm, { canvases: 8, batchesPerCanvas: 5, eventsPerBatch: 20 }), 8);
      await store.close();

      const failures = await underLoad(disturbed, async () => {
        await end();
        await server.start();
      });
      expect(failures.length).toBeGreaterThan(0);
      expect([...new Set(failures.map((failure) => failure.class))].sort()).toEqual(["unavailable"]);

      const opened = openCypher(server);
      expect(await vaultHash(opened, disturbed)).toEqual(await vaultHash(opened, calm));
      await opened.close();
    },
  );

  test("that is frozen is given up after the deadline, and used again when it is back", async () => {
    const vault = randomUUID();
    await (await connected(vault)).close();
    const store = openStore(server, vault, deadlines);
    const [batch] = journalBatches(vault, { canvases: 1, batchesPerCanvas: 1, eventsPerBatch: 20 });
    if (batch === undefined) throw new Error("no batch");
    // On a busy machine the short limits may be too short for the first try.
    while ((await store.connect(neverAborted)).kind === "failed") continue;

    server.freeze();
    const until = performance.now() + (long ? 60_000 : 0);
    const met: StoreFailure[] = [];
    do {
      const outcome = await store.write(batch, neverAborted);
      if (outcome.kind === "failed") met.push(outcome);
    } while (performance.now() < until);
    server.thaw();
    expect(met[0]).toMatchObject({ code: "DEADLINE" });
    expect([...new Set(met.map((failure) => failure.class))]).toEqual(["unavailable"]);

    while ((await store.write(batch, neverAborted)).kind === "failed") continue;
    await store.close();
    const opened = openCypher(server);
    const counted = await opened.run("MATCH (e:LearningEvent {vault: $vault}) RETURN count(e) AS events", { vault });
    expect(counted).toEqual([{ events: 20 }]);
    await opened.close();
  });

  test("that is frozen while events are recorded is shown as away, blames none, and gets each once when it is back", async () => {
    const folder = await makeHeadlessVault();
    await folder.use(async ({ engine }) => {
      await engine.useStore(openStore(server, engine.vault, deadlines));
      await save(folder.folder, engine, "before");
      expect(await engine.drain(120_000)).toBe(true);
      const sent = engine.status().events;

      server.freeze();
      const thaw = performance.now() + (long ? 60_000 : 0);
      await save(folder.folder, engine, "first");
      const away = await reached(engine, ({ state }) => state === "unavailable");
      expect(away).toMatchObject({ pending: engine.status().events - sent, dead: 0, sent });
      // It was asked again, in vain, before more is recorded.
      await reached(engine, ({ state }, probes) => state === "unavailable" && probes > 0 && performance.now() >= thaw);
      await save(folder.folder, engine, "second");
      expect(engine.status().stores.neo4j).toMatchObject({ pending: engine.status().events - sent, dead: 0, sent });
      server.thaw();

      expect(await engine.drain(300_000)).toBe(true);
      const { events, stores } = engine.status();
      expect(stores.neo4j).toMatchObject({ state: "ok", pending: 0, dead: 0, sent: events });
      const opened = openCypher(server);
      const text = "MATCH (e:LearningEvent {vault: $vault}) RETURN count(e) AS events, count(DISTINCT e.id) AS ids";
      expect(await opened.run(text, { vault: engine.vault })).toEqual([{ events, ids: events }]);
      await opened.close();
    });
    await folder.remove();
  });
});

async function save(folder: string, engine: Engine, name: string): Promise<void> {
  const nodes = Array.from({ length: 20 }, (_, index) => ({ id: `n${index}`, type: "text", text: name, x: 0, y: 0, width: 9, height: 9 }));
  await writeFile(join(folder, `${name}.canvas`), JSON.stringify({ nodes, edges: [] }));
  await engine.scan();
}

type Neo4jStatus = NonNullable<EngineStatus["stores"]["neo4j"]>;

/** Resolves with how the store stands once it is so. Looks again whenever the engine tells of a change. */
function reached(engine: Engine, isSo: (store: Neo4jStatus, probes: number) => boolean): Promise<Neo4jStatus> {
  return new Promise((resolve) => {
    const look = ({ stats, stores: { neo4j } }: EngineStatus): void => {
      if (neo4j === undefined || !isSo(neo4j, stats.stores.get("neo4j")?.breaker.probes ?? 0)) return;
      silence();
      resolve(neo4j);
    };
    const silence = engine.onStatus(look);
    look(engine.status());
  });
}
