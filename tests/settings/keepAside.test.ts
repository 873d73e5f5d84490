import { describe, expect, it } from "vitest";
import { keepAside } from "../../src/settings/keepAside";
import { MemoryDataFolder } from "../fakes/memoryDataFolder";

describe("keepAside", () => {
  it("keeps each text once, and never writes over another one", async () => {
    const folder = new MemoryDataFolder();
    expect(await keepAside(folder, "x.broken", "one")).toBe("x.broken");
    expect(await keepAside(folder, "x.broken", "two")).toBe("x.broken.2");
    expect(await keepAside(folder, "x.broken", "one")).toBe("x.broken");
    expect(await keepAside(folder, "x.broken", "")).toBe("x.broken.3");
    expect(["x.broken", "x.broken.2", "x.broken.3"].map((path) => folder.textOf(path))).toEqual(["one", "two", ""]);
  });

  it("rejects when there is no room", async () => {
    const folder = new MemoryDataFolder();
    folder.refusing = "full";
    await expect(keepAside(folder, "x.broken", "one")).rejects.toMatchObject({ fault: "full" });
  });
});
