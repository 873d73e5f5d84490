import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NodeCanvasFiles } from "../../src/adapters/node/nodeCanvasFiles";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { LockWatch } from "../../src/engine/canvas/lockWatch";
import type { CanvasPatch } from "../../src/engine/canvas/patch";
import { CanvasWriter } from "../../src/engine/canvas/writer";
import { KeyedMutex } from "../../src/engine/kernel/keyedMutex";
import { silentLogger } from "../../src/engine/kernel/logger";
import { MemoryCanvasFiles } from "../fakes/memoryCanvasFiles";
import { noLock } from "../fakes/noLock";
import { bigCanvasText } from "./bigCanvas";
import { inRounds, milliseconds, ms, publish, ratio, spread, times, type Variant } from "./measure";

const clock = createSystemClock();
const folder = mkdtempSync(join(tmpdir(), "canvas-engram-bench-"));
/** About 100 kB. */
const SMALL = 290;
const WRITES = 30;
const LOCKS = 20_000;
let colour = 0;

function recolouring(id: string): CanvasPatch {
  colour += 1;
  return [{ kind: "set-color", id, color: `#${colour.toString(16).padStart(6, "0")}` }];
}

function firstId(text: string): string {
  return (JSON.parse(text) as { nodes: [{ id: string }] }).nodes[0].id;
}

const small = bigCanvasText(SMALL);
const smallId = firstId(small);

/** Milliseconds of one write of the small canvas in a folder. */
function folderWrites(name: string, lock: "keyed" | "none"): Variant {
  const path = `${name}.canvas`;
  writeFileSync(join(folder, path), small);
  const writer = new CanvasWriter({ files: new NodeCanvasFiles(folder), clock, logger: silentLogger, ...(lock === "none" ? { lock: noLock } : {}) });
  return { name, run: async () => (await milliseconds(() => writeOften(writer, path, smallId, WRITES))) / WRITES };
}

/** The same in memory, where nothing but the work itself takes time. */
function memoryWrites(name: string, lock: "keyed" | "none"): Variant {
  const files = new MemoryCanvasFiles({ "a.canvas": small });
  const writer = new CanvasWriter({ files, clock, logger: silentLogger, ...(lock === "none" ? { lock: noLock } : {}) });
  return { name, run: async () => (await milliseconds(() => writeOften(writer, "a.canvas", smallId, WRITES))) / WRITES };
}

async function writeOften(writer: CanvasWriter, path: string, id: string, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    const result = await writer.mutate(path, recolouring(id));
    if (result.kind !== "written") throw new Error(result.kind);
  }
  if (writer.locks !== 0) throw new Error("a lock is left");
}

/** Microseconds to get and leave a lock that nobody else wants, with the watch of the writer. */
const acquire: Variant = {
  name: "acquire",
  run: async () => {
    const mutex = new KeyedMutex(() => clock.monotonic(), new LockWatch(clock, silentLogger));
    const took = await milliseconds(async () => {
      for (let round = 0; round < LOCKS; round += 1) await mutex.run("a.canvas", () => undefined);
    });
    if (mutex.size !== 0) throw new Error("a lock is left");
    return (took * 1000) / LOCKS;
  },
};

const big = bigCanvasText(10_000);
const bigId = firstId(big);
const bigFiles = new MemoryCanvasFiles({ "big.canvas": big });
const bigWriter = new CanvasWriter({ files: bigFiles, clock, logger: silentLogger });
const bigVariants: Variant[] = [
  { name: "parse and stringify", run: () => milliseconds(() => void JSON.stringify(JSON.parse(big), null, "\t")) },
  { name: "write", run: () => milliseconds(() => writeOften(bigWriter, "big.canvas", bigId, 1)) },
];

try {
  const [folderBare, folderLocked, bare, locked, lock] = await inRounds(
    [folderWrites("folder", "none"), folderWrites("folder-locked", "keyed"), memoryWrites("memory", "none"), memoryWrites("memory-locked", "keyed"), acquire],
    9,
  );
  const [plain, write] = await inRounds(bigVariants, 9);
  const share = (of: typeof locked, to: typeof bare): string => `${((ratio(of, to) - 1) * 100).toFixed(1)} %`;
  const micro = (figure: number): string => `${figure.toFixed(2)} µs`;
  publish({
    title: "Writing a canvas, and its lock",
    about:
      `A write recolours one card. Aims: the lock below 5 % of a write of 100 kB, below 10 µs to get, and nothing left at rest; a write of 10,000 nodes beside \`JSON.parse\` and \`JSON.stringify\` of the same text.`,
    columns: ["work", "time", "beside"],
    rows: [
      [`${Math.round(small.length / 1000)} kB in a folder, without a lock`, spread(folderBare, ms), "1"],
      ["the same behind the lock", spread(folderLocked, ms), share(folderLocked, folderBare)],
      [`${Math.round(small.length / 1000)} kB in memory, without a lock`, spread(bare, ms), "1"],
      ["the same behind the lock", spread(locked, ms), share(locked, bare)],
      ["getting and leaving a free lock", spread(lock, micro), ""],
      ["10,000 nodes and 10,000 edges: parse and stringify", spread(plain, ms), "1"],
      ["the same: a write, in memory", spread(write, ms), times(ratio(write, plain))],
      ["locks left at rest", String(bigWriter.locks), ""],
    ],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
