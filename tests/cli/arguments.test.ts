import { describe, expect, it } from "vitest";
import { readArguments, UsageError } from "../../src/cli/arguments";

const read = (line: string, environment: NodeJS.ProcessEnv = {}): unknown => readArguments(line === "" ? [] : line.split(" "), environment);

describe("the command line", () => {
  it("has the defaults that the help names", () => {
    expect(read("sync vault --json")).toEqual({
      kind: "sync",
      json: true,
      host: { vault: "vault", neo4j: null, concurrency: 10, batchSize: 200, lingerMs: 100, timeoutMs: 15_000 },
    });
  });

  it("takes the store from the option, else from the environment", () => {
    const environment = { NEO4J_URI: "bolt://a:1", NEO4J_PASSWORD: "secret12", NEO4J_USERNAME: "me", NEO4J_DATABASE: "db" };
    expect(read("watch v", environment)).toMatchObject({ host: { neo4j: { uri: "bolt://a:1", user: "me", password: "secret12", database: "db" } } });
    expect(read("sync v --neo4j neo4j+s://b", environment)).toMatchObject({ host: { neo4j: { uri: "neo4j+s://b" } } });
    expect(() => read("sync v", { BATCH_NEO4J_CONCURRENCY: "99" })).toThrow("BATCH_NEO4J_CONCURRENCY must be a whole number from 1 to 50");
    expect(() => read("sync v --concurrency 0", { BATCH_NEO4J_CONCURRENCY: "4" })).toThrow("--concurrency must be");
    expect(() => read("retry v --all --json")).toThrow("retry does not take --json");
    expect(read("sync v", { BATCH_NEO4J_CONCURRENCY: "4" })).toMatchObject({ host: { concurrency: 4, neo4j: null } });
  });

  it("reads what events are asked for", () => {
    expect(read("events v --since 2026-05-01 --type color_changed --canvas a/b.canvas")).toMatchObject({
      query: { since: Date.UTC(2026, 4, 1), type: "color_changed", canvas: "a/b.canvas" },
    });
  });

  it("shows help for nothing, for help, and for one command", () => {
    expect(read("")).toEqual({ kind: "help", topic: null });
    expect(read("help sync")).toEqual({ kind: "help", topic: "sync" });
    expect(read("sync --help")).toEqual({ kind: "help", topic: "sync" });
  });

  it.each([
    ["dance v", /unknown command dance/],
    ["sync", /sync needs a vault/],
    ["sync v w", /unexpected argument w/],
    ["sync v --all", /does not take --all/],
    ["sync v --colour", /colour/],
    ["sync v --concurrency 51", /from 1 to 50/],
    ["sync v --batch-size 1.5", /whole number/],
    ["sync v --timeout soon", /--timeout/],
    ["events v --since yesterday", /ISO/],
    ["retry v", /--all/],
    ["retry v --all x", /not both/],
    ["sync v --neo4j http://a:7474", /bolt:\/\//],
    ["sync v --neo4j bolt://localhost:99999", /1 to 65535/],
    ["sync v --neo4j bolt://localhost:abc", /1 to 65535/],
    ["sync v --neo4j bolt://", /not complete/],
    ["sync v --neo4j bolt://[::1", /not complete/],
    ["sync v --neo4j bolt://h:7687?x=1", /question mark/],
    ["sync v --concurrency -1", /--concurrency must be a whole number from 1 to 50, not -1/],
    ["demo x", /unexpected argument x/],
  ])("refuses %s and says why", (line, reason) => {
    expect(() => read(line, { NEO4J_PASSWORD: "secret12" })).toThrow(UsageError);
    expect(() => read(line, { NEO4J_PASSWORD: "secret12" })).toThrow(reason);
  });

  it("names the database that cannot be used", () => {
    const environment = { NEO4J_URI: "bolt://a", NEO4J_PASSWORD: "secret12", NEO4J_DATABASE: "system" };
    expect(() => read("sync v", environment)).toThrow(/"system"/);
  });

  it("refuses an address without a password, and one that holds a password, without repeating it", () => {
    expect(() => read("sync v", { NEO4J_URI: "bolt://a" })).toThrow(/NEO4J_PASSWORD/);
    let message = "";
    try {
      read("sync v --neo4j bolt://me:hunter22@a", { NEO4J_PASSWORD: "x" });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("NEO4J_USERNAME");
    expect(message).not.toContain("hunter22");
  });
});
