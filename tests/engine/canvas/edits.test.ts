import { describe, expect, it } from "vitest";
import { readCanvasRoot } from "../../../src/engine/canvas/canvasRoot";
import { editCanvasText, holdsExactly } from "../../../src/engine/canvas/edits";
import type { CanvasPatch, PatchOperation } from "../../../src/engine/canvas/patch";

const node = (id: string, more: Record<string, unknown> = {}): Extract<PatchOperation, { kind: "add-node" }> => ({
  kind: "add-node",
  node: { id, type: "text", text: "", x: 0, y: 0, width: 10, height: 10, ...more },
});
const edge = (id: string, fromNode: string, toNode: string): PatchOperation => ({
  kind: "add-edge",
  edge: { id, fromNode, toNode },
});
const frame = { type: "text", x: 0, y: 0, width: 1, height: 1 };
const written = (id: string): string => `{"id":"${id}","type":"text","text":"","x":0,"y":0,"width":10,"height":10}`;

function edited(text: string, patch: CanvasPatch): string {
  const edit = editCanvasText("a.canvas", text, patch);
  if (edit.kind !== "edited") throw new Error(`expected an edit, got ${JSON.stringify(edit)}`);
  return edit.text;
}

const obsidian = `{
\t"nodes":[
\t\t{"id":"a","type":"text","text":"é \\u00e9 \\/","x":0.50,"y":-0,"width":10,"height":10},
\t\t{"id":"b","type":"group","x":1,"y":2,"width":10,"height":10,"color":"4"},
\t\t{
\t\t\t"id":"c",
\t\t\t"styleAttributes":{},
\t\t\t"x":1
\t\t}
\t],
\t"edges":[
\t\t{"id":"e","fromNode":"a","toNode":"b"},
\t\t{"id":"f","fromNode":"b","toNode":"c"}
\t],
\t"metadata":{
\t\t"version":"1.0-1.0"
\t}
}`;

describe("editCanvasText in Obsidian's layout", () => {
  it("sets, changes and takes away a colour and nothing else", () => {
    const set = edited(obsidian, [{ kind: "set-color", id: "a", color: "1" }]);
    expect(set).toBe(obsidian.replace('"y":-0,"width":10,"height":10}', '"y":-0,"width":10,"height":10,"color":"1"}'));
    expect(edited(set, [{ kind: "set-color", id: "a", color: null }])).toBe(obsidian);
    expect(edited(obsidian, [{ kind: "set-color", id: "b", color: "#ff0000" }])).toBe(
      obsidian.replace('"4"', '"#ff0000"'),
    );
    expect(edited(obsidian, [{ kind: "set-color", id: "b", color: null }])).toBe(obsidian.replace(',"color":"4"', ""));
    expect(edited(obsidian, [{ kind: "set-color", id: "c", color: "5" }])).toBe(
      obsidian.replace('"x":1\n\t\t}', '"x":1,\n\t\t\t"color":"5"\n\t\t}'),
    );
  });

  it("adds at the end of the list", () => {
    expect(edited(obsidian, [node("n")])).toBe(obsidian.replace('"x":1\n\t\t}', `"x":1\n\t\t},\n\t\t${written("n")}`));
    expect(edited(obsidian, [edge("g", "a", "c")])).toBe(
      obsidian.replace('"toNode":"c"}', '"toNode":"c"},\n\t\t{"id":"g","fromNode":"a","toNode":"c"}'),
    );
  });

  it("writes an entry that holds more than primitives on lines of its own, and back", () => {
    const styled = edited(obsidian, [{ kind: "update-node", id: "b", set: { styleAttributes: { border: "dashed" } } }]);
    expect(styled).toContain(
      '\t\t{\n\t\t\t"id":"b",\n\t\t\t"type":"group",\n\t\t\t"x":1,\n\t\t\t"y":2,\n\t\t\t"width":10,' +
        '\n\t\t\t"height":10,\n\t\t\t"color":"4",\n\t\t\t"styleAttributes":{"border":"dashed"}\n\t\t},',
    );
    expect(edited(styled, [{ kind: "update-node", id: "b", set: { styleAttributes: null } }])).toBe(obsidian);
    expect(edited(obsidian, [node("n", { tags: ["x", {}] })])).toContain(
      '\t\t\t"tags":[\n\t\t\t\t"x",\n\t\t\t\t{}\n\t\t\t]\n\t\t}\n\t],',
    );
  });

  it("removes a node with its edges, and an edge alone", () => {
    const without = edited(obsidian, [{ kind: "remove-node", id: "a" }]);
    expect(without).toBe(obsidian.replace(/\t\t\{"id":"a".*\n/, "").replace(/\t\t\{"id":"e".*\n/, ""));
    expect(edited(obsidian, [{ kind: "remove-edge", id: "f" }])).toBe(obsidian.replace(/,\n\t\t\{"id":"f".*/, ""));
    expect(edited(obsidian, [{ kind: "remove-node", id: "b" }])).toContain('"edges":[],\n\t"metadata"');
  });

  it("runs the operations of a patch in order", () => {
    const patch: CanvasPatch = [
      node("n"),
      { kind: "set-color", id: "n", color: "2" },
      edge("g", "n", "a"),
      { kind: "remove-node", id: "b" },
      node("b"),
      node("gone"),
      edge("gone", "gone", "a"),
      { kind: "remove-node", id: "gone" },
    ];
    const text = edited(obsidian, patch);
    const { nodes, edges } = JSON.parse(text) as { nodes: { id: string }[]; edges: { id: string }[] };
    expect([nodes.map(({ id }) => id), edges.map(({ id }) => id)]).toEqual([["a", "c", "n", "b"], ["g"]]);
    expect(text).toContain(`${written("n").replace("}", ',"color":"2"}')},\n\t\t${written("b")}\n\t],`);
  });

  it("fills empty lists, and empties them again", () => {
    const empty = '{\n\t"nodes":[],\n\t"edges":[]\n}';
    const one = edited(empty, [node("n")]);
    expect(one).toBe(`{\n\t"nodes":[\n\t\t${written("n")}\n\t],\n\t"edges":[]\n}`);
    expect(edited(one, [{ kind: "remove-node", id: "n" }])).toBe(empty);
  });

  it.each([
    ["", "", ""],
    ["\uFEFF", "\uFEFF", ""],
    ["\n", "", "\n"],
    ["{}", "", ""],
    ["\uFEFF {\t} \n", "\uFEFF ", " \n"],
  ])("makes a canvas of %j", (text, before, after) => {
    expect(edited(text, [node("n")])).toBe(
      `${before}{\n\t"nodes":[\n\t\t${written("n")}\n\t],\n\t"edges":[]\n}${after}`,
    );
  });

  it("follows CRLF, also where nothing but an empty line shows it", () => {
    expect(edited("\r\n", [node("n")])).toBe(
      `{\r\n\t"nodes":[\r\n\t\t${written("n")}\r\n\t],\r\n\t"edges":[]\r\n}\r\n`,
    );
    const empty = '{\r\n\t"nodes":[],\r\n\t"edges":[]\r\n}';
    expect(edited(empty, [node("n", { s: {} })])).toMatch(/\t\t\t"s":\{\}\r\n\t\t\}\r\n\t\],\r\n/);
  });

  it("adds a list that the file does not have", () => {
    expect(edited('{\n\t"nodes":[\n\t\t{"id":"a"}\n\t]\n}', [edge("e", "a", "a")])).toBe(
      '{\n\t"nodes":[\n\t\t{"id":"a"}\n\t],\n\t"edges":[\n\t\t{"id":"e","fromNode":"a","toNode":"a"}\n\t]\n}',
    );
    expect(edited('{\n\t"metadata":{}\n}', [node("n")])).toBe(
      `{\n\t"metadata":{},\n\t"nodes":[\n\t\t${written("n")}\n\t]\n}`,
    );
  });
});

describe("editCanvasText in other layouts", () => {
  const value = { nodes: [{ id: "a", s: { t: 1 } }], edges: [], more: [1, 2] };
  const fresh = { id: "n", ...frame, s: { t: [2] } };
  const adding: CanvasPatch = [{ kind: "add-node", node: fresh }];

  it.each([2, 4, 1, "\t"])("writes like JSON.stringify with %j", (space) => {
    const text = JSON.stringify(value, null, space);
    expect(edited(text, adding)).toBe(JSON.stringify({ ...value, nodes: [...value.nodes, fresh] }, null, space));
    const linked = JSON.stringify({ ...value, edges: [{ id: "e", fromNode: "a", toNode: "a" }] }, null, space);
    expect(edited(text, [edge("e", "a", "a")])).toBe(linked);
    const bare = JSON.stringify({ nodes: [], edges: [] }, null, space);
    expect(edited(bare, adding)).toBe(JSON.stringify({ nodes: [fresh], edges: [] }, null, space));
    const restyled = JSON.stringify({ ...value, nodes: [{ id: "a", s: [{ u: 1 }], n: { o: 1 } }] }, null, space);
    expect(edited(text, [{ kind: "update-node", id: "a", set: { s: [{ u: 1 }], n: { o: 1 } } }])).toBe(restyled);
  });

  it("writes on one line where the file does", () => {
    const text = JSON.stringify(value);
    expect(edited(text, adding)).toBe(JSON.stringify({ ...value, nodes: [...value.nodes, fresh] }));
    expect(edited('{"nodes":[],"edges":[]}', adding)).toBe(JSON.stringify({ nodes: [fresh], edges: [] }));
    expect(edited('{"nodes": [{"id": "a", "x": 1}]}', [{ kind: "set-color", id: "a", color: "1" }])).toBe(
      '{"nodes": [{"id": "a", "x": 1, "color": "1"}]}',
    );
    expect(edited('{ "nodes": [ { "id": "a", "x": 1 } ] }', [edge("e", "a", "a")])).toBe(
      '{ "nodes": [ { "id": "a", "x": 1 } ], "edges": [ { "id": "e", "fromNode": "a", "toNode": "a" } ] }',
    );
  });

  it("empties a list to [], whatever white space it began with", () => {
    const text = '{\n  "edges": [\n  ],\n  "nodes": []\n}';
    const one = edited(text, [{ kind: "add-node", node: { id: "n", ...frame } }, edge("e", "n", "n")]);
    expect(one).toBe(
      JSON.stringify({ edges: [{ id: "e", fromNode: "n", toNode: "n" }], nodes: [{ id: "n", ...frame }] }, null, 2),
    );
    expect(edited(one, [{ kind: "remove-node", id: "n" }])).toBe('{\n  "edges": [],\n  "nodes": []\n}');
  });

  it("keeps commas where the file has them", () => {
    const text = '{ "nodes" :\n  [ {"id":"a"}\n  , {"id":"b"}\n  ]\n}';
    expect(edited(text, [node("n")])).toBe(text.replace('{"id":"b"}', `{"id":"b"}\n  , ${written("n")}`));
    expect(edited(text, [{ kind: "remove-node", id: "a" }])).toBe('{ "nodes" :\n  [ {"id":"b"}\n  ]\n}');
    expect(edited(text, [{ kind: "remove-node", id: "b" }])).toBe('{ "nodes" :\n  [ {"id":"a"}\n  ]\n}');
  });
});

describe("editCanvasText on odd files", () => {
  it("leaves entries that do not count where they are", () => {
    const text = '{"nodes":[5,{"id":"a","x":1},{"id":7},{"id":"b"},{"id":"a","x":2}]}';
    expect(edited(text, [{ kind: "update-node", id: "a", set: { x: 3 } }])).toBe(text.replace('"x":2', '"x":3'));
    expect(edited(text, [{ kind: "remove-node", id: "a" }])).toBe('{"nodes":[5,{"id":7},{"id":"b"}]}');
  });

  it("changes and takes away the key that counts when an entry repeats one", () => {
    const text = '{"nodes":[{"color":"1","id":"x","id":"a","color":"2"}]}';
    expect(edited(text, [{ kind: "set-color", id: "a", color: "3" }])).toBe(text.replace('"2"', '"3"'));
    expect(edited(text, [{ kind: "set-color", id: "a", color: null }])).toBe('{"nodes":[{"id":"x","id":"a"}]}');
  });

  it("changes the list that counts when the file repeats one", () => {
    const text = '{"nodes":[{"id":"old"}],"nodes":[{"id":"a"}]}';
    expect(edited(text, [{ kind: "set-color", id: "a", color: "3" }])).toBe(text.replace('"a"}', '"a","color":"3"}'));
    expect(editCanvasText("a.canvas", text, [{ kind: "set-color", id: "old", color: "3" }]).kind).toBe("refused");
  });

  it("finds its way through text that looks like JSON", () => {
    const text = '{"nodes":[{"text":"}],\\"nodes\\":[{\\"id\\":\\"a\\\\","id":"a"},{"id":"b"}]}';
    expect(edited(text, [{ kind: "set-color", id: "a", color: "3" }])).toBe(
      text.replace('"id":"a"}', '"id":"a","color":"3"}'),
    );
  });

  it("writes keys that JavaScript treats in its own way", () => {
    const set = JSON.parse('{"__proto__":{"x":1},"10":null,"constructor":"c"}') as Record<string, never>;
    expect(edited('{"nodes":[{"id":"a","10":1}]}', [{ kind: "update-node", id: "a", set }])).toBe(
      '{"nodes":[{"id":"a","__proto__":{"x":1},"constructor":"c"}]}',
    );
  });
});

describe("editCanvasText when there is nothing to do", () => {
  it.each<[string, CanvasPatch]>([
    ["no operation", []],
    ["the colour that is there", [{ kind: "set-color", id: "b", color: "4" }]],
    ["no colour where none is", [{ kind: "set-color", id: "a", color: null }]],
    ["an equal value in other words", [{ kind: "update-node", id: "a", set: { x: 0.5, y: 0, text: "é é /" } }]],
    ["keys that are undefined", [{ kind: "update-node", id: "b", set: { color: undefined } as never }]],
    ["an end that is undefined", [{ kind: "update-edge", id: "e", set: { toNode: undefined } as never }]],
    ["a node that is gone already", [{ kind: "remove-node", id: "zz" }]],
    ["an edge that is gone already", [{ kind: "remove-edge", id: "zz" }]],
    ["a node that is there already", [{ kind: "add-node", node: { styleAttributes: {}, x: 1, id: "c" } }]],
    [
      "a change that is taken back",
      [
        { kind: "set-color", id: "b", color: "1" },
        { kind: "set-color", id: "b", color: "4" },
      ],
    ],
    ["a node that comes and goes", [node("n"), edge("g", "n", "a"), { kind: "remove-node", id: "n" }]],
  ])("with %s", (_, patch) => {
    expect(editCanvasText("a.canvas", obsidian, patch)).toEqual({ kind: "unchanged" });
  });
});

describe("editCanvasText refuses", () => {
  it.each<[string, string, CanvasPatch]>([
    ["a second node with an id", "exists", [node("a")]],
    ["a second edge with an id", "exists", [edge("e", "a", "c")]],
    ["to change a node that is not there", "unknown-id", [{ kind: "update-node", id: "zz", set: { x: 1 } }]],
    ["to colour a node that is not there", "unknown-id", [{ kind: "set-color", id: "e", color: "1" }]],
    ["to change an edge that is not there", "unknown-id", [{ kind: "update-edge", id: "a", set: { label: "x" } }]],
    ["an edge to nowhere", "unknown-id", [edge("g", "a", "zz")]],
    [
      "an edge from a node that the patch removes",
      "unknown-id",
      [{ kind: "remove-node", id: "a" }, edge("g", "a", "b")],
    ],
    ["to lead an edge to nowhere", "unknown-id", [{ kind: "update-edge", id: "e", set: { toNode: "zz" } }]],
    ["an edge without an end", "invalid", [{ kind: "update-edge", id: "e", set: { toNode: null } }]],
    ["another id", "invalid", [{ kind: "update-node", id: "a", set: { id: "b" } }]],
    ["a node without an id", "invalid", [{ kind: "add-node", node: { type: "text" } as never }]],
    ["a node without a type", "invalid", [node("n", { type: null })]],
    ["a node without a place", "invalid", [node("n", { x: undefined, height: "tall" })]],
    ["a place that is no number", "invalid", [node("n", { x: Number.NaN })]],
    ["a value that is not JSON", "invalid", [{ kind: "update-node", id: "a", set: { when: new Date(0) } as never }]],
    ["a value nested without end", "invalid", [{ kind: "update-node", id: "a", set: { list: endless() } as never }]],
    ["an operation that it does not know", "invalid", [{ kind: "paint-node", id: "a" } as never]],
    ["the whole patch for its last operation", "exists", [{ kind: "set-color", id: "a", color: "1" }, node("b")]],
  ])("%s", (_, code, patch) => {
    expect(editCanvasText("a.canvas", obsidian, patch)).toMatchObject({ kind: "refused", code });
  });

  it("a file that cannot be read", () => {
    expect(editCanvasText("a.canvas", '{"nodes":[', [node("n")])).toEqual({
      kind: "unreadable",
      problem: { path: "a.canvas", line: 1, column: 11, reason: "not valid JSON: a closing ] is missing" },
    });
  });
});

describe("holdsExactly", () => {
  const wanted = { nodes: [{ id: "a", x: 1 }], edges: [], more: { deep: [1] } };

  it.each([
    [JSON.stringify(wanted, null, 2), true],
    ['{"more":{"deep":[1]},"edges":[],"nodes":[{"x":1,"id":"a"}]}', true],
    ['{"nodes":[{"id":"a","x":2}],"edges":[],"more":{"deep":[1]}}', false],
    ['{"nodes":[{"id":"a","x":1,"y":null}],"edges":[],"more":{"deep":[1]}}', false],
    ['{"nodes":[{"id":"a","x":1}],"more":{"deep":[1]}}', false],
    ['{"nodes":[{"id":"a","x":1},{"id":"b"}],"edges":[],"more":{"deep":[1]}}', false],
    ['{"nodes":[{"id":"a","x":1}],"edges":[],"more":{"deep":[1]}', false],
    ["", false],
  ])("of %s: %s", (text, expected) => expect(holdsExactly(readCanvasRoot("", text), wanted)).toBe(expected));
});

function endless(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}
