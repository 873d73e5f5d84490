import { describe, expect, it } from "vitest";
import { canvas, EngineWorld } from "../engineWorld";

describe("the locks of files that are read", () => {
  it("are told with who holds them, for how long and after how long, and one that is kept is warned of", async () => {
    const world = new EngineWorld();
    const lines: string[] = [];
    const say = (level: string) => (line: string) => void (line.includes("lock") && lines.push(`${level} ${line}`));
    world.logger = { debug: say("debug"), warn: say("warn"), error: say("error") };
    world.vault.canvas("a.canvas", canvas([{ id: "n" }]), world.at(1));
    const engine = await world.open();
    const read = world.vault.readCanvas.bind(world.vault);
    world.vault.readCanvas = async (path) => {
      await new Promise<void>((resolve) => world.clock.after(1_500, resolve));
      return read(path);
    };
    const scanned = engine.scan();
    await world.clock.advance(10_000);
    await scanned;
    expect(lines).toEqual([
      "debug lock acquired: a.canvas by capture, waitMs 0",
      "warn lock still held after 1000 ms: a.canvas by capture",
      "debug lock released: a.canvas by capture, waitMs 0, holdMs 1500",
      "warn slow lock: a.canvas by capture, waitMs 0, holdMs 1500",
    ]);
  });
});
