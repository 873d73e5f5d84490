import {
  createNeo4jGraphStore,
  type Neo4jGraphStore,
  type Neo4jOptions,
} from "../../src/adapters/neo4j/neo4jGraphStore";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { createSystemRandom } from "../../src/adapters/system/systemRandom";
import { defaultPrivacy } from "../../src/engine/index";
import type { TestServer } from "./testServer";

/** The machine's own time: these tests wait for a real server, never for a given number of milliseconds. */
export const realClock = createSystemClock();

/** A store on the test server, not yet connected. */
export function openStore(server: TestServer, vault: string, changes: Partial<Neo4jOptions> = {}): Neo4jGraphStore {
  return createNeo4jGraphStore({
    uri: server.uri,
    user: server.user,
    password: server.password,
    database: "neo4j",
    vault,
    privacy: defaultPrivacy,
    concurrency: 10,
    clock: realClock,
    random: createSystemRandom(),
    // A busy test machine may be slow; tests about deadlines set their own.
    deadlineMs: 120_000,
    limits: { connectMs: 60_000, acquireMs: 60_000 },
    ...changes,
  });
}
