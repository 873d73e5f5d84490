import { neverAborted, type LearningEvent } from "../../src/engine/index";
import { startLatencyProxy } from "../neo4j/latencyProxy";
import { makeVault, scores, startServer, type BenchVault } from "./benchVault";
import { milliseconds, ms, publish, quantile, times } from "./measure";
import { rowsOf } from "./rowsOf";

const ROUND_TRIP = 200;
const EVENTS = 50;
const ROUNDS = 20;

const server = await startServer();
const proxy = await startLatencyProxy(server.port, 0);
const rows: string[][] = [];
for (const canvases of [1, 50]) await measure(canvases);
await onePerStatement();
await proxy.close();
await server.stop();

publish({
  title: "50 events to a Neo4j that is far away",
  about: `Every round trip to the server takes ${ROUND_TRIP} ms longer (a relay on loopback). From the call of \`recordBatch\` until the store has acknowledged all 50, the journal included; ${ROUNDS} rounds. Aim: P95 below 500 ms, 1.2 round trips on a warm connection.`,
  columns: ["work", "median", "P95", "in round trips"],
  rows,
});

async function measure(canvases: number): Promise<void> {
  const vault = await makeVault(canvases, EVENTS);
  const label = canvases === 1 ? "50 events of one canvas" : "50 events of 50 canvases";
  proxy.setRoundTrip(0);
  await vault.engine.useStore(vault.storeAt(proxy.port, server));
  await vault.engine.drain(60_000);
  proxy.setRoundTrip(ROUND_TRIP);
  await settle(vault, canvases, -1);
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) figures.push(await settle(vault, canvases, round));
  add(label, figures);
  await vault.engine.useStore(null);
  const cold = await milliseconds(async () => {
    await vault.engine.useStore(vault.storeAt(proxy.port, server));
    await settle(vault, canvases, ROUNDS);
  });
  rows.push([`${label}, cold: connecting and preparing the schema first`, ms(cold), "", times(cold / ROUND_TRIP)]);
  await vault.close();
}

function settle(vault: BenchVault, canvases: number, round: number): Promise<number> {
  return milliseconds(async () => {
    const result = await vault.engine.recordBatch(scores(EVENTS, canvases, EVENTS, round + 2), { settled: true });
    if (result.succeeded !== EVENTS) throw new Error(`${result.succeeded} of ${EVENTS} succeeded: ${JSON.stringify(vault.engine.status().stores)}`);
  });
}

/** What the same events cost with one statement each. */
async function onePerStatement(): Promise<void> {
  const vault = await makeVault(1, EVENTS);
  await vault.engine.recordBatch(scores(EVENTS, 1, EVENTS, 1));
  const events: LearningEvent[] = [];
  for await (const event of vault.engine.events({ type: "score_submitted" })) events.push(event);
  const batches = events.map((event) => rowsOf(vault.id, [event]));
  proxy.setRoundTrip(0);
  const store = vault.storeAt(proxy.port, server);
  await store.connect(neverAborted);
  await Promise.all(batches.slice(0, 10).map((batch) => store.write(batch, neverAborted)));
  proxy.setRoundTrip(ROUND_TRIP);
  for (const lanes of [1, 10]) {
    const figures: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const queue = [...batches];
      const lane = async (): Promise<void> => {
        for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await store.write(batch, neverAborted);
      };
      figures.push(await milliseconds(() => Promise.all(Array.from({ length: lanes }, lane))));
    }
    add(`one event a statement, ${lanes === 1 ? "one after the other" : "10 at a time"}`, figures);
  }
  await store.close();
  await vault.close();
}

function add(label: string, figures: readonly number[]): void {
  const sorted = [...figures].sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  rows.push([label, ms(median), ms(quantile(sorted, 0.95)), times(median / ROUND_TRIP)]);
}
