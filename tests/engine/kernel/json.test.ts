import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, jsonEqual, type JsonValue } from "../../../src/engine/kernel/json";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
const copy = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

describe("jsonEqual", () => {
  it("agrees with Node's deep equality", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const [a, b] = [copy(one), copy(other)];
        expect(jsonEqual(a, b)).toBe(isDeepStrictEqual(a, b));
        expect(jsonEqual(a, copy(a))).toBe(true);
      }),
    );
  });

  it.each([
    ["a list and an object", "[]", "{}"],
    ["lists of another order", "[1,2]", "[2,1]"],
    ["null and an object", "null", "{}"],
    ["an absent key and null", "{}", '{"a":null}'],
    ["other keys, as many", '{"a":null}', '{"b":null}'],
    ["a member of its own and an inherited one", '{"__proto__":{}}', '{"a":1}'],
    ["text and a number", '"1"', "1"],
    ["a changed value deep inside", '{"a":[{"b":1}]}', '{"a":[{"b":2}]}'],
  ])("tells %s apart", (_, one, other) => {
    const [a, b] = [JSON.parse(one) as JsonValue, JSON.parse(other) as JsonValue];
    expect([jsonEqual(a, b), jsonEqual(b, a)]).toEqual([false, false]);
  });

  it("takes a number that JSON cannot hold for the null that it is written as", () => {
    const read = JSON.parse('{"a":1e999,"b":[-1e999]}') as JsonValue;
    const kept = JSON.parse(JSON.stringify(read)) as JsonValue;
    expect([jsonEqual(read, kept), jsonEqual(kept, read), jsonEqual(1e300, null)]).toEqual([true, true, false]);
  });

  it("does not look at the order of keys", () => {
    expect(jsonEqual({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  });

  it("tells absent from null and equal to absent", () => {
    expect([jsonEqual(undefined, null), jsonEqual(null, undefined), jsonEqual(undefined, undefined)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("isJsonObject", () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    ["x", false],
    [1, false],
    [undefined, false],
  ])("says of %j: %s", (value, expected) => expect(isJsonObject(value)).toBe(expected));
});
