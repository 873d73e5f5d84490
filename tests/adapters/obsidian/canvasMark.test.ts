import { describe, expect, it, vi } from "vitest";
import { marked } from "../../../src/adapters/obsidian/canvasMark";
import { silentLogger } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";

const own = "folder/.a.canvas.app";
const others = "folder/.a.canvas.lock";

function setUp(files: Set<string>): { clock: ManualClock; hold: <T>(work: () => Promise<T>) => Promise<T> } {
  const clock = new ManualClock();
  const adapter = {
    write: async (path: string) => void files.add(path),
    exists: async (path: string) => files.has(path),
    remove: async (path: string) => void files.delete(path),
  };
  return { clock, hold: (work) => marked({ adapter, clock, logger: silentLogger }, "folder/a.canvas", work) };
}

describe("the mark of the app beside a canvas", () => {
  it("lies there while the work is done, and not after it", async () => {
    const files = new Set<string>();
    const { hold } = setUp(files);
    expect(await hold(async () => [...files])).toEqual([own]);
    await expect(hold(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(files.size).toBe(0);
  });

  it("waits until a process that came first has written", async () => {
    const files = new Set([others]);
    const { clock, hold } = setUp(files);
    const work = vi.fn(async () => undefined);
    const done = hold(work);
    await clock.advance(100);
    expect([work.mock.calls.length, [...files]]).toEqual([0, [others, own]]);
    files.delete(others);
    await clock.advance(10);
    await done;
    expect(work).toHaveBeenCalledOnce();
  });

  it("does not wait for ever for the mark of a process that died", async () => {
    const files = new Set([others]);
    const { clock, hold } = setUp(files);
    const done = hold(async () => "done");
    await clock.advance(10_100);
    expect(await done).toBe("done");
  });

  it("does nothing where it cannot make its own", async () => {
    const work = vi.fn(async () => undefined);
    const adapter = { write: () => Promise.reject(new Error("full")), exists: async () => false, remove: async () => undefined };
    await expect(marked({ adapter, clock: new ManualClock(), logger: silentLogger }, "a.canvas", work)).rejects.toThrow("full");
    expect(work).not.toHaveBeenCalled();
  });
});
