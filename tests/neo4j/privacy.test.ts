import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { createSystemRandom } from "../../src/adapters/system/systemRandom";
import type { Clock, PrivacyChoice } from "../../src/engine/index";
import { verifyWorld, type VerifyWorld } from "../engine/flow/tasks/verify/verifyWorld";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";

const server = await testServer();
/** For a slow machine: nothing waits this long. */
const LONG_MS = 120_000;

const file = (text: string): string =>
  JSON.stringify({
    nodes: [
      { id: "n1", type: "text", text, color: "4", x: 0, y: 0, width: 250, height: 60, styleAttributes: { secretbody: "secretbody" } },
      { id: "n2", type: "file", file: "Secretname/secretname.md", x: 9, y: 0, width: 250, height: 60 },
      { id: "n3", type: "link", url: "https://secretbody.example/?k=secretbody", x: 19, y: 0, width: 250, height: 60 },
      { id: "n4", type: "group", label: "Secretname", x: 29, y: 0, width: 250, height: 60 },
    ],
    edges: [{ id: "e1", fromNode: "n1", toNode: "n2", label: "secretname" }],
  });

describe.skipIf(server === null)("what a real database holds at each level", () => {
  if (server === null) return;
  const cypher = openCypher(server);
  const vault = randomUUID();
  let world: VerifyWorld<Clock>;

  beforeAll(async () => {
    world = await verifyWorld({ clock: createSystemClock(), random: createSystemRandom(), vaultId: vault });
    for (const [second, text] of [[1, "Secretname\nsecretbody"], [2, "Secretname 2\nsecretbody 2"]] as const) {
      world.files.canvas("Secretname.canvas", file(text), Date.UTC(2026, 0, second));
      await world.capture("Secretname.canvas");
    }
    await world.record([
      { type: "score_submitted", note: "Secretname.md", score: 50 },
      { type: "score_submitted", concept: "secretname", score: 70 },
      { type: "custom:secretname", canvas: "Secretname.canvas", node: "n1", data: { secretbody: "secretbody" } },
    ]);
  });

  afterAll(async () => {
    await world.delivery.stop(0);
    await cypher.close();
  });

  async function sentUnder(privacy: PrivacyChoice): Promise<string> {
    await world.use(openStore(server ?? { uri: "", user: "", password: "" }, vault, { privacy }));
    expect(await world.delivery.drain(LONG_MS)).toBe(true);
    expect((await world.verify({ scope: "store", repair: false })).store).toMatchObject({ differences: 0, pending: 0, dead: 0 });
    // Whatever lies there, under whichever label or type: rows, stand-ins, events and relationships.
    const nodes = await cypher.run("MATCH (x) WHERE x.vault = $vault OR x.id = $vault RETURN labels(x) AS kind, properties(x) AS all", { vault });
    const ties = await cypher.run("MATCH (a)-[x]->() WHERE a.vault = $vault RETURN type(x) AS kind, properties(x) AS all", { vault });
    expect(nodes.length).toBeGreaterThan(10);
    return JSON.stringify([nodes, ties]).toLowerCase();
  }

  test("everything, then ids and colours alone, then titles too, each after the other", async () => {
    const full = await sentUnder({ level: "full", since: 0 });
    expect(full).toContain("secretbody");
    const ids = await sentUnder({ level: "ids", since: 1 });
    expect(ids).not.toContain("secretname");
    expect(ids).not.toContain("secretbody");
    expect(ids).toContain("understood");
    const titles = await sentUnder({ level: "titles", since: 2 });
    expect(titles).toContain("secretname 2");
    expect(titles).not.toContain("secretbody");
    expect(await sentUnder({ level: "full", since: 3 })).toContain("secretbody");
  }, LONG_MS);
});
