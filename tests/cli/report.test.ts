import { describe, expect, it } from "vitest";
import { failures } from "../../src/cli/report";
import { emptyStats, type EngineStatus, type StoreStatus } from "../../src/engine/index";
import { emptyStoreStats } from "../../src/engine/stats/storeStats";
import { engineStatus, storeStatus } from "../fakes/engineStatus";

function withNeo4j(neo4j: Partial<StoreStatus>, state: "connecting" | "ok" = "ok"): EngineStatus {
  const stats = { ...emptyStats, stores: new Map([["neo4j", { ...emptyStoreStats, state }]]) };
  return engineStatus({ stores: { local: storeStatus(), neo4j: storeStatus(neo4j) }, stats });
}

describe("what keeps a command from status 0", () => {
  it("is nothing when everything is where it belongs", () => {
    expect(failures(withNeo4j({ sent: 3 }), 0)).toEqual([]);
  });

  it("tells a store that needs time from one that is away", () => {
    const [still = ""] = failures(withNeo4j({ state: "pending", pending: 1_200 }), 0);
    expect(still).toContain("1200 events wait for Neo4j, which is still taking them");
    expect(still).toMatch(/Run sync again.*--timeout/);
    expect(failures(withNeo4j({ state: "pending", pending: 1 }, "connecting"), 0)[0]).toContain("1 event waits for Neo4j, which has not answered yet");
    expect(failures(withNeo4j({ state: "unavailable", pending: 2, message: "It is away." }), 0)).toEqual([
      "2 events wait for Neo4j (unavailable): It is away; safe in the journal",
    ]);
  });

  it("says where the command line has user and password from", () => {
    const lines = failures(withNeo4j({ state: "auth", pending: 1, message: "Neo4j refused the user name or password." }), 0);
    expect(lines.at(-1)).toContain("NEO4J_USERNAME and NEO4J_PASSWORD");
  });

  it("names files as files and folders as folders", () => {
    const problem = (path: string) => ({ path, line: null, column: null, reason: "no permission to read it" });
    expect(failures(engineStatus({ problems: [problem("a.canvas")] }), 1)).toEqual(["1 file is unreadable"]);
    expect(failures(engineStatus({ problems: [problem("secret")] }), 1)).toEqual(["1 file or folder is unreadable"]);
    expect(failures(engineStatus({ problems: [problem("a"), problem("b.md")] }), 2)).toEqual(["2 files or folders are unreadable"]);
  });
});
