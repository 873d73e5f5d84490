import fc from "fast-check";
import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";
import type { JsonValue } from "../../../src/engine/kernel/json";

const text = fc.string({ unit: "binary", maxLength: 12 });
/** Few ids, so that two canvases share some. */
const id = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "1", "2", "__proto__", "constructor", "");
const oddKey = fc.constantFrom(
  "__proto__",
  "10",
  "2",
  "constructor",
  "styleAttributes",
  "ключ",
  'quo"te',
  "back\\slash",
  "",
);
const nested = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;

const known = fc.record(
  {
    type: fc.constantFrom("text", "file", "link", "group", "unheard-of"),
    text,
    x: fc.integer({ min: -9, max: 9 }),
    y: fc.double({ min: -9, max: 9, noNaN: true }),
    width: fc.constantFrom(10, 20),
    height: fc.constantFrom(10, 20),
    color: fc.constantFrom("1", "6", "#a1b2c3", null),
  },
  { requiredKeys: [] },
);

const entry = (entryId: string): fc.Arbitrary<CanvasEntry> =>
  fc.tuple(known, fc.array(fc.tuple(oddKey, nested), { maxLength: 2 }), fc.boolean()).map(([keys, odd, idFirst]) => {
    const members: [string, JsonValue][] = [...Object.entries(keys), ...odd];
    const all: [string, JsonValue][] = idFirst ? [["id", entryId], ...members] : [...members, ["id", entryId]];
    return Object.fromEntries(all) as CanvasEntry;
  });

const entries: fc.Arbitrary<readonly CanvasEntry[]> = fc
  .uniqueArray(id, { maxLength: 8 })
  .chain((ids) => fc.tuple(...ids.map(entry)));

export const canvasDocument: fc.Arbitrary<CanvasDocument> = fc.record({ nodes: entries, edges: entries });

/** A document and the same entries in another order. */
export const shuffledPair: fc.Arbitrary<readonly [CanvasDocument, CanvasDocument]> = canvasDocument.chain((document) =>
  fc
    .record({
      nodes: fc.shuffledSubarray([...document.nodes], { minLength: document.nodes.length }),
      edges: fc.shuffledSubarray([...document.edges], { minLength: document.edges.length }),
    })
    .map((shuffled) => [document, shuffled] as const),
);
