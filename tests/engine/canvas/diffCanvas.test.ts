import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDiff } from "./applyDiff";
import { diffCanvas } from "../../../src/engine/canvas/diffCanvas";
import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";
import { canonicalJson } from "../../../src/engine/kernel/canonicalJson";
import { canvasDocument, shuffledPair } from "./canvasArbitraries";

/** What counts of a list, found the slow way: by id, without null keys, in a canonical form. */
function meaning(entries: readonly CanvasEntry[]): Map<string, string> {
  const bare = (entry: CanvasEntry): string =>
    canonicalJson(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)));
  return new Map(entries.map((entry) => [entry.id, bare(entry)] as const).sort());
}

function nodes(...entries: readonly CanvasEntry[]): CanvasDocument {
  return { nodes: entries, edges: [] };
}

const nothing = { nodes: [], edges: [] };

describe("diffCanvas", () => {
  it("leads from one version to the other", () => {
    fc.assert(
      fc.property(canvasDocument, canvasDocument, (before, after) => {
        const reached = applyDiff(before, diffCanvas(before, after));
        expect(meaning(reached.nodes)).toEqual(meaning(after.nodes));
        expect(meaning(reached.edges)).toEqual(meaning(after.edges));
      }),
      { numRuns: 500 },
    );
  });

  it("tells exactly what a comparison of maps tells", () => {
    fc.assert(
      fc.property(canvasDocument, canvasDocument, (before, after) => {
        const [old, now] = [meaning(before.nodes), meaning(after.nodes)];
        const expected = [
          ...after.nodes
            .filter(({ id }) => old.get(id) !== now.get(id))
            .map(({ id }) => `${old.has(id) ? "changed" : "added"} ${id}`),
          ...before.nodes.filter(({ id }) => !now.has(id)).map(({ id }) => `removed ${id}`),
        ];
        expect(diffCanvas(before, after).nodes.map((change) => `${change.kind} ${change.id}`)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("finds no change in a new order, of entries or of keys", () => {
    fc.assert(
      fc.property(shuffledPair, ([before, after]) => {
        expect(diffCanvas(before, after)).toEqual(nothing);
      }),
    );
    expect(diffCanvas(nodes({ id: "a", x: 1, y: 2 }), nodes({ y: 2, x: 1, id: "a" }))).toEqual(nothing);
  });

  it("finds no change between a version and itself read again", () => {
    fc.assert(
      fc.property(canvasDocument, (document) => {
        const again = JSON.parse(JSON.stringify(document)) as CanvasDocument;
        expect(diffCanvas(document, again)).toEqual(nothing);
      }),
    );
  });

  it("names the keys that differ, new ones and lost ones too", () => {
    const before: CanvasEntry = { id: "a", text: "old", color: "1", x: 1, style: { a: [1] } };
    const after: CanvasEntry = { id: "a", text: "new", x: 1.2, label: "", style: { a: [2] } };
    expect(diffCanvas(nodes(before), nodes(after)).nodes).toEqual([
      { kind: "changed", id: "a", before, after, keys: ["text", "x", "label", "style", "color"] },
    ]);
  });

  it.each([
    ["null to absent", '{"id":"a","color":null}', '{"id":"a"}'],
    ["absent to null", '{"id":"a"}', '{"id":"a","color":null}'],
    ["one null key for another", '{"id":"a","color":null}', '{"id":"a","label":null}'],
    ["minus zero", '{"id":"a","x":-0}', '{"id":"a","x":0}'],
  ])("takes %s for equal", (_, before, after) => {
    expect(diffCanvas(nodes(JSON.parse(before) as CanvasEntry), nodes(JSON.parse(after) as CanvasEntry))).toEqual(
      nothing,
    );
  });

  it.each([
    ["a __proto__ key that goes", '{"id":"a","__proto__":{}}', '{"id":"a","x":1}', ["x", "__proto__"]],
    ["a __proto__ key that changes", '{"id":"a","__proto__":{"a":1}}', '{"id":"a","__proto__":{"a":2}}', ["__proto__"]],
    ["a key named like an inherited one", '{"id":"a","toString":"x"}', '{"id":"a","y":1}', ["y", "toString"]],
    ["null inside a value", '{"id":"a","s":{"b":null}}', '{"id":"a","s":{}}', ["s"]],
  ])("sees %s", (_, before, after, keys) => {
    const diff = diffCanvas(nodes(JSON.parse(before) as CanvasEntry), nodes(JSON.parse(after) as CanvasEntry));
    expect(diff.nodes.map((change) => change.kind === "changed" && change.keys)).toEqual([keys]);
  });

  it("keeps nodes and edges with one id apart", () => {
    const before = { nodes: [{ id: "x", v: 1 }], edges: [{ id: "x", v: 1 }] };
    const after = { nodes: [{ id: "x", v: 1 }], edges: [] };
    expect(diffCanvas(before, after)).toEqual({
      nodes: [],
      edges: [{ kind: "removed", id: "x", before: { id: "x", v: 1 } }],
    });
  });

  it("follows the order of the new version, then what was removed in the order of the old one", () => {
    const before = nodes({ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" });
    const after = nodes({ id: "e" }, { id: "c", x: 1 }, { id: "f" }, { id: "a", x: 1 });
    expect(diffCanvas(before, after).nodes.map((change) => `${change.kind} ${change.id}`)).toEqual([
      "added e",
      "changed c",
      "added f",
      "changed a",
      "removed b",
      "removed d",
    ]);
  });
});

describe("applyDiff", () => {
  it("keeps places, adds at the end and leaves its input alone", () => {
    const before = nodes({ id: "a" }, { id: "b" }, { id: "c" });
    const frozen = JSON.stringify(before);
    const after = nodes({ id: "a" }, { id: "c", x: 1 }, { id: "d" }, { id: "e" });
    expect(applyDiff(before, diffCanvas(before, after))).toEqual(after);
    expect(JSON.stringify(before)).toBe(frozen);
  });

  it("ignores changes of ids that are not there", () => {
    const change = { kind: "changed", id: "x", before: { id: "x" }, after: { id: "x", v: 1 }, keys: ["v"] } as const;
    const removal = { kind: "removed", id: "y", before: { id: "y" } } as const;
    expect(applyDiff(nodes({ id: "a" }), { nodes: [change, removal], edges: [] })).toEqual(nodes({ id: "a" }));
  });

  it("gives the same document back when nothing happened", () => {
    const document = nodes({ id: "a" });
    expect(applyDiff(document, nothing).nodes).toBe(document.nodes);
  });
});
