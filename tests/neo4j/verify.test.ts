import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { createSystemRandom } from "../../src/adapters/system/systemRandom";
import type { Clock } from "../../src/engine/index";
import { canvas } from "../engine/flow/engineWorld";
import { verifyWorld, type VerifyWorld } from "../engine/flow/tasks/verify/verifyWorld";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { vaultHash } from "./vaultSnapshot";

const server = await testServer();
const NONE = { missing: {}, older: {}, unlinked: {}, extra: {}, newer: {} };
/** For a slow machine: nothing waits this long. */
const LONG_MS = 120_000;

describe.skipIf(server === null)("comparing a vault with a real database", () => {
  if (server === null) return;
  const cypher = openCypher(server);
  const vault = randomUUID();
  const report = { scope: "store", repair: false };
  let world: VerifyWorld<Clock>;

  beforeAll(async () => {
    world = await verifyWorld({ clock: createSystemClock(), random: createSystemRandom(), vaultId: vault });
    const cards = Array.from({ length: 40 }, (_, index) => ({ id: `n${index}` }));
    const edges = Array.from({ length: 20 }, (_, index) => [`e${index}`, `n${index}`, `n${index + 1}`] as const);
    for (const name of ["a", "b", "c"]) {
      world.files.canvas(`${name}.canvas`, canvas(cards, [...edges, ["lost", "n0", "nowhere"]]), Date.UTC(2026, 0, 1));
      await world.capture(`${name}.canvas`);
    }
    world.files.canvas("c.canvas", canvas(cards.slice(5), edges.slice(5)), Date.UTC(2026, 0, 2));
    await world.capture("c.canvas");
    await world.record([
      { type: "score_submitted", note: "n.md", score: 50 },
      { type: "score_submitted", concept: "limits", score: 70 },
      { type: "review_rated", canvas: "a.canvas", node: "n1", rating: 3 },
    ]);
    await world.use(openStore(server, vault));
    expect(await world.delivery.drain(LONG_MS)).toBe(true);
  }, LONG_MS);

  afterAll(async () => {
    await world.delivery.stop(0);
    await cypher.close();
  });

  const idOf = (path: string): string => world.graph.canvasByPath(path)?.id ?? "";

  async function repaired(): Promise<void> {
    await world.verify({ scope: "store", repair: true });
    expect(await world.delivery.drain(LONG_MS)).toBe(true);
    expect((await world.verify(report)).store).toMatchObject({ ...NONE, differences: 0, waiting: 0, pending: 0, lines: [] });
  }

  test("finds nothing in what was just sent", async () => {
    const found = await world.verify({ scope: "all", repair: false });
    expect(found.files).toMatchObject({ compared: 3, differences: 0 });
    expect(found.store).toMatchObject({ ...NONE, differences: 0, waiting: 0, events: (await world.events()).length });
  }, LONG_MS);

  test("names exactly the nodes that were deleted behind its back, and brings them back with their ties", async () => {
    const before = await vaultHash(cypher, vault);
    const a = idOf("a.canvas");
    await cypher.run("MATCH (n:CanvasNode {canvas: $a}) WHERE n.id IN ['n1', 'n30', 'n39'] DETACH DELETE n", { a });
    const { store: found } = await world.verify(report);
    // n1 lies on two edges and has a second event; all their events lost what they are about.
    expect(found).toMatchObject({ ...NONE, missing: { node: 3, edge: 2 }, unlinked: { event: 4 }, differences: 9 });
    expect(found?.lines.slice(0, 5)).toEqual([
      ...["n1", "n30", "n39"].map((id) => `node "${id}" on canvas "a.canvas": not in the store`),
      ...["e0", "e1"].map((id) => `edge "${id}" on canvas "a.canvas": not in the store`),
    ]);
    await repaired();
    expect(await vaultHash(cypher, vault)).toEqual(before);
  }, LONG_MS);

  test("brings back rows of every kind, an older one, and ties that were cut", async () => {
    const before = await vaultHash(cypher, vault);
    const [a, b, c] = ["a", "b", "c"].map((name) => idOf(`${name}.canvas`));
    await cypher.run("MATCH (x:Canvas {uid: $b}) DETACH DELETE x", { b });
    await cypher.run("MATCH (x:Note {vault: $vault}) DETACH DELETE x", { vault });
    await cypher.run("MATCH (x:Concept {vault: $vault}) DETACH DELETE x", { vault });
    await cypher.run("MATCH ()-[x:CONNECTS_TO {uid: $uid}]->() DELETE x", { uid: `${a}#e7` });
    await cypher.run("MATCH (x:LearningEvent {vault: $vault, canvas: $c}) WITH x ORDER BY x.id LIMIT 7 DETACH DELETE x", { vault, c });
    await cypher.run("MATCH (:Canvas)-[r:HAS_NODE]->(:CanvasNode {uid: $uid}) DELETE r", { uid: `${c}#n9` });
    await cypher.run("MATCH (x:CanvasNode {uid: $uid}) SET x.text = 'old', x.hlc = left(x.hlc, 20)", { uid: `${a}#n2` });
    const { store: found } = await world.verify(report);
    expect(found).toMatchObject({ missing: { canvas: 1, note: 1, concept: 1, edge: 1, event: 7 }, older: { node: 1 }, extra: {}, newer: {} });
    expect(found?.unlinked).toMatchObject({ node: 41 });
    await repaired();
    expect(await vaultHash(cypher, vault)).toEqual(before);
  }, LONG_MS);

  test("tells of rows that no journal knows and leaves them alone", async () => {
    const uid = `${idOf("a.canvas")}#foreign`;
    await cypher.run("CREATE (:CanvasNode {uid: $uid, vault: $vault, canvas: $canvas, id: 'foreign', hlc: '0000000000001-000000-x'})", { uid, vault, canvas: idOf("a.canvas") });
    expect((await world.verify({ scope: "store", repair: true })).store).toMatchObject({ ...NONE, extra: { node: 1 }, resent: 0 });
    expect(await cypher.run("MATCH (x:CanvasNode {uid: $uid}) DELETE x RETURN count(*) AS gone", { uid })).toEqual([{ gone: 1 }]);
  }, LONG_MS);
});
