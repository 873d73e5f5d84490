import { describe, expect, it } from "vitest";
import { checkUri, hasCredentials } from "../../src/settings/checkUri";

describe("checkUri", () => {
  it.each([
    "bolt://localhost:7687",
    "bolt://localhost",
    "bolt+s://db.example.org:7687",
    "neo4j://10.0.0.7:7687/",
    "NEO4J+S://abc123.databases.neo4j.io",
    "bolt://[::1]:7687",
    "neo4j://cluster.example.org?policy=eu",
    "  bolt://localhost:7687  ",
  ])("accepts %s", (uri) => {
    expect(checkUri(uri)).toBeNull();
  });

  it.each([
    ["", /such as bolt:\/\/localhost/],
    ["localhost:7687", /Start the address with bolt/],
    ["http://localhost:7474", /web page/],
    ["https://localhost:7473", /web page/],
    ["bolt://localhost:7474", /Port 7474 is Neo4j's web page/],
    ["bolt+ssc://localhost:7687", /\+ssc cannot work here/],
    ["neo4j+ssc://localhost:7687", /\+ssc cannot work here/],
    ["ftp://localhost", /Use one of bolt/],
    ["bolt://", /name of the server is missing/],
    ["bolt://:7687", /name of the server is missing/],
    ["bolt://my server:7687", /name of the server is missing/],
    ["bolt://localhost:0", /port must be a number/],
    ["bolt://localhost:99999", /port must be a number/],
    ["bolt://localhost:bolt", /port must be a number/],
    ["bolt://localhost:7687/neo4j", /database has a field of its own/],
  ])("says what to change about %s", (uri, message) => {
    expect(checkUri(uri)).toMatch(message);
  });

  it("refuses an address with credentials and does not repeat them", () => {
    const message = checkUri("bolt://neo4j:hunter22@localhost:7687");
    expect(message).toMatch(/Leave user and password out/);
    expect(message).not.toContain("hunter22");
  });
});

describe("hasCredentials", () => {
  it.each([
    ["bolt://neo4j:pw@localhost", true],
    ["bolt://neo4j@localhost", true],
    ["neo4j:pw@localhost", true],
    ["bolt://localhost:7687", false],
    ["bolt://localhost/a@b", false],
  ])("%s: %s", (uri, expected) => {
    expect(hasCredentials(uri)).toBe(expected);
  });
});
