import { randomUUID } from "node:crypto";
import neo4j, { type Driver, type Plan } from "neo4j-driver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStatements } from "../../src/adapters/neo4j/readStatement";
import { neverAborted, storedKinds } from "../../src/engine/index";
import { journalBatches } from "./batches";
import { openStore } from "./openStore";
import { testServer } from "./testServer";

const server = await testServer();

describe.skipIf(server === null)("how the server reads rows", () => {
  if (server === null) return;
  const vault = randomUUID();
  let driver: Driver;
  let epoch = "";

  beforeAll(async () => {
    driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), { disableLosslessIntegers: true });
    const store = openStore(server, vault);
    const connected = await store.connect(neverAborted);
    if (connected.kind === "failed") throw new Error(connected.message);
    epoch = connected.epoch;
    for (const batch of journalBatches(vault, { canvases: 10, batchesPerCanvas: 2, eventsPerBatch: 100 })) await store.write(batch, neverAborted);
    await store.close();
    // The server starts and plans its first statements here, which takes long on a busy machine.
  }, 120_000);

  afterAll(() => driver.close());

  async function operators(text: string, question: object): Promise<readonly string[]> {
    const session = driver.session({ database: "neo4j" });
    try {
      const { summary } = await session.run(`EXPLAIN ${text}`, { question: { vault, epoch, ...question } });
      return summary.plan === false ? [] : named(summary.plan);
    } finally {
      await session.close();
    }
  }

  const slow = /Sort|Top|LabelScan|TypeScan|AllNodes|AllRelationships|IndexScan/;

  test.for(storedKinds)("seeks a page of the kind %s in the key's index and takes its order from there", async (kind) => {
    const found = await operators(readStatements.get(kind)?.after ?? "", { after: "", limit: neo4j.int(1_000) });
    expect(found.filter((name) => /SeekByRange/.test(name))).toHaveLength(1);
    expect(found.filter((name) => slow.test(name))).toEqual([]);
  });

  test.for(storedKinds)("seeks rows of the kind %s by their keys", async (kind) => {
    const found = await operators(readStatements.get(kind)?.byKeys ?? "", { keys: ["a"] });
    expect(found.filter((name) => /IndexSeek/.test(name)).length).toBeGreaterThanOrEqual(2);
    expect(found.filter((name) => slow.test(name))).toEqual([]);
  });
});

function named(plan: Plan): readonly string[] {
  return [plan.operatorType, ...plan.children.flatMap(named)];
}
