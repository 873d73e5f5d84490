import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CanvasDocument, FileProblem } from "../../../src/engine/canvas/document";
import { parseCanvas } from "../../../src/engine/canvas/parseCanvas";

const path = "folder/a.canvas";

function documentOf(text: string): CanvasDocument {
  const parsed = parseCanvas(path, text);
  if (parsed.kind !== "document") throw new Error(`expected a document, got ${JSON.stringify(parsed)}`);
  return parsed.document;
}

function problemsOf(text: string): readonly FileProblem[] {
  const parsed = parseCanvas(path, text);
  return parsed.kind === "document" ? parsed.problems : [];
}

function faultOf(text: string): FileProblem {
  const parsed = parseCanvas(path, text);
  if (parsed.kind !== "unreadable") throw new Error(`expected an unreadable file, got ${JSON.stringify(parsed)}`);
  return parsed.problem;
}

describe("parseCanvas on what can be read", () => {
  const obsidian = '{\n\t"nodes":[\n\t\t{"id":"n","type":"text","text":"x","color":"#a1b2c3"}\n\t],\n\t"edges":[]\n}';

  it.each([
    ["Obsidian's layout", obsidian],
    ["CRLF", obsidian.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${obsidian}`],
    ["a byte order mark and CRLF", `\uFEFF${obsidian.replaceAll("\n", "\r\n")}`],
    ["one line", JSON.stringify(JSON.parse(obsidian))],
    ["two spaces", JSON.stringify(JSON.parse(obsidian), null, 2)],
  ])("reads %s", (_, text) => {
    expect(parseCanvas(path, text)).toEqual({
      kind: "document",
      document: { nodes: [{ id: "n", type: "text", text: "x", color: "#a1b2c3" }], edges: [] },
      problems: [],
    });
  });

  it.each(["", " ", "\n", "\t\r\n ", "\uFEFF", "\uFEFF\r\n"])("calls %j blank", (text) => {
    expect(parseCanvas(path, text)).toEqual({ kind: "blank" });
  });

  it.each(["{}", '{"nodes":[]}', '{"edges":[]}', '{"metadata":{"version":"1.0"}}'])(
    "reads %s as an empty canvas",
    (text) => {
      expect(documentOf(text)).toEqual({ nodes: [], edges: [] });
    },
  );

  it("keeps unknown types, unknown keys and keys that JavaScript treats in its own way", () => {
    const text =
      '{"nodes":[{"id":"n","type":"kanban","__proto__":{"x":1},"10":true,"styleAttributes":{"border":null}}]}';
    const [node] = documentOf(text).nodes;
    expect(JSON.stringify(node)).toBe(
      '{"10":true,"id":"n","type":"kanban","__proto__":{"x":1},"styleAttributes":{"border":null}}',
    );
    expect(Object.getPrototypeOf(node)).toBe(Object.prototype);
  });

  it("lets a node and an edge share an id", () => {
    expect(parseCanvas(path, '{"nodes":[{"id":"x"}],"edges":[{"id":"x"}]}')).toMatchObject({ problems: [] });
  });

  it("reads 100,000 nodes", () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => ({ id: `node-${index}`, x: index }));
    expect(documentOf(JSON.stringify({ nodes })).nodes).toHaveLength(100_000);
  });
});

describe("parseCanvas on entries that it skips", () => {
  it("names entries that are no object or have no string id, with their place", () => {
    const text =
      '{\n\t"nodes":[\n\t\t{"id":"n"},\n\t\t"text",\n\t\tnull,\n\t\t[1],\n\t\t{"id":7},\n\t\t{"x":1}\n\t],' +
      '\n\t"edges":[{"label":"}"}, 5]\n}';
    expect(documentOf(text)).toEqual({ nodes: [{ id: "n" }], edges: [] });
    expect(problemsOf(text)).toEqual([
      { path, line: 4, column: 3, reason: "nodes[1] is no object and is skipped" },
      { path, line: 5, column: 3, reason: "nodes[2] is no object and is skipped" },
      { path, line: 6, column: 3, reason: "nodes[3] is no object and is skipped" },
      { path, line: 7, column: 3, reason: "nodes[4] has no string id and is skipped" },
      { path, line: 8, column: 3, reason: "nodes[5] has no string id and is skipped" },
      { path, line: 10, column: 11, reason: "edges[0] has no string id and is skipped" },
      { path, line: 10, column: 26, reason: "edges[1] is no object and is skipped" },
    ]);
  });

  it("does not take an inherited id for one", () => {
    expect(documentOf('{"nodes":[{"__proto__":{"id":"n"}}]}').nodes).toEqual([]);
  });

  it("lets the last of entries with one id count, at its place, with one problem", () => {
    const text = '{"nodes":[{"id":"x","v":1},{"id":"a"},{"id":"x","v":2},{"id":"b"},{"id":"x","v":3},{"id":"c"}]}';
    expect(documentOf(text).nodes).toEqual([{ id: "a" }, { id: "b" }, { id: "x", v: 3 }, { id: "c" }]);
    expect(problemsOf(text)).toEqual([
      { path, line: 1, column: 11, reason: "nodes[0] has the same id as nodes[4]; only the last one counts" },
    ]);
  });

  it("counts what it does not name when a list is damaged all over", () => {
    const problems = problemsOf(JSON.stringify({ nodes: Array.from({ length: 5000 }, () => 0) }));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.reason).toBe("4980 more entries of nodes are skipped for such reasons");
  });
});

describe("parseCanvas on what cannot be read", () => {
  const ours = '{\n\t"nodes":[\n<<<<<<< HEAD\n\t\t{"id":"a"}\n=======\n\t\t{"id":"b"}\n>>>>>>> theirs\n\t]\n}';

  it.each([
    ["git conflict markers", ours, 3, 1, "git conflict markers: resolve the conflict in this file"],
    [
      "git conflict markers and CRLF",
      ours.replaceAll("\n", "\r\n"),
      3,
      1,
      "git conflict markers: resolve the conflict in this file",
    ],
    [
      "a conflict over the whole file",
      `\uFEFF<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n`,
      1,
      1,
      "git conflict markers: resolve the conflict in this file",
    ],
    ["a truncated file", '{\n\t"nodes":[\n\t\t{"id":"a"},\n\t\t{"id', 4, 4, "not valid JSON: a string does not end"],
    ["a missing comma", '{"nodes":[]\n "edges":[]}', 2, 2, "not valid JSON: a comma is missing"],
    ["a trailing comma", '{"nodes":[1,]}', 1, 13, "not valid JSON: a value is missing"],
    ["a comment", "{\n// note\n}", 2, 1, "not valid JSON: a comment, which JSON does not allow"],
    ["a second value", '{"nodes":[]}\n{}', 2, 1, "not valid JSON: there is more text after the end"],
    ["zero bytes", "\0\0\0", 1, 1, "not valid JSON: a word that JSON does not know"],
    ["a list", '\n [{"id":"a"}]', 2, 2, "a canvas is an object, but this file holds a list"],
    ["text", '"nodes"', 1, 1, "a canvas is an object, but this file holds a string"],
    ["null", "null", 1, 1, "a canvas is an object, but this file holds null"],
    ["a number", "7", 1, 1, "a canvas is an object, but this file holds a number"],
    [
      "nodes that are an object",
      '{\r\n"edges":[],\r\n"nodes": {"a":1}}',
      3,
      10,
      '"nodes" must be a list, but it is an object',
    ],
    ["nodes that are null", '{"nodes":null}', 1, 10, '"nodes" must be a list, but it is null'],
    ["edges that are text", '{"nodes":[],"edges":"none"}', 1, 21, '"edges" must be a list, but it is a string'],
  ])("names %s", (_, text, line, column, reason) => {
    expect(faultOf(text)).toEqual({ path, line, column, reason });
  });

  it("names the place where nesting goes too deep", () => {
    const deep = `{"nodes":[\n{"id":"a","x":${"[".repeat(998)}${"]".repeat(998)}}]}`;
    expect(faultOf(deep)).toEqual({
      path,
      line: 2,
      column: 1012,
      reason: "lists and objects are nested more than 1000 deep",
    });
    const allowed = `{"nodes":[\n{"id":"a","text":"[[[[","x":${"[".repeat(997)}${"]".repeat(997)}}]}`;
    expect(documentOf(allowed).nodes).toHaveLength(1);
  });

  it.each([
    ["closed", `{"x":${"[".repeat(300_000)}${"]".repeat(300_000)}}`],
    ["cut off", `{"x":${"[".repeat(300_000)}`],
    ["with objects", `${'{"a":'.repeat(300_000)}1`],
  ])("survives nesting by the hundred thousand, %s", (_, text) => {
    expect(faultOf(text)).toMatchObject({ path, line: 1, reason: expect.stringContaining("nested more than 1000 deep") as string });
  });

  it("never throws, whatever the text, and never quotes it", () => {
    const mangled = fc
      .tuple(
        fc.constantFrom(ours, '{"nodes":[{"id":"secret","text":"secret"}],"edges":[]}'),
        fc.nat(60),
        fc.nat(6),
        fc.string({ unit: "binary", maxLength: 6 }),
      )
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), mangled), (text) => {
        const parsed = parseCanvas(path, text);
        if (parsed.kind === "unreadable") expect(parsed.problem.reason).not.toContain("secret");
      }),
      { numRuns: 1000 },
    );
  });
});
