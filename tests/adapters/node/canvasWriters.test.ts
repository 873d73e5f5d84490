import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll } from "vitest";
import { NodeCanvasFiles } from "../../../src/adapters/node/nodeCanvasFiles";
import { createSystemClock } from "../../../src/adapters/system/systemClock";
import { CanvasWriter } from "../../../src/engine/canvas/writer";
import { silentLogger } from "../../../src/engine/kernel/logger";
import { canvasWritersContract } from "../../contracts/canvasWriters";
import { writeBoth } from "../../fakes/writerPair";
import { writersOf } from "../../fakes/writersOf";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

canvasWritersContract("in a vault folder", async () => {
  const root = await mkdtemp(join(tmpdir(), "canvas-engram-writers-"));
  folders.push(root);
  const clock = createSystemClock();
  const writer = new CanvasWriter({ files: new NodeCanvasFiles(root), clock, logger: silentLogger });
  const texts = { read: (path: string) => readFile(join(root, path), "utf8"), write: (path: string, text: string) => writeFile(join(root, path), text) };
  return {
    put: async (files) => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
    },
    peek: (path) => readFile(join(root, path), "utf8"),
    ...writersOf(writer),
    // Two reads of a small file take no time beside this one; behind a lock the first writer waits for all of it.
    writeBoth: (lock, path, patches) => writeBoth({ texts, clock, alone: () => setTimeout(500) }, lock, path, patches),
  };
});
