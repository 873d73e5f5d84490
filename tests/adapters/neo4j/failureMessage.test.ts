import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/adapters/neo4j/address";
import { failureMessage } from "../../../src/adapters/neo4j/failureMessage";
import { classOfReason, type FailureReason } from "../../../src/adapters/neo4j/failureReason";

const reasons = Object.keys(classOfReason) as FailureReason[];

function addressOf(uri: string) {
  const parsed = parseAddress(uri, "study");
  if (parsed.kind === "refused") throw new Error(`refused ${uri}`);
  return parsed.address;
}

describe.each(reasons)("the message of %s", (reason) => {
  test.for([null, addressOf("bolt://localhost"), addressOf("neo4j+s://h:7473?key=s3cret")])(
    "is whole sentences",
    (address) => {
      const message = failureMessage(reason, address);
      expect(message).toMatch(/^[A-Z"].*[.?]$/);
      expect(message).not.toMatch(/undefined|null|\[object|s3cret/);
    },
  );
});

test("gives no advice that only one of the hosts can follow", () => {
  for (const reason of reasons) expect(failureMessage(reason, null)).not.toContain("in the settings");
});

test("names the address, the database and the likely mistake", () => {
  expect(failureMessage("away", addressOf("bolt://localhost:7474"))).toContain(
    "Port 7474 is usually the HTTP interface",
  );
  expect(failureMessage("away", addressOf("bolt://localhost"))).toContain("neo4j+s");
  expect(failureMessage("away", addressOf("neo4j+s://localhost"))).toContain("certificate");
  expect(failureMessage("database", addressOf("bolt://localhost"))).toContain('"study"');
});
