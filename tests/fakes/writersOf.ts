import type { CanvasPatch } from "../../src/engine/canvas/patch";
import type { CanvasWriter } from "../../src/engine/canvas/writer";
import type { WritersVault } from "../contracts/canvasWriters";

/** What many callers of one writer do. */
export function writersOf(writer: CanvasWriter): Pick<WritersVault, "write" | "writeAndThrow" | "locks"> {
  return {
    write: async (path, patches: readonly CanvasPatch[]) => {
      const kinds: Awaited<ReturnType<WritersVault["write"]>>[number][] = [];
      for (const patch of patches) kinds.push((await writer.mutate(path, patch)).kind);
      return kinds;
    },
    writeAndThrow: (path) => {
      const thrown = writer.change(path, () => {
        throw new Error("no");
      });
      return thrown.then(() => "nothing was thrown", (error: Error) => error.message);
    },
    locks: async () => writer.locks,
  };
}
