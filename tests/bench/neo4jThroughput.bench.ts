import neo4j, { type Driver } from "neo4j-driver";
import { batchParameters } from "../../src/adapters/neo4j/parameters";
import { writeStatement } from "../../src/adapters/neo4j/statement";
import { neverAborted, type LearningEvent } from "../../src/engine/index";
import { makeVault, scores, startServer, type BenchServer } from "./benchVault";
import { inRounds, milliseconds, perSecond, publish, ratio, spread, times } from "./measure";
import { rowsOf } from "./rowsOf";

const EVENTS = 20_000;
const CANVASES = 50;
const NODES = 40;
const BATCH = 200;
const LANES = 10;

const epochs = new Map<string, string>();
const epochOf = (vault: string): string => epochs.get(vault) ?? "";
const server = await startServer();
const driver = neo4j.driver(`bolt://127.0.0.1:${server.port}`, neo4j.auth.basic(server.user, server.password), { maxConnectionPoolSize: LANES + 2 });
const [bare, ours, single] = await inRounds([
  { name: "bare", run: () => bareLoop(BATCH) },
  { name: "ours", run: () => engineDrain(server) },
  { name: "single", run: () => bareLoop(1, 1_000) },
]);
await driver.close();
await server.stop();

publish({
  title: "20,000 events to Neo4j",
  about: `Events of ${CANVASES} canvases with their whole rows, ${BATCH} a batch, ${LANES} batches at a time, into a warmed server that shares the machine's cores. The bare loop sends prepared parameters with the same statement. Ours reads the journal, makes the rows, sends, retries where needed and keeps the acknowledgements. Aim: 0.9 × the bare loop.`,
  columns: ["work", "events", "to the bare loop"],
  rows: [
    ["bare driver loop with the same statement and lanes (the limit)", spread(bare, perSecond), "1"],
    ["engine, from the journal to the last acknowledgement", spread(ours, perSecond), times(ratio(ours, bare))],
    [`one event a statement, ${LANES} at a time`, spread(single, perSecond), times(ratio(single, bare))],
  ],
});

async function eventsOf(round: number): Promise<{ vault: Awaited<ReturnType<typeof makeVault>>; events: LearningEvent[] }> {
  const vault = await makeVault(CANVASES, NODES);
  await vault.engine.recordBatch(scores(EVENTS, CANVASES, NODES, round));
  const events: LearningEvent[] = [];
  for await (const event of vault.engine.events()) events.push(event);
  return { vault, events };
}

/** Batches that hold whole canvases only, so that no two lanes meet on one. */
function batchesOf(vault: string, events: readonly LearningEvent[], size: number): object[][] {
  const lanes: LearningEvent[][] = Array.from({ length: LANES }, () => []);
  for (const event of events) lanes[Number(event.canvas?.path.replace(/\D/g, "") ?? 0) % LANES]?.push(event);
  return lanes.map((lane) => {
    const batches: object[] = [];
    for (let at = 0; at < lane.length; at += size) {
      batches.push(batchParameters(rowsOf(vault, lane.slice(at, at + size)), epochOf(vault), (value) => neo4j.int(value)));
    }
    return batches;
  });
}

async function bareLoop(size: number, most = EVENTS): Promise<number> {
  const { events, vault } = await eventsOf(1);
  const store = vault.storeAt(server.port, server);
  const connected = await store.connect(neverAborted);
  if (connected.kind === "failed") throw new Error(connected.message);
  epochs.set(vault.id, connected.epoch);
  const sent = events.slice(0, most);
  const lanes = batchesOf(vault.id, sent, size);
  const elapsed = await milliseconds(() => Promise.all(lanes.map((batches) => runLane(driver, batches))));
  await store.close();
  await vault.close();
  return (sent.length * 1_000) / elapsed;
}

async function runLane(over: Driver, batches: readonly object[]): Promise<void> {
  for (const parameters of batches) {
    const session = over.session({ database: "neo4j" });
    await session.run(writeStatement, { batch: parameters });
    await session.close();
  }
}

async function engineDrain(at: BenchServer): Promise<number> {
  const { events, vault } = await eventsOf(2);
  const store = vault.storeAt(at.port, at);
  const warm = vault.storeAt(at.port, at);
  await warm.connect(neverAborted);
  await warm.close();
  const elapsed = await milliseconds(async () => {
    await vault.engine.useStore(store);
    if (!(await vault.engine.drain(300_000))) throw new Error(`not drained: ${JSON.stringify(vault.engine.status().stores)}`);
  });
  await vault.close();
  return (events.length * 1_000) / elapsed;
}
