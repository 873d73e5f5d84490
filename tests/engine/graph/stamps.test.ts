import { describe, expect, it } from "vitest";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { coveredBy, openGraph } from "./graphSetup";
import { canvasCreated } from "./madeEvents";

describe("stamps", () => {
  it("are kept by a checkpoint and gone when forgotten", async () => {
    const folder = new MemoryDataFolder();
    const graph = await openGraph({ folder });
    await graph.apply([canvasCreated(1)]);
    graph.setStamp("__proto__", { mtime: 1.5, size: 2, hash: "h" });
    graph.setStamp("b", { mtime: 1, size: 2, hash: "h" });
    expect(await graph.checkpoint(coveredBy([canvasCreated(1)]))).toEqual({ written: 2 });
    graph.setStamp("b", { mtime: 1, size: 2, hash: "h" });
    expect(await graph.checkpoint(graph.covered)).toEqual({ written: 0 });
    graph.forgetStamp("b");
    expect(await graph.checkpoint(graph.covered)).toEqual({ written: 1 });
    const again = await openGraph({ folder });
    expect([again.stamp("__proto__"), again.stamp("b")]).toEqual([{ mtime: 1.5, size: 2, hash: "h" }, null]);
  });
});
