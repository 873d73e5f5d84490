import { describe, expect, it } from "vitest";
import { limitOf, readDomainLimits } from "../../../../src/engine/batch/policy/domainLimits";

function limits(value: unknown): unknown {
  const read = readDomainLimits(value);
  return read.kind === "limits" ? read.limits : read.message;
}

describe("limits of domains", () => {
  it("are read as written, and what is left out does not limit", () => {
    expect(limits({ neo4j: { concurrency: 4, rps: 2.5, burst: 8 }, "api.example.com": {} })).toEqual({
      neo4j: { concurrency: 4, rps: 2.5, burst: 8 },
      "api.example.com": { concurrency: 50, rps: null, burst: 1 },
    });
  });

  it("take one second's worth of the rate for a burst that is left out", () => {
    expect(limits({ a: { rps: 2.5 }, b: { rps: 0.1 } })).toMatchObject({ a: { burst: 3 }, b: { burst: 1 } });
  });

  it.each([
    [null, "limits must be an object with one entry for each domain"],
    [[], "limits must be an object with one entry for each domain"],
    [{ neo4j: 4 }, "the limits of neo4j must be an object with concurrency, rps, burst"],
    [{ " ": {} }, "a domain needs a name"],
    [{ neo4j: { concurrency: 0 } }, "expected concurrency of neo4j to be a whole number from 1 to 50, got 0"],
    [{ neo4j: { concurrency: 1.5 } }, "expected concurrency of neo4j to be a whole number from 1 to 50, got 1.5"],
    [{ neo4j: { rps: 0 } }, "expected rps of neo4j to be a number from 0.01 to 1000, got 0"],
    [{ neo4j: { rps: Number.NaN } }, "expected rps of neo4j to be a number from 0.01 to 1000, got NaN"],
    [{ neo4j: { rps: "5" } }, 'expected rps of neo4j to be a number from 0.01 to 1000, got "5"'],
    [{ neo4j: { rps: 5, burst: 2_000 } }, "expected burst of neo4j to be a whole number from 1 to 1000, got 2000"],
    [{ neo4j: { burst: 5 } }, "the burst of neo4j needs an rps beside it"],
    [{ neo4j: { rsp: 5 } }, "neo4j has no limit rsp; the limits are concurrency, rps, burst"],
  ])("of %j are refused", (value, message) => {
    expect(limits(value)).toBe(message);
  });

  it("are found for domains that are named, whatever their name", () => {
    const written: unknown = JSON.parse('{"__proto__": {"concurrency": 3}}');
    const read = readDomainLimits(written);
    const found = read.kind === "limits" ? read.limits : {};
    expect(limitOf(found, "__proto__")?.concurrency).toBe(3);
    expect(limitOf(found, "constructor")).toBeNull();
    expect(limitOf({}, "__proto__")).toBeNull();
  });
});
