import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import type { StoreBatch } from "../../src/engine/index";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, hlc, nodeRow, noteRow } from "../contracts/graphRows";
import { shuffled } from "./batches";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { readVault } from "./vaultSnapshot";
import { writeAll } from "./writers";

const server = await testServer();

describe.skipIf(server === null)("16 writers at once on the same few entities", () => {
  if (server === null) return;
  const cypher = openCypher(server);
  const clocks = 40;
  const canvases = ["c0", "c1", "c2"];

  afterAll(() => cypher.close());

  /** One batch for each clock; its text is its clock, so that what the last writer said can be told from the rest. */
  function batchAt(vault: string, tick: number): StoreBatch {
    const clock = { hlc: hlc(tick) };
    const uid = (name: string): string => `${vault}/${name}`;
    return batchOf(vault, {
      canvases: canvases.map((name) => canvasRow(vault, uid(name), { title: String(tick), ...clock })),
      nodes: canvases.map((name) => nodeRow(vault, uid(name), "n", { text: String(tick), ...clock })),
      edges: canvases.map((name) =>
        edgeRow(vault, uid(name), "e", ["n", `n${tick % 4}`], { label: String(tick), ...clock }),
      ),
      notes: ["a", "b", "c"].map((name) => noteRow(vault, name, { score: tick, ...clock })),
      concepts: ["x", "y", "z"].map((name) => conceptRow(vault, name, { score: tick, ...clock })),
      events: canvases.flatMap((name) => [
        eventRow(vault, `${uid(name)}/${tick}`, `${uid(name)}#n`, { canvas: uid(name), ...clock }),
        // The same event in two neighbouring batches: two devices may send one event at the same time.
        eventRow(vault, `${uid(name)}/${tick - 1}`, `${uid(name)}#n`, { canvas: uid(name), hlc: hlc(tick - 1) }),
      ]),
    });
  }

  test("lose no update, make no duplicate and never deadlock", { timeout: 300_000 }, async () => {
    const vault = randomUUID();
    const store = openStore(server, vault, { concurrency: 16 });
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    const batches = Array.from({ length: clocks }, (_, index) => batchAt(vault, index + 1));
    const failures = await writeAll(store, shuffled([...batches, ...batches], 7), 16);
    await store.close();

    expect(failures).toEqual([]);
    const kept = await readVault(cypher, vault);
    const { canvases: last, nodes, edges, notes, concepts } = batchAt(vault, clocks);
    expect(kept).toMatchObject({ canvases: last, nodes, edges, notes, concepts });
    expect(kept.events).toHaveLength(canvases.length * (clocks + 1));
    const relationships = await cypher.run(
      "MATCH ({vault: $vault})-[x]->() RETURN type(x) AS type, count(*) AS count",
      { vault },
    );
    expect(new Map(relationships.map(({ type, count }) => [type, count]))).toEqual(
      // Each canvas has its node and the four ends that its edge had in turn.
      new Map([
        ["HAS_NODE", canvases.length * 5],
        ["CONNECTS_TO", canvases.length],
        ["ON", canvases.length * (clocks + 1)],
      ]),
    );
  });
});
