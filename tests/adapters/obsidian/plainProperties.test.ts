import { describe, expect, it } from "vitest";
import { plainProperties } from "../../../src/adapters/obsidian/plainProperties";

describe("plainProperties", () => {
  it("makes dates ISO text, and a day without a time a day", () => {
    const value = { due: new Date("2030-01-31T00:00:00Z"), at: new Date("2030-01-31T12:30:00Z"), bad: new Date("x") };
    expect(plainProperties(value)).toEqual({ due: "2030-01-31", at: "2030-01-31T12:30:00.000Z", bad: null });
  });

  it("keeps plain JSON as it is, and leaves out where it stood in the file", () => {
    const value = { score: 80, tags: ["a", { b: null }], done: false, position: { start: 0 } };
    expect(plainProperties(value)).toEqual({ score: 80, tags: ["a", { b: null }], done: false });
  });

  it.each([null, undefined, "text", 5, [1]])("gives nothing for %j", (value) => {
    expect(plainProperties(value)).toEqual({});
  });

  it("keeps foreign keys without touching any prototype", () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as object;
    const plain = plainProperties(value);
    expect(Object.hasOwn(plain, "__proto__")).toBe(true);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("turns what JSON cannot hold into null", () => {
    expect(plainProperties({ a: Number.NaN, b: () => 1, c: undefined })).toEqual({ a: null, b: null, c: null });
  });
});
