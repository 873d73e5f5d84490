import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineBatches } from "../../../src/engine/journal/lineBatches";
import { utf8Length } from "../../../src/engine/kernel/utf8Length";
import { collected } from "./journalSetting";

async function* chunksOf(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

describe("lines of a stream", () => {
  it("are those of the whole text, however it is cut into chunks", async () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "ä"), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (chunks) => {
        const batches = await collected(lineBatches(chunksOf(chunks)));
        const expected = chunks.join("").split("\n");
        expect(batches.flatMap(({ lines }) => [...lines])).toEqual(expected.slice(0, -1));
        expect(batches.map(({ rest }) => rest)).toEqual([...batches.slice(1).map(() => null), expected.at(-1)]);
      }),
    );
  });
});

describe("the length in UTF-8", () => {
  it("is that of the bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
    expect(utf8Length("a\ud800b\udc00€😀")).toBe(Buffer.byteLength("a\ud800b\udc00€😀"));
  });
});
