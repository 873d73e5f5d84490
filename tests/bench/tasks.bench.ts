import type { TaskKind } from "../../src/engine/index";
import { makeVault } from "./benchVault";
import { ms, publish, spread, summary } from "./measure";

const ITEMS = 10_000;
/** One item in so many has a result of 10 kB, so 1,000 of them. */
const LARGE_EACH = 10;
const LARGE = 10_000;
const LIMIT_MB = 50;
const ROUNDS = 5;
/** Items after which memory is looked at. */
const LOOK_EACH = 250;

const megabytes = (bytes: number): number => bytes / 1_000_000;
const mb = (figure: number): string => `${figure.toFixed(1)} MB`;

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
}

function held(): number {
  const { external, heapUsed } = process.memoryUsage();
  return megabytes(heapUsed + external);
}

const vault = await makeVault(1, 1);
const { engine } = vault;
let most = 0;
const kind: TaskKind = {
  name: "bench",
  check: () => null,
  domainOf: () => "bench",
  keyOf: () => null,
  costMs: () => 1,
  repeatable: true,
  async run(_, { item }) {
    if (item % LOOK_EACH === 0) {
      globalThis.gc?.();
      most = Math.max(most, held());
    }
    return item % LARGE_EACH === 0 ? `result ${item} `.padEnd(LARGE, "0123456789") : null;
  },
};
engine.registerKind(kind);

const itemsFor = (count: number): readonly { readonly canvas: string; readonly number: number }[] =>
  Array.from({ length: count }, (_, number) => ({ canvas: `canvas ${number % 100}.canvas`, number }));

/** Makes a task and waits for its end. */
async function whole(count: number): Promise<{ readonly id: string; readonly createdMs: number }> {
  const items = itemsFor(count);
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const started = performance.now();
  const id = await engine.createBatch(items, { kind: "bench", title: "Bench", onDone: () => end() });
  const createdMs = performance.now() - started;
  await ended;
  return { id, createdMs };
}

// The first task warms up: what code and caches need is no memory of a task.
await whole(1_000);
const running: number[] = [];
const ended: number[] = [];
const reading: number[] = [];
const resident: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  await settled();
  const before = held();
  const residentBefore = process.memoryUsage().rss;
  most = 0;
  const { id } = await whole(ITEMS);
  resident.push(megabytes(process.memoryUsage().rss - residentBefore));
  await settled();
  ended.push(held() - before);
  running.push(most - before);
  let bytes = 0;
  most = 0;
  for await (const result of engine.tasks.results(id)) {
    if (result.status === "done" && typeof result.value === "string") bytes += result.value.length;
    if (result.item % LOOK_EACH !== 0) continue;
    globalThis.gc?.();
    most = Math.max(most, held());
  }
  if (bytes !== (ITEMS / LARGE_EACH) * LARGE) throw new Error(`the results of the task have ${bytes} bytes`);
  reading.push(most - before);
  if ((running.at(-1) ?? 0) > LIMIT_MB) throw new Error(`a task of ${ITEMS} items holds ${mb(running.at(-1) ?? 0)}`);
}

const small: number[] = [];
const large: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (let task = 0; task < 5; task += 1) small.push((await whole(100)).createdMs);
  large.push((await whole(ITEMS)).createdMs);
}
await vault.close();

publish({
  title: "Tasks",
  about: `A whole engine on a folder on disk. ${ITEMS.toLocaleString("en")} items in one task, of which ${(ITEMS / LARGE_EACH).toLocaleString("en")} have a result of ${LARGE / 1_000} kB. Memory is what is held after a collection, looked at every ${LOOK_EACH} items, above what was held before the items were made; the resident set counts what is not collected yet too. Creating is the time until \`createBatch\` gives an id, when the task is on disk. Aims: less than ${LIMIT_MB} MB; 100 items in well under 500 ms.`,
  columns: ["work", "figure"],
  rows: [
    [`memory that a task of ${ITEMS.toLocaleString("en")} items adds while it runs, at most`, spread(summary("", running), mb)],
    ["memory that it adds once it has ended", spread(summary("", ended), mb)],
    ["memory while all its results are read, at most", spread(summary("", reading), mb)],
    ["growth of the resident set while it runs", spread(summary("", resident), mb)],
    ["createBatch of 100 items", spread(summary("", small), ms)],
    [`createBatch of ${ITEMS.toLocaleString("en")} items`, spread(summary("", large), ms)],
  ],
});
