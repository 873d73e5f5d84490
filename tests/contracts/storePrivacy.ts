import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connected } from "../../src/engine/graph/port";
import type { PrivacyChoice } from "../../src/engine/graph/privacyLevel";
import { emptyBatch } from "../../src/engine/graph/rows";
import { neverAborted } from "../../src/engine/kernel/signal";
import { batchOf, canvasRow, nodeRow } from "./graphRows";
import type { GraphStoreHarness } from "./graphStore";

/** What every GraphStore promises about the level under which it is written to. */
export function storePrivacyContract(name: string, setUp: () => Promise<GraphStoreHarness>): void {
  describe(`the level of what is in graph store ${name}`, () => {
    let harness: GraphStoreHarness;

    beforeAll(async () => {
      harness = await setUp();
    });

    afterAll(() => harness.close());

    async function epochUnder(vault: string, privacy: PrivacyChoice): Promise<Connected["epoch"]> {
      const store = await harness.open(vault, privacy);
      expect(store.level).toBe(privacy.level);
      const answer = await store.connect(neverAborted);
      await store.close();
      if (answer.kind === "failed") throw new Error(answer.message);
      return answer.epoch;
    }

    const filled = (vault: string): ReturnType<typeof batchOf> => {
      const canvas = canvasRow(vault, `${vault}/c`);
      return batchOf(vault, { canvases: [canvas], nodes: [nodeRow(vault, canvas.uid, "n", { text: "secret" })] });
    };

    test("everything of the vault goes when another level was chosen later, and nothing of another vault", async () => {
      const [vault, neighbour] = [crypto.randomUUID(), crypto.randomUUID()];
      const all: PrivacyChoice = { level: "full", since: 0 };
      for (const one of [vault, neighbour]) {
        const store = await harness.open(one, all);
        await store.connect(neverAborted);
        expect(await store.write(filled(one), neverAborted)).toEqual({ kind: "stored" });
        await store.close();
      }
      const before = await epochUnder(vault, all);
      const after = await epochUnder(vault, { level: "ids", since: 7 });
      expect(after).not.toBe(before);
      expect(await harness.snapshot(vault)).toEqual(emptyBatch(vault));
      expect(await harness.snapshot(neighbour)).toEqual(filled(neighbour));
      expect(await epochUnder(vault, { level: "ids", since: 7 })).toBe(after);
      expect(await epochUnder(vault, { level: "full", since: 8 })).not.toBe(after);
    });

    test("a writer of the level before writes nothing any more, and is refused until it chooses the same", async () => {
      const vault = crypto.randomUUID();
      const old = await harness.open(vault, { level: "full", since: 3 });
      await old.connect(neverAborted);
      await epochUnder(vault, { level: "ids", since: 7 });
      expect(await old.write(filled(vault), neverAborted)).toMatchObject({ kind: "failed", class: "unavailable" });
      expect(await old.connect(neverAborted)).toMatchObject({ kind: "failed", class: "config", code: "OTHER_LEVEL" });
      expect(await old.write(filled(vault), neverAborted)).toMatchObject({ kind: "failed" });
      expect(await harness.snapshot(vault)).toEqual(emptyBatch(vault));
      await old.close();
      await epochUnder(vault, { level: "ids", since: 3 });
    });

    test("where nobody has chosen, a new vault takes the level of the first", async () => {
      const vault = crypto.randomUUID();
      const epoch = await epochUnder(vault, { level: "titles", since: 0 });
      expect(await epochUnder(vault, { level: "titles", since: 0 })).toBe(epoch);
      expect(await epochUnder(vault, { level: "ids", since: 0 })).not.toBe(epoch);
    });
  });
}
