import { describe, expect, it } from "vitest";
import { readCanvasRoot, type ReadRoot } from "../../../src/engine/canvas/canvasRoot";
import { editFault } from "../../../src/engine/canvas/editFault";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";

const before = '{"nodes":[{"id":"a","x":1.0},{"id":"b"},{"kept":true}],"edges":[{"id":"e","fromNode":"a","toNode":"b"},{"id":"f","fromNode":"b","toNode":"b"}],"more":{"n":1e3}}';

function root(text: string): ReadRoot {
  const read = readCanvasRoot("a.canvas", text);
  if (read.kind !== "root") throw new Error(read.kind);
  return read;
}

function faultOf(after: string, patch: CanvasPatch): string | null {
  return editFault(root(before), root(after), patch);
}

const colouring: CanvasPatch = [{ kind: "set-color", id: "b", color: "1" }];

describe("a text that was made of a patch", () => {
  it.each([
    ["a changed entry", '{"id":"b"}', '{"id":"b","color":"1"}', colouring],
    ["a new entry", '{"kept":true}', '{"kept":true},{"id":"c"}', [{ kind: "add-node", node: { id: "c" } }]],
    ["a removed entry with its edges", '{"id":"a","x":1.0},', "", [{ kind: "remove-node", id: "a" }]],
    ["a removed edge", '{"id":"e","fromNode":"a","toNode":"b"},', "", [{ kind: "remove-edge", id: "e" }]],
    ["other white space", '},{"kept', '},\n{"kept', colouring],
  ] as [string, string, string, CanvasPatch][])("may have %s", (_, old, now, patch) => {
    expect(faultOf(before.replace(old, now), patch)).toBeNull();
  });

  it("may lose the edges of a removed card", () => {
    const after = before.replace('{"id":"a","x":1.0},', "").replace('{"id":"e","fromNode":"a","toNode":"b"},', "");
    expect(faultOf(after, [{ kind: "remove-node", id: "a" }])).toBeNull();
  });

  const nodes = "it would touch nodes that are not to be changed";
  const edges = "it would touch edges that are not to be changed";
  const beside = "it would touch something beside the nodes and edges";
  it.each([
    ["lose a card", '{"id":"a","x":1.0},', "", nodes],
    ["change one", '"x":1.0', '"x":2', nodes],
    ["write a number anew", '"x":1.0', '"x":1', nodes],
    ["lose what has no id", ',{"kept":true}', "", nodes],
    ["get a card that nobody asked for", '{"kept":true}', '{"kept":true},{"id":"c"}', nodes],
    ["change the order", '{"id":"a","x":1.0},{"id":"b"},{"kept":true}', '{"kept":true},{"id":"a","x":1.0},{"id":"b"}', nodes],
    ["lose an edge", '{"id":"e","fromNode":"a","toNode":"b"},', "", edges],
    ["change what is beside the lists", '"n":1e3', '"n":1000', beside],
    ["lose what is beside the lists", ',"more":{"n":1e3}', "", beside],
  ])("must not %s", (_, old, now, fault) => {
    expect(before).toContain(old);
    expect(faultOf(before.replace(old, now), colouring)).toBe(fault);
  });

  it("must not take edges along that end elsewhere", () => {
    const after = before.replace('{"id":"a","x":1.0},', "").replace(/"edges":\[.*?\]/, '"edges":[]');
    expect(faultOf(after, [{ kind: "remove-node", id: "a" }])).toBe(edges);
  });
});
