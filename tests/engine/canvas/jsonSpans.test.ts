import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementSpans, memberOf, memberSpans, skipSpace } from "../../../src/engine/canvas/jsonSpans";

const space = fc.constantFrom(0, 2, "\t");
const written = fc.tuple(fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), space);

describe("jsonSpans", () => {
  it("finds every element of a list", () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), fc.constantFrom(",", " ,\r\n\t"), (values, comma) => {
        const texts = values.map(([value, indent]) => JSON.stringify(value, null, indent));
        const text = `  [ ${texts.join(comma)}\n]  `;
        const list = elementSpans(text, skipSpace(text, 0));
        expect(list.items.map(({ start, end }) => text.slice(start, end))).toEqual(texts);
        expect(text.slice(list.start, list.end)).toBe(text.trim());
      }),
    );
  });

  it("finds every member of an object", () => {
    const member = fc.tuple(fc.string({ unit: "binary" }), written);
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), fc.constantFrom(":", " :\n "), (members, colon) => {
        const texts = members.map(
          ([key, [value, indent]]) => `${JSON.stringify(key)}${colon}${JSON.stringify(value, null, indent)}`,
        );
        const text = `{\t${texts.join(", ")}}`;
        const object = memberSpans(text, 0);
        expect(object.items.map(({ start, end }) => text.slice(start, end))).toEqual(texts);
        expect(object.items.map(({ key }) => key)).toEqual(members.map(([key]) => key));
        expect(object.items.map(({ valueStart, end }) => JSON.parse(text.slice(valueStart, end)) as unknown)).toEqual(
          members.map(([, [value]]) => JSON.parse(JSON.stringify(value)) as unknown),
        );
        expect(object.end).toBe(text.length);
      }),
    );
  });

  it.each([String.raw`"\\"`, String.raw`"\""`, String.raw`"\\\""`, String.raw`"a\\\\"`, '"]"', '"[,"'])(
    "knows where %s ends",
    (string) => {
      const text = `[${string},1]`;
      expect(elementSpans(text, 0).items.map(({ start, end }) => text.slice(start, end))).toEqual([string, "1"]);
    },
  );

  it("takes the last of repeated members", () => {
    const text = '{"a":1,"b":2,"a":3}';
    expect(memberOf(memberSpans(text, 0), "a")?.valueStart).toBe(17);
    expect(memberOf(memberSpans(text, 0), "c")).toBeUndefined();
  });

  it.each(["[", "[1", "[1 2]", '["a', "[{]", "{", '{"a"1}', '{"a":', '{"a":1 "b":2}', '{"a":[}'])(
    "ends with an error on %s",
    (text) => {
      expect(() => (text.startsWith("[") ? elementSpans(text, 0) : memberSpans(text, 0))).toThrow(SyntaxError);
    },
  );
});
