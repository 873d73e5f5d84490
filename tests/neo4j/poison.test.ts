import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { emptyBatch, neverAborted } from "../../src/engine/index";
import type { NodeRow } from "../../src/engine/index";
import { batchOf, canvasRow, nodeRow } from "../contracts/graphRows";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { readVault } from "./vaultSnapshot";

const server = await testServer();

describe.skipIf(server === null)("one poison row among 500", () => {
  if (server === null) return;
  const cypher = openCypher(server);

  afterAll(() => cypher.close());

  const poisons = [
    { name: "a key too long for an index", row: { uid: "k".repeat(40_000) }, class: "unknown" },
    { name: "a value that no property can hold", row: { score: { nested: 1 } as unknown as number }, class: "data" },
    { name: "a value that no message can hold", row: { text: (() => "") as unknown as string }, class: "data" },
    { name: "no key at all", row: { uid: undefined as unknown as string }, class: "data" },
  ] as const;

  test.for(poisons)(
    "$name: nothing is stored, the canary works, the other 499 rows are stored",
    { timeout: 120_000 },
    async (poison) => {
      const vault = randomUUID();
      const store = openStore(server, vault);
      expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
      const canvases = [canvasRow(vault, `${vault}/c`)];
      const good = Array.from({ length: 499 }, (_, index) => nodeRow(vault, `${vault}/c`, `n${index}`));
      const bad: NodeRow = { ...nodeRow(vault, `${vault}/c`, "bad"), ...poison.row };

      const refused = await store.write(
        { ...batchOf(vault, { canvases, nodes: good }), nodes: [...good, bad] },
        neverAborted,
      );
      expect(refused).toMatchObject({ kind: "failed", class: poison.class });
      expect(JSON.stringify(refused)).not.toContain("kkk");
      expect(await readVault(cypher, vault)).toEqual(emptyBatch(vault));
      expect(await store.write(emptyBatch(vault), neverAborted)).toEqual({ kind: "stored" });
      expect(await store.write(batchOf(vault, { canvases, nodes: good }), neverAborted)).toEqual({ kind: "stored" });
      expect((await readVault(cypher, vault)).nodes).toHaveLength(499);
      await store.close();
    },
  );
});
