import { describe, expect, test } from "vitest";
import { createNeo4jGraphStore } from "../../../src/adapters/neo4j/neo4jGraphStore";
import type { DriverModule } from "../../../src/adapters/neo4j/driverModule";
import { schemaStatements } from "../../../src/adapters/neo4j/schema";
import { defaultBatchSettings } from "../../../src/engine/batch/policy/settings";
import { defaultPrivacy, emptyBatch, neverAborted } from "../../../src/engine/index";
import { batchOf, canvasRow, edgeRow, eventRow } from "../../contracts/graphRows";
import { ManualClock } from "../../fakes/manualClock";
import { seededRandom } from "../../fakes/seededRandom";

type Row = Readonly<Record<string, unknown>>;

/** A server that answers by what the statement begins with. It says yes to everything unless told otherwise. */
function serverThat(agent: string, answers: Readonly<Record<string, () => readonly Row[]>>) {
  const asked: string[] = [];
  const given: string[] = [];
  const limits: number[] = [];
  const module: DriverModule = {
    toInteger: (value) => value,
    open: () => ({
      session: () => ({
        run: async (text, parameters, { timeout }) => {
          asked.push(text);
          given.push(JSON.stringify(parameters));
          limits.push(timeout);
          const known = Object.entries(answers).find(([beginning]) => text.startsWith(beginning));
          const records = (known?.[1] ?? (() => []))().map((row) => ({ toObject: () => row }));
          return { records, summary: { server: { agent } } };
        },
        close: async () => undefined,
      }),
      close: async () => undefined,
    }),
  };
  const store = createNeo4jGraphStore({
    uri: "bolt://h",
    user: "u",
    password: "p",
    database: "study",
    vault: "v",
    privacy: defaultPrivacy,
    concurrency: 2,
    clock: new ManualClock(),
    random: seededRandom(),
    loadDriver: async () => module,
  });
  return { asked, given, limits, store };
}

const proofText = "MATCH (v:Vault {id: $vault}) SET v.proof = $proof";
const indexes = (state: string) => () => [...schemaStatements.keys()].map((name) => ({ name, state }));
const healthy = {
  "SHOW INDEXES": indexes("ONLINE"),
  "MERGE (v:Vault": () => [{ epoch: "e1" }],
  MATCH: () => [{ edges: 0, events: 0 }],
};

describe("connecting", () => {
  test("refuses a server that cannot understand the statement, before it changes anything", async () => {
    const { asked, store } = serverThat("Neo4j/5.22.0", healthy);
    expect(await store.connect(neverAborted)).toMatchObject({ class: "config", code: "Neo4j/5.22.0" });
    expect(asked).toEqual(["RETURN 1 AS one"]);
  });

  test("makes nothing where everything is there", async () => {
    const { asked, store } = serverThat("Neo4j/5.26.30", healthy);
    const connected = { kind: "connected", address: "bolt://h:7687/study", epoch: "e1", server: "Neo4j/5.26.30" };
    expect(await store.connect(neverAborted)).toMatchObject(connected);
    expect(asked.filter((text) => text.startsWith("CREATE"))).toEqual([]);
  });

  test("waits for an index that is still being built", async () => {
    const { asked, store } = serverThat("Neo4j/5.26.30", { ...healthy, "SHOW INDEXES": indexes("POPULATING") });
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    expect(asked).toContain("CALL db.awaitIndexes(15)");
  });

  test("asks no statement to take longer than the engine waits for a connection", async () => {
    const { asked, limits, store } = serverThat("Neo4j/5.26.30", { ...healthy, "SHOW INDEXES": () => [] });
    await store.connect(neverAborted);
    expect(Math.max(...limits)).toBeLessThan(defaultBatchSettings.deadlineMs);
    // The server's own answer, that the indexes are not ready yet, comes before the statement is given up.
    const seconds = asked.map((text) => /awaitIndexes\((\d+)\)/.exec(text)?.[1]).filter((found) => found !== undefined);
    expect(seconds).toHaveLength(1);
    expect(Number(seconds[0]) * 1_000).toBeLessThan(Math.min(...limits));
  });

  test("gives up making the schema when the server keeps refusing", async () => {
    const refuse = () => {
      throw Object.assign(new Error("locked"), { code: "Neo.TransientError.Transaction.DeadlockDetected" });
    };
    const { asked, store } = serverThat("Neo4j/5.26.30", { ...healthy, "SHOW INDEXES": () => [], CREATE: refuse });
    expect(await store.connect(neverAborted)).toMatchObject({ class: "contention" });
    expect(asked.filter((text) => text.startsWith("CREATE"))).toHaveLength(8);
  });
});

describe("a batch", () => {
  const batch = batchOf("v", {
    canvases: [canvasRow("v", "c")],
    edges: [edgeRow("v", "c", "e", ["a", "b"])],
    events: [eventRow("v", "1", "c", { aboutKind: "canvas", canvas: "c" })],
  });

  test.for([
    [{ edges: 1, events: 1 }, { kind: "stored" }],
    [
      { edges: 0, events: 1 },
      { class: "query", code: "DROPPED" },
    ],
    [
      { edges: 1, events: 0 },
      { class: "query", code: "DROPPED" },
    ],
  ] as const)("of one edge and one event that placed %o", async ([placed, outcome]) => {
    let counts: Row = { edges: 0, events: 0 };
    const { store } = serverThat("Neo4j/5.26.30", { ...healthy, MATCH: () => [counts] });
    await store.connect(neverAborted);
    counts = placed;
    expect(await store.write(batch, neverAborted)).toMatchObject(outcome);
  });

  test("that is empty also commits something, another thing each time, and fails when that fails", async () => {
    let full = false;
    const proof = (): readonly Row[] => {
      if (full) throw new Error("no room");
      return [];
    };
    const { asked, given, store } = serverThat("Neo4j/5.26.30", { [proofText]: proof, ...healthy });
    await store.connect(neverAborted);
    const proofs = (): readonly string[] => given.filter((_, index) => asked[index] === proofText);
    await store.write(batch, neverAborted);
    expect(proofs()).toEqual([]);
    expect(await store.write(emptyBatch("v"), neverAborted)).toEqual({ kind: "stored" });
    expect(await store.write(emptyBatch("v"), neverAborted)).toEqual({ kind: "stored" });
    expect(new Set(proofs()).size).toBe(2);
    full = true;
    expect(await store.write(emptyBatch("v"), neverAborted)).toMatchObject({ kind: "failed", class: "unknown" });
  });

  test("that finds another epoch is not stored, nor is any other before a new connection", async () => {
    let found: readonly Row[] = [{ edges: 0, events: 0 }];
    const { asked, store } = serverThat("Neo4j/5.26.30", { ...healthy, MATCH: () => found });
    await store.connect(neverAborted);
    found = [];
    expect(await store.write(emptyBatch("v"), neverAborted)).toMatchObject({
      class: "unavailable",
      code: "OTHER_TARGET",
    });
    found = [{ edges: 0, events: 0 }];
    const before = asked.length;
    expect(await store.write(emptyBatch("v"), neverAborted)).toMatchObject({
      class: "unavailable",
      code: "NOT_CONNECTED",
    });
    expect(asked).toHaveLength(before);
    await store.connect(neverAborted);
    expect(await store.write(emptyBatch("v"), neverAborted)).toEqual({ kind: "stored" });
  });
});

test("nothing is written to a vault whose data is being removed", async () => {
  const { store } = serverThat("Neo4j/5.26.30", healthy);
  await store.connect(neverAborted);
  await store.removeVault("v", neverAborted);
  expect(await store.write(emptyBatch("v"), neverAborted)).toMatchObject({ class: "unavailable" });
});

test("an address that cannot work answers everything with the reason", async () => {
  const store = createNeo4jGraphStore({
    uri: "http://h",
    user: "u",
    password: "p",
    database: "study",
    vault: "v",
    privacy: defaultPrivacy,
    concurrency: 2,
    clock: new ManualClock(),
    random: seededRandom(),
    loadDriver: () => Promise.reject(new Error("loaded")),
  });
  const config = { kind: "failed", class: "config", code: "ADDRESS" };
  store.setConcurrency(3);
  const calls = [store.reach(neverAborted), store.connect(neverAborted), store.removeVault("v", neverAborted)];
  for (const answer of await Promise.all(calls)) expect(answer).toMatchObject(config);
  expect(await store.write(emptyBatch("v"), neverAborted)).toMatchObject(config);
  await store.close();
});
