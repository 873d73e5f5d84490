import { describe, expect, it } from "vitest";
import type { Engine, RecordBatchResult } from "../../../src/engine/index";
import { allEvents, canvas, EngineWorld } from "./engineWorld";

const score = (value: number, timestamp?: number): object => ({
  type: "score_submitted",
  canvas: "a.canvas",
  node: "n1",
  score: value,
  ...(timestamp === undefined ? {} : { timestamp }),
});

async function openWorld(): Promise<{ world: EngineWorld; engine: Engine }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n1", text: "# Cells" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  return { world, engine };
}

async function scores(engine: Engine): Promise<number> {
  return (await allEvents(engine)).filter((event) => event.type === "score_submitted").length;
}

describe("the same event told twice at once", () => {
  const same = score(80, 1_700_000_000_000);

  it("is acknowledged to nobody before it is durable", async () => {
    const { engine, world } = await openWorld();
    world.folder.hold();
    const answers: string[] = [];
    const calls = [engine.record(same), engine.record(same)].map(async (call) => void answers.push((await call).status));
    await world.clock.flush();
    expect(answers).toEqual([]);
    world.folder.release();
    await Promise.all(calls);
    expect(answers.sort()).toEqual(["accepted", "duplicate"]);
    expect(await scores(engine)).toBe(1);
    expect(engine.status().stats.journal.duplicates).toBe(1);
  });

  it("is acknowledged to nobody when it is lost", async () => {
    const { engine, world } = await openWorld();
    world.folder.hold();
    const calls = [engine.record(same), engine.recordBatch([same]), engine.recordBatch([score(1), same])];
    const answers = Promise.allSettled(calls);
    await world.clock.flush();
    world.folder.refusing = "full";
    world.folder.release();
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    world.folder.refusing = null;
    expect(await scores(engine)).toBe(0);
    expect(engine.status().stats.journal.duplicates).toBe(0);
    expect(await engine.record(same)).toMatchObject({ status: "accepted" });
    expect(await engine.record(same)).toMatchObject({ status: "duplicate" });
  });
});

describe("a batch on a disk that fills up", () => {
  const many = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ ...score(index % 100), remark: `r${index}` }));
  const statuses = ({ results }: RecordBatchResult): string[] => [...new Set(results.map(({ status }) => status))];

  it("says of each item whether it is journaled, so that a retry of the others doubles nothing", async () => {
    const { engine, world } = await openWorld();
    const items = [...many(250), { type: "nonsense" }];
    world.folder.passNext();
    world.folder.tearNext(0, "full");
    const result = await engine.recordBatch(items);
    expect(result).toMatchObject({ requested: 251, succeeded: 50, failed: 201, duplicate: 0, deferred: 0 });
    expect(result.results.slice(0, 50).every(({ status }) => status === "accepted")).toBe(true);
    expect(result.results[50]).toEqual({
      index: 50,
      id: null,
      status: "failed",
      error: { code: "journal_full", message: expect.stringContaining("full") as string, retryable: true },
    });
    expect(result.results[249]?.error?.code).toBe("journal_full");
    expect(result.results[250]).toMatchObject({ status: "invalid", error: { retryable: false } });
    expect(engine.status().stats.journal.invalid).toBe(1);
    expect(await scores(engine)).toBe(50);
    await world.clock.advance(10);
    const again = await engine.recordBatch(items.filter((_, index) => result.results[index]?.error?.retryable === true));
    expect(again).toMatchObject({ requested: 200, succeeded: 200, failed: 0 });
    expect(await scores(engine)).toBe(250);
  });

  it("waits for the stores with what is journaled", async () => {
    const { engine, world } = await openWorld();
    world.folder.passNext();
    world.folder.tearNext(0, "denied");
    const result = await engine.recordBatch(many(150), { settled: true });
    expect(result).toMatchObject({ requested: 150, succeeded: 50, failed: 100 });
    expect(statuses(result)).toEqual(["succeeded", "failed"]);
    expect(result.results.at(-1)?.error?.code).toBe("journal_denied");
  });

  it("rejects while nothing of it is journaled, whatever was refused or known before", async () => {
    const { engine, world } = await openWorld();
    const known = score(80, 1_700_000_000_000);
    await engine.record(known);
    world.folder.refusing = "full";
    const items = [...Array.from({ length: 100 }, () => known), ...Array.from({ length: 100 }, () => 7), score(1)];
    await expect(engine.recordBatch(items)).rejects.toMatchObject({ name: "StorageError", fault: "full" });
    world.folder.refusing = null;
    expect(await scores(engine)).toBe(1);
  });
});

describe("an item whose canvas cannot be read now", () => {
  it("fails alone", async () => {
    const { world } = await openWorld();
    const engine = await world.reopen();
    world.folder.unreadable = "other";
    const result = await engine.recordBatch([score(1), { type: "score_submitted", note: "n.md", score: 5 }]);
    world.folder.unreadable = null;
    expect(result.results).toMatchObject([
      { status: "failed", id: null, error: { code: "graph_unreadable", retryable: true } },
      { status: "accepted" },
    ]);
    expect(await scores(engine)).toBe(1);
  });
});
