import { expect, test } from "vitest";
import { parseAddress } from "../../../src/adapters/neo4j/address";

test.for([
  ["bolt://localhost", "bolt://localhost:7687/neo4j", false],
  ["  bolt://LocalHost:7688/ ", "bolt://localhost:7688/neo4j", false],
  ["BOLT://127.0.0.1:7687", "bolt://127.0.0.1:7687/neo4j", false],
  ["neo4j+s://abc.databases.neo4j.io", "neo4j+s://abc.databases.neo4j.io:7687/neo4j", true],
  ["bolt+ssc://h:1", "bolt+ssc://h:1/neo4j", true],
  ["neo4j://h:7687?policy=eu", "neo4j://h:7687/neo4j", false],
  ["bolt://[::1]:7687", "bolt://[::1]:7687/neo4j", false],
  ["bolt://[fe80::1%25eth0]", "bolt://[fe80::1%25eth0]:7687/neo4j", false],
] as const)("%s is shown as %s", ([uri, text, encrypted]) => {
  expect(parseAddress(uri, "neo4j")).toMatchObject({
    kind: "address",
    address: { text, encrypted, database: "neo4j" },
  });
});

test.for([
  ["BOLT://LocalHost:7688/some/path#here", "bolt://LocalHost:7688"],
  ["neo4j://h?policy=eu&region=west", "neo4j://h:7687?policy=eu&region=west"],
  ["bolt://[::1]", "bolt://[::1]:7687"],
  ["bolt://h?", "bolt://h:7687"],
] as const)("%s reaches the driver as %s", ([uri, given]) => {
  expect(parseAddress(uri, "neo4j")).toMatchObject({ address: { uri: given } });
});

test.for([
  ["http://localhost:7474", "http"],
  ["HTTPS://localhost", "http"],
  ["localhost", "scheme"],
  ["localhost:7687", "scheme"],
  ["", "scheme"],
  ["file:///etc/passwd", "scheme"],
  ["bolt:localhost", "scheme"],
  ["bolt://", "address"],
  ["bolt:///neo4j", "address"],
  ["bolt://:7687", "address"],
  ["bolt://host:port", "port"],
  ["bolt://localhost:99999", "port"],
  ["bolt://localhost:0", "port"],
  ["bolt://h:", "port"],
  ["bolt://[::1", "address"],
  ["bolt://h:7687?x=1", "parameters"],
  ["neo4j://h?x", "parameters"],
  ["bolt://a b", "address"],
  ["bolt://::1", "address"],
  ["bolt://me:secret@host", "credentials-in-address"],
  ["bolt://me@host", "credentials-in-address"],
] as const)("%s is refused: %s", ([uri, reason]) => {
  expect(parseAddress(uri, "neo4j")).toEqual({ kind: "refused", reason, address: null });
});

test("the system database is refused by its name", () => {
  expect(parseAddress("bolt://localhost", "system")).toMatchObject({
    kind: "refused",
    reason: "database",
    address: { database: "system" },
  });
});
