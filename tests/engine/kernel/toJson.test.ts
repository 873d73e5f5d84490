import { describe, expect, it } from "vitest";
import { toJson, toJsonObject } from "../../../src/engine/kernel/toJson";

describe("toJson", () => {
  it("keeps what JSON holds as it is", () => {
    const value = { a: [1, "x", null, true, { b: {} }], c: -0.5 };
    expect(toJson(value)).toEqual(value);
  });

  it("makes dates ISO text, and a day without a time a day", () => {
    expect(toJson([new Date("2030-01-31T00:00:00Z"), new Date("2030-01-31T12:30:00Z"), new Date("x")])).toEqual([
      "2030-01-31",
      "2030-01-31T12:30:00.000Z",
      null,
    ]);
  });

  it("makes null of what JSON cannot hold", () => {
    expect(toJson([Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, Symbol("s"), 1n])).toEqual(Array(6).fill(null));
  });

  it("keeps foreign keys without touching any prototype", () => {
    const copy = toJsonObject(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'));
    expect(Object.hasOwn(copy, "__proto__")).toBe(true);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([null, undefined, "text", 5, [1]])("gives an empty object where %j should be one", (value) => {
    expect(toJsonObject(value)).toEqual({});
  });
});
