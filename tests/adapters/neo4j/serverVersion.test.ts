import { expect, test } from "vitest";
import { isSupportedServer } from "../../../src/adapters/neo4j/serverVersion";

test.for([
  ["Neo4j/5.26.30", true],
  ["Neo4j/5.23.0", true],
  ["Neo4j/5.27-aura", true],
  ["Neo4j/2025.06.1", true],
  ["Neo4j/5.22.0", false],
  ["Neo4j/4.4.40", false],
  ["Memgraph/2.0", true],
  ["", true],
] as const)("%s: %s", ([agent, supported]) => {
  expect(isSupportedServer(agent)).toBe(supported);
});
