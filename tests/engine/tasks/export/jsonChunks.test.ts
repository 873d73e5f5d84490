import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/engine/kernel/json";
import { jsonChunks, jsonLines } from "../../../../src/engine/tasks/export/jsonChunks";
import { collected, streamed } from "../results/madeResults";

const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const rows = fc.array(fc.dictionary(fc.string(), json));

describe("JSON", () => {
  it("is one valid document with everything in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string().filter((key) => !["one", "two", "__proto__"].includes(key)), json), rows, rows, async (head, one, two) => {
        const lists = [{ name: "one", rows: streamed(one) }, { name: "two", rows: streamed(two) }];
        const text = (await collected(jsonChunks(head as JsonObject, lists))).join("");
        expect(JSON.parse(text)).toEqual({ ...head, one, two });
      }),
    );
  });

  it("has a row a line", async () => {
    const text = (await collected(jsonChunks({ version: 1 }, [{ name: "rows", rows: streamed([{ a: 1 }, { a: 2 }]) }, { name: "none", rows: streamed([]) }]))).join("");
    expect(text).toBe('{\n"version": 1,\n"rows": [\n{"a":1},\n{"a":2}\n],\n"none": []\n}\n');
    expect(await collected(jsonChunks({}, []))).toEqual(["{}\n"]);
  });

  it("reads one row before it gives it", async () => {
    let read = 0;
    async function* counted(): AsyncGenerator<object> {
      for (; read < 3; ) {
        await Promise.resolve();
        yield { row: (read += 1) };
      }
    }
    for await (const chunk of jsonChunks({}, [{ name: "rows", rows: counted() }])) {
      if (chunk.includes('"row":1')) expect(read).toBe(1);
    }
    expect(read).toBe(3);
  });

  it("is also one value a line", async () => {
    expect((await collected(jsonLines(streamed([{ text: "a\nb" }, { n: 1 }])))).join("")).toBe('{"text":"a\\nb"}\n{"n":1}\n');
  });
});
