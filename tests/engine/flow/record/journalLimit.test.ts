import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine/index";
import { allEvents, canvas, EngineWorld, settings, TIMERS_AT_REST, typesOf } from "../engineWorld";

const score = (concept: string): object => ({ type: "score_submitted", concept, score: 5 });

/** A vault with one canvas, whose journal may not become larger than it is. */
async function fullWorld(): Promise<{ world: EngineWorld; engine: Engine }> {
  const world = new EngineWorld();
  world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
  const engine = await world.open();
  await engine.scan();
  engine.updateSettings({ ...settings, journalLimitBytes: 500 });
  return { world, engine };
}

describe("a journal that may not grow", () => {
  it("refuses records with a result of their own, and nothing of them is written", async () => {
    const { world, engine } = await fullWorld();
    const events = (await allEvents(engine)).length;
    const appended = world.folder.appended.length;
    const result = await engine.recordBatch([score("a"), { type: "nonsense" }, score("b")]);
    expect(result).toMatchObject({ requested: 3, succeeded: 0, failed: 3 });
    expect(result.results.map(({ id, status, error }) => [id, status, error?.code, error?.retryable])).toEqual([
      [null, "failed", "queue_full", true],
      [null, "invalid", "unknown_type", false],
      [null, "failed", "queue_full", true],
    ]);
    expect(result.results[0]?.error?.message).toContain("limit of 0.0005 MB");
    expect(await engine.submit(score("a"))).toMatchObject({ status: "failed", error: { code: "queue_full" } });
    expect(await allEvents(engine)).toHaveLength(events);
    expect(world.folder.appended).toHaveLength(appended);
  });

  it("shows that it does, and keeps the last good version of a canvas until it may grow", async () => {
    const { world, engine } = await fullWorld();
    const states: string[] = [];
    engine.onSignal((signal) => {
      if (signal.kind === "state" && signal.store === "journal") states.push(signal.state);
    });
    world.vault.canvas("a.canvas", canvas([{ id: "n", color: "1" }]), world.at(2));
    await engine.canvasChanged("a.canvas");
    await world.clock.advance(120_000);
    expect(engine.status().journal).toMatchObject({ kind: "failing", fault: "other" });
    expect(engine.notJournaled()).toEqual(["a.canvas"]);
    expect(await typesOf(engine)).not.toContain("color_changed");
    engine.updateSettings({ ...settings, journalLimitBytes: 1_000_000 });
    await world.clock.flush();
    expect(await typesOf(engine)).toContain("color_changed");
    expect(engine.status().journal).toEqual({ kind: "ok" });
    expect(engine.notJournaled()).toEqual([]);
    expect(states).toEqual(["failing", "ok"]);
    expect(await engine.record(score("a"))).toMatchObject({ status: "accepted" });
    await world.clock.advance(60_000);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });

  it("knows its size after a restart, and still takes a repeated record for one", async () => {
    const { world, engine } = await fullWorld();
    engine.updateSettings(settings);
    const item = { ...score("a"), timestamp: 1_700_000_000_000 };
    const first = await engine.record(item);
    const again = await world.reopen();
    again.updateSettings({ ...settings, journalLimitBytes: 500 });
    expect(await again.record(item)).toMatchObject({ status: "duplicate", id: first.id });
    expect(await again.record(score("b"))).toMatchObject({ status: "failed", error: { code: "queue_full" } });
  });

  it("grows without end where nobody set a limit", async () => {
    const { engine } = await fullWorld();
    engine.updateSettings(settings);
    expect(await engine.recordBatch(Array.from({ length: 50 }, (_, index) => score(`c${index}`)))).toMatchObject({ succeeded: 50 });
  });
});
