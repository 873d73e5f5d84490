import { CanvasWriter } from "../../../src/engine/canvas/writer";
import { silentLogger } from "../../../src/engine/kernel/logger";
import { canvasWritersContract } from "../../contracts/canvasWriters";
import { carelessCanvasFiles } from "../../fakes/carelessCanvasFiles";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";
import { writeBoth } from "../../fakes/writerPair";
import { writersOf } from "../../fakes/writersOf";

canvasWritersContract("in memory, on a careless host", async () => {
  const memory = new MemoryCanvasFiles();
  const clock = new ManualClock();
  const texts = { read: async (path: string) => memory.peek(path), write: async (path: string, text: string) => memory.put(path, text) };
  const writer = new CanvasWriter({ files: carelessCanvasFiles(texts, async () => undefined), clock, logger: silentLogger });
  const soon = async (): Promise<void> => {
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  };
  return {
    put: async (files) => {
      for (const [path, text] of Object.entries(files)) memory.put(path, text);
    },
    peek: async (path) => memory.peek(path),
    ...writersOf(writer),
    writeBoth: (lock, path, patches) => writeBoth({ texts, clock, alone: soon }, lock, path, patches),
  };
});
