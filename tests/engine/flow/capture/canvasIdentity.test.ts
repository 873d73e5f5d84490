import { describe, expect, it } from "vitest";
import { newCanvasId } from "../../../../src/engine/flow/capture/canvasIdentity";
import { mintCanvasId } from "../../../../src/engine/learning/ids";
import { testHasher } from "../../../fakes/testHasher";
import { openGraph } from "../../graph/graphSetup";
import { VAULT } from "../engineWorld";

const LAST_TIME = 8.64e15;

type Summary = NonNullable<ReturnType<Awaited<ReturnType<typeof openGraph>>["canvasById"]>>;

/** A graph in which these ids belong to living canvases elsewhere. */
function holding(ids: readonly string[]) {
  const holder = { live: true, path: "elsewhere.canvas" } as Summary;
  return { vault: VAULT, hasher: testHasher, graph: { canvasById: (id: string) => (ids.includes(id) ? holder : null) } };
}

describe("the identity of a new canvas", () => {
  const idAt = (time: number): string => mintCanvasId(testHasher, VAULT, "a.canvas", time);

  it("is of the first time from the file's on that no canvas elsewhere has", () => {
    expect(newCanvasId(holding([]), "a.canvas", 7)).toBe(idAt(7));
    expect(newCanvasId(holding([idAt(7), idAt(8)]), "a.canvas", 7)).toBe(idAt(9));
  });

  it("is found also at the last time that there is", () => {
    expect(newCanvasId(holding([idAt(LAST_TIME)]), "a.canvas", Number.MAX_VALUE)).toBe(idAt(LAST_TIME));
  });
});
