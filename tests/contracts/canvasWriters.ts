import { describe, expect, it } from "vitest";
import type { CanvasPatch } from "../../src/engine/canvas/patch";
import type { MutateResult } from "../../src/engine/canvas/writer";

/** One vault for one test, with a writer of its canvases. */
export interface WritersVault {
  /** Writes files as another program would, making folders as needed. */
  readonly put: (texts: Readonly<Record<string, string>>) => Promise<void>;
  readonly peek: (path: string) => Promise<string | null>;
  /** Carries patches out one after another; resolves with what became of each. */
  readonly write: (path: string, patches: readonly CanvasPatch[]) => Promise<readonly MutateResult["kind"][]>;
  /** Resolves with the message of the error of a writer that throws in the middle of its work. */
  readonly writeAndThrow: (path: string) => Promise<string>;
  /** Locks that the writer holds now. */
  readonly locks: () => Promise<number>;
  /**
   * Two patches at once through a writer that uses the host's plain reading and writing: both have read before one of
   * them writes, unless a lock keeps the second out.
   */
  readonly writeBoth: (lock: "keyed" | "none", path: string, patches: readonly [CanvasPatch, CanvasPatch]) => Promise<void>;
}

const path = "folder/a.canvas";
const empty = '{\n\t"nodes":[],\n\t"edges":[]\n}';

function canvasOf(...ids: readonly string[]): string {
  return JSON.stringify({ nodes: ids.map(node), edges: [] });
}

function node(id: string): { readonly id: string; readonly type: string } & Readonly<Record<string, string | number>> {
  return { id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10 };
}

function adding(id: string): CanvasPatch {
  return [{ kind: "add-node", node: node(id) }];
}

function idsIn(text: string | null): readonly string[] {
  return (JSON.parse(text ?? "{}") as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
}

/** What holds for writers of canvases on every host. `open` gives an empty vault for each test. */
export function canvasWritersContract(name: string, open: () => Promise<WritersVault>, timeout = 240_000): void {
  describe(`writers of canvases: ${name}`, { timeout }, () => {
    it("put 10 × 100 nodes on one canvas, each writer's in order", async () => {
      const { put, peek, write, locks } = await open();
      await put({ [path]: empty });
      const idsOf = (who: number): string[] => Array.from({ length: 100 }, (_, at) => `${who}-${at}`);
      const done = await Promise.all(Array.from({ length: 10 }, (_, who) => write(path, idsOf(who).map(adding))));
      expect(new Set(done.flat())).toEqual(new Set(["written"]));
      const ids = idsIn(await peek(path));
      expect(ids).toHaveLength(1000);
      for (let who = 0; who < 10; who += 1) expect(ids.filter((id) => id.startsWith(`${who}-`))).toEqual(idsOf(who));
      expect(await locks()).toBe(0);
    });

    it("write 100 canvases at once", async () => {
      const { put, peek, write, locks } = await open();
      const paths = Array.from({ length: 100 }, (_, at) => `folder/${at}.canvas`);
      await put(Object.fromEntries(paths.map((one) => [one, empty])));
      await Promise.all(paths.map((one) => write(one, [adding("a"), adding("b")])));
      for (const one of paths) expect([one, idsIn(await peek(one))]).toEqual([one, ["a", "b"]]);
      expect(await locks()).toBe(0);
    });

    it("let go of the lock when one throws, and serve the next", async () => {
      const { put, peek, write, writeAndThrow, locks } = await open();
      await put({ [path]: empty });
      const [message, next] = await Promise.all([writeAndThrow(path), write(path, [adding("next")])]);
      expect([message, next, idsIn(await peek(path)), await locks()]).toEqual(["no", ["written"], ["next"], 0]);
    });

    // T1 one reads nodes 1 and 2; T2 another reads the same; T3 the first adds node 3; T4 and writes; T5 the other adds
    // node 4; T6 and writes.
    it("lose a node of two writers that read the same, where the lock keeps nobody out", async () => {
      const { put, peek, writeBoth } = await open();
      await put({ [path]: canvasOf("1", "2") });
      await writeBoth("none", path, [adding("3"), adding("4")]);
      expect(idsIn(await peek(path))).toHaveLength(3);
    });

    it("lose nothing of the same two writers behind the lock", async () => {
      const { put, peek, writeBoth } = await open();
      await put({ [path]: canvasOf("1", "2") });
      await writeBoth("keyed", path, [adding("3"), adding("4")]);
      expect(idsIn(await peek(path))).toEqual(["1", "2", "3", "4"]);
    });
  });
}
