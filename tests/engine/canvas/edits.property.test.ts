import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CanvasDocument, CanvasEntry } from "../../../src/engine/canvas/document";
import { editCanvasText } from "../../../src/engine/canvas/edits";
import { elementSpans, memberOf, memberSpans, skipSpace } from "../../../src/engine/canvas/jsonSpans";
import { obsidianJson } from "../../../src/engine/canvas/obsidianJson";
import { parseCanvas } from "../../../src/engine/canvas/parseCanvas";
import type { CanvasPatch, PatchOperation } from "../../../src/engine/canvas/patch";
import type { JsonObject, JsonValue } from "../../../src/engine/kernel/json";
import { canvasDocument } from "./canvasArbitraries";
import { applyPatchSlowly } from "./patchModel";

const layouts: Readonly<Record<string, (value: JsonValue) => string>> = {
  obsidian: (value) => obsidianJson(value, 0, "\n"),
  "obsidian with CRLF": (value) => obsidianJson(value, 0, "\r\n"),
  "two spaces": (value) => JSON.stringify(value, null, 2),
  "tabs and spaces": (value) => JSON.stringify(value, null, "\t"),
  "one line": (value) => JSON.stringify(value),
  roomy: (value) => JSON.stringify(value, null, 1).replace(/^( *"(?:[^"\\]|\\.)*"): /gm, "$1 :  ").replace(/\n/g, "\n\n"),
};

const wrapping = fc.record({ mark: fc.constantFrom("", "\uFEFF"), end: fc.constantFrom("", "\n", "  ") });
const extra = fc.constantFrom<JsonObject>({}, { metadata: { version: "1.0" } }, { "10": [], __proto__x: null });

function jsonOf({ nodes, edges }: CanvasDocument): JsonObject {
  return { nodes, edges };
}

/** A canvas text in one of many layouts, and its document. */
const canvasText = fc
  .tuple(canvasDocument, fc.constantFrom(...Object.keys(layouts)), wrapping, extra, fc.boolean())
  .map(([document, layout, { mark, end }, more, first]) => {
    const root = first ? { ...more, ...jsonOf(document) } : { ...jsonOf(document), ...more };
    const lastEnd = layout.endsWith("CRLF") ? end.replace("\n", "\r\n") : end;
    return { document, layout, text: mark + (layouts[layout]?.(root) ?? "") + lastEnd };
  });

const id = fc.constantFrom("a", "b", "c", "d", "n1", "n2", "__proto__");
const set = fc.dictionary(
  fc.constantFrom("text", "color", "x", "styleAttributes", "__proto__", "7", "constructor"),
  fc.oneof(
    fc.constantFrom<JsonValue>(null, "1", 0, "", {}, []),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  ),
  { maxKeys: 3, noNullPrototype: true },
);
const frame = { type: "text", x: 0, y: 0, width: 1, height: 1 };

const operation: fc.Arbitrary<PatchOperation> = fc.oneof(
  fc.tuple(id, set).map(([own, keys]): PatchOperation => ({ kind: "add-node", node: { id: own, ...keys, ...frame } })),
  fc.record({ kind: fc.constant("update-node" as const), id, set }),
  fc.record({ kind: fc.constant("remove-node" as const), id }),
  fc.record({ kind: fc.constant("set-color" as const), id, color: fc.constantFrom("1", "2", null) }),
  fc
    .tuple(id, id, id)
    .map(([own, fromNode, toNode]): PatchOperation => ({ kind: "add-edge", edge: { id: own, fromNode, toNode } })),
  fc.record({ kind: fc.constant("update-edge" as const), id, set }),
  fc.record({ kind: fc.constant("remove-edge" as const), id }),
);
const patches: fc.Arbitrary<CanvasPatch> = fc.array(operation, { minLength: 1, maxLength: 4 });

/** As JSON has it: minus zero is zero there. */
function readAgain(document: CanvasDocument | null): CanvasDocument | null {
  return JSON.parse(JSON.stringify(document)) as CanvasDocument | null;
}

/** A key that is null and one that is not there say the same: of a key set and taken away again in one patch either may be left. */
function withoutNulls(document: CanvasDocument | null): CanvasDocument | null {
  const bare = (list: readonly CanvasEntry[]): CanvasEntry[] =>
    list.map((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)) as CanvasEntry);
  return document === null ? null : { nodes: bare(document.nodes), edges: bare(document.edges) };
}

function documentOf(text: string): CanvasDocument {
  const parsed = parseCanvas("a.canvas", text);
  if (parsed.kind !== "document") throw new Error(`not a document: ${JSON.stringify(text)}`);
  return parsed.document;
}

/** The texts of the entries by id, as they lie in the file. */
function rawEntries(text: string, list: "nodes" | "edges"): Map<string, string> {
  const body = text.replace("\uFEFF", "");
  const member = memberOf(memberSpans(body, skipSpace(body, 0)), list);
  const spans = member === undefined ? [] : elementSpans(body, member.valueStart).items;
  return new Map(
    spans.map(({ start, end }) => [(JSON.parse(body.slice(start, end)) as CanvasEntry).id, body.slice(start, end)]),
  );
}

function touched(patch: CanvasPatch): ReadonlySet<string> {
  return new Set(
    patch.map((one) => (one.kind === "add-node" ? one.node.id : one.kind === "add-edge" ? one.edge.id : one.id)),
  );
}

describe("editing any canvas by any patch", () => {
  it("does what a slow model does with the entries, or refuses where the model refuses", () => {
    const seen = { edited: 0, unchanged: 0, refused: 0, unreadable: 0 };
    fc.assert(
      fc.property(canvasText, patches, ({ document, text }, patch) => {
        const edit = editCanvasText("a.canvas", text, patch);
        seen[edit.kind] += 1;
        const expected = withoutNulls(readAgain(applyPatchSlowly(document, patch)));
        if (edit.kind === "refused")
          expect([expected, edit.code]).toEqual([null, expect.not.stringMatching("unverified")]);
        else expect(withoutNulls(documentOf(edit.kind === "edited" ? edit.text : text))).toEqual(expected);
      }),
      { numRuns: 600 },
    );
    expect(Math.min(seen.edited, seen.unchanged, seen.refused)).toBeGreaterThan(20);
  });

  it("keeps every byte of the entries that it does not touch, and of all that surrounds the lists", () => {
    fc.assert(
      fc.property(canvasText, patches, ({ text }, patch) => {
        const edit = editCanvasText("a.canvas", text, patch);
        fc.pre(edit.kind === "edited");
        if (edit.kind !== "edited") return;
        const names = touched(patch);
        for (const list of ["nodes", "edges"] as const) {
          const now = rawEntries(edit.text, list);
          const kept = [...rawEntries(text, list)].filter(([key]) => now.has(key) && !names.has(key));
          expect(kept.map(([key]) => now.get(key))).toEqual(kept.map(([, raw]) => raw));
        }
        expect(frameOf(edit.text)).toBe(frameOf(text));
        expect(edit.text.startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"));
        if (text.includes("\r\n")) expect(edit.text).not.toMatch(/[^\r]\n/);
        else expect(edit.text).not.toContain("\r");
      }),
      { numRuns: 400 },
    );
  });

  it("leaves a file in Obsidian's layout in exactly that layout", () => {
    const plain = fc.constantFrom("text", "color", "x", "styleAttributes", "label");
    const value = fc.constantFrom<JsonValue>(null, "1", 0, {}, [], { a: 1 }, [{ b: [] }]);
    const keys = fc.dictionary(plain, value, { maxKeys: 3, noNullPrototype: true });
    const entry = (own: string): fc.Arbitrary<CanvasEntry> => keys.map((some) => ({ ...some, id: own }));
    const some = fc.subarray(["a", "b", "c", "d"]).chain((ids) => fc.tuple(...ids.map(entry)));
    const steps = fc.array(
      fc.oneof(fc.record({ kind: fc.constant("update-node" as const), id, set: keys }), operation),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.record({ nodes: some, edges: some }),
        fc.constantFrom("\n", "\r\n"),
        steps,
        (document, lineEnd, patch) => {
          const safe = patch.filter((one) => !JSON.stringify(one).includes('"7"'));
          const edit = editCanvasText("a.canvas", obsidianJson(jsonOf(document), 0, lineEnd), safe);
          if (edit.kind === "edited")
            expect(edit.text).toBe(obsidianJson(JSON.parse(edit.text) as JsonValue, 0, lineEnd));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("undoing an edit of any canvas", () => {
  const added: PatchOperation = { kind: "add-node", node: { id: "new", text: "[{,}]", ...frame } };
  const restore = (text: string, there: CanvasPatch, back: CanvasPatch): string => {
    const edit = editCanvasText("a.canvas", text, there);
    if (edit.kind !== "edited") throw new Error(`not edited: ${edit.kind}`);
    const undone = editCanvasText("a.canvas", edit.text, back);
    return undone.kind === "edited" ? undone.text : undone.kind;
  };

  it("restores the exact bytes after adding a node", () => {
    fc.assert(
      fc.property(canvasText, ({ text }) => {
        expect(restore(text, [added], [{ kind: "remove-node", id: "new" }])).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it("restores the exact bytes after colouring a node", () => {
    fc.assert(
      fc.property(canvasText, fc.nat(), ({ document, text }, choice) => {
        const node = document.nodes[choice % Math.max(1, document.nodes.length)];
        fc.pre(node !== undefined && !(Object.hasOwn(node, "color") && node.color === null));
        if (node === undefined) return;
        const color = typeof node.color === "string" ? node.color : null;
        const back: PatchOperation = { kind: "set-color", id: node.id, color };
        expect(restore(text, [{ kind: "set-color", id: node.id, color: "new" }], [back])).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

/** The text with the insides of both lists taken out. */
function frameOf(text: string): string {
  const body = text.replace("\uFEFF", "");
  const members = memberSpans(body, skipSpace(body, 0));
  const lists = [memberOf(members, "nodes"), memberOf(members, "edges")].flatMap((one) =>
    one === undefined ? [] : [one],
  );
  return lists
    .sort((a, b) => b.valueStart - a.valueStart)
    .reduce((rest, { valueStart, end }) => `${rest.slice(0, valueStart)}[]${rest.slice(end)}`, body);
}
