import { describe, expect, it } from "vitest";
import { Arrivals } from "../../../../src/engine/flow/capture/arrivals";
import { ManualClock } from "../../../fakes/manualClock";
import { canvas, EngineWorld, TIMERS_AT_REST, typesOf } from "../engineWorld";

describe("a canvas that moved while its last version could not be read", () => {
  it("is paired as soon as it can be", async () => {
    const world = new EngineWorld();
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    await (await world.open()).scan();
    const engine = await world.reopen();
    world.folder.unreadable = "other";
    world.vault.move("a.canvas", "b.canvas");
    await engine.fileDeleted("a.canvas");
    await engine.canvasChanged("b.canvas");
    await world.clock.advance(5_000);
    world.folder.unreadable = null;
    world.vault.canvas("b.canvas", canvas([{ id: "n" }, { id: "m" }]), world.at(500));
    await engine.canvasChanged("b.canvas");
    await world.clock.advance(60_000);
    expect(await typesOf(engine)).toEqual(["canvas_created", "node_created", "canvas_renamed", "node_created"]);
    expect(world.clock.pending).toBe(TIMERS_AT_REST);
  });
});

describe("arrivals", () => {
  function setUp(match: () => Promise<readonly []>): { clock: ManualClock; arrivals: Arrivals; decided: string[]; troubles: string[] } {
    const clock = new ManualClock();
    const decided: string[] = [];
    const troubles: string[] = [];
    const decide = (what: string) => async (path: string): Promise<void> => void decided.push(`${what} ${path}`);
    const arrivals = new Arrivals({
      clock,
      match,
      renamed: async (from, to) => void decided.push(`renamed ${from} ${to}`),
      appeared: decide("appeared"),
      vanished: decide("vanished"),
      isVaultAway: async () => false,
      onHeld: () => decided.push("held"),
      onTrouble: (path) => void troubles.push(path),
    });
    return { clock, arrivals, decided, troubles };
  }

  it("wait longer each time while they cannot be paired", async () => {
    const { clock, arrivals, decided, troubles } = setUp(() => Promise.reject(new Error("no")));
    arrivals.appear("a.canvas");
    await clock.advance(500);
    expect(troubles).toHaveLength(1);
    await clock.advance(10 * 60_000);
    expect(troubles.length).toBeGreaterThan(20);
    expect(troubles.length).toBeLessThan(30);
    expect(decided).toEqual([]);
    expect(arrivals.waiting).toBe(1);
  });

  it("are not decided one by one when they cannot be paired, however much it is asked for", async () => {
    const { arrivals, decided, troubles } = setUp(() => Promise.reject(new Error("no")));
    arrivals.appear("a.canvas");
    arrivals.vanish("b.canvas");
    await arrivals.settle();
    expect({ decided, troubles: troubles.length, waiting: arrivals.waiting }).toEqual({ decided: [], troubles: 1, waiting: 2 });
  });

  it("plan nothing after their end, also where a pairing was under way", async () => {
    let fail = (): void => undefined;
    const { clock, arrivals, decided, troubles } = setUp(() => new Promise((_, reject) => (fail = () => reject(new Error("no")))));
    arrivals.appear("a.canvas");
    await clock.advance(500);
    arrivals.end();
    fail();
    await clock.flush();
    arrivals.appear("b.canvas");
    arrivals.vanish("c.canvas");
    await clock.advance(60_000);
    expect({ decided, troubles, waiting: arrivals.waiting, timers: clock.pending }).toEqual({ decided: [], troubles: [], waiting: 0, timers: 0 });
  });
});
