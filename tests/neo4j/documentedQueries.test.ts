import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import { batchOf, canvasRow, edgeRow, eventRow, nodeRow } from "../contracts/graphRows";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";

const server = await testServer();
const page = await readFile(new URL("../../docs/neo4j.md", import.meta.url), "utf8");
const queries = [...page.matchAll(/```cypher\n([^`]+)```/g)].map((match) => match[1] ?? "");

describe.skipIf(server === null)("the queries of docs/neo4j.md", () => {
  if (server === null) return;
  const cypher = openCypher(server);
  const vault = randomUUID();

  beforeAll(async () => {
    const canvases = ["one", "two"].map((name) =>
      canvasRow(vault, `${vault}/${name}`, { path: `${vault}/${name}.canvas` }),
    );
    const levels = [{ level: "not_understood" }, { level: "understood" }];
    const concept = { concept: "Limits of sequences" };
    const nodes = canvases.flatMap(({ uid }, index) => [
      nodeRow(vault, uid, "a", { ...concept, ...levels[index] }),
      nodeRow(vault, uid, "b", concept),
    ]);
    const edges = canvases.map(({ uid }) => edgeRow(vault, uid, "e", ["a", "b"]));
    const events = canvases.map(({ uid }) =>
      eventRow(vault, `${uid}/event`, `${uid}#a`, { canvas: uid, at: Date.now() }),
    );
    const store = openStore(server, vault);
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    expect(await store.write(batchOf(vault, { canvases, nodes, edges, events }), neverAborted)).toEqual({
      kind: "stored",
    });
    await store.close();
  });

  afterAll(() => cypher.close());

  test("are found", () => expect(queries.length).toBeGreaterThanOrEqual(5));

  test.for(queries)("answers: %s", async (query) => {
    const rows = await cypher.run(query);
    expect(rows.length).toBeGreaterThan(0);
    for (const value of Object.values(rows[0] ?? {}).slice(0, 2)) expect(value).not.toBeNull();
  });
});
