import { describe, expect, it } from "vitest";
import { StorageError } from "../../../../src/engine/index";
import { FileTasks } from "../../../../src/engine/flow/capture/fileTasks";
import { OpenWork } from "../../../../src/engine/flow/record/openWork";
import { ManualClock } from "../../../fakes/manualClock";

const WAITS = [1_000, 2_000, 5_000, 10_000, 30_000, 30_000];

describe("what is to be done with files while the disk is full", () => {
  it.each([1, 5])("is tried again after waits that grow by the try, with %i files", async (files) => {
    const clock = new ManualClock();
    const tries: number[] = [];
    const tasks = new FileTasks({ clock, work: new OpenWork(clock), onTrouble: () => undefined });
    for (let file = 0; file < files; file += 1) {
      const path = `${file}.canvas`;
      const run = (): Promise<void> => {
        if (file === 0) tries.push(clock.monotonic());
        return Promise.reject(new StorageError("full", "the disk is full"));
      };
      await tasks.do({ kind: "look", key: path, path, run });
    }
    await clock.advance(WAITS.reduce((sum, wait) => sum + wait, 0));
    expect(tries.slice(1).map((at, index) => at - (tries[index] ?? 0))).toEqual(WAITS);
    tasks.end();
    expect(clock.pending).toBe(0);
  });
});
