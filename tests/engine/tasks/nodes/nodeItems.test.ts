import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/engine/index";
import { chatUrl, problemOfModelUrl } from "../../../../src/engine/tasks/nodes/modelUrl";
import { explainValue, readArrangeItem, readExplainItem, readMasteryItem, readSummariseItem } from "../../../../src/engine/tasks/nodes/nodeItems";

describe("items about cards", () => {
  it("may leave to the settings what these say", () => {
    expect(readExplainItem({ canvas: "a.canvas", node: "n" })).toEqual({
      kind: "item",
      item: { canvas: "a.canvas", target: { kind: "node", id: "n" }, style: null, generator: null, canvasId: null },
    });
    expect(readArrangeItem({ canvas: "a.canvas" })).toEqual({ kind: "item", item: { canvas: "a.canvas", nodes: null } });
    expect(readSummariseItem({ canvas: "a.canvas" })).toEqual({ kind: "item", item: { canvas: "a.canvas", generator: null } });
    expect(readMasteryItem({ canvas: "a.canvas", nodes: ["n"], level: null })).toMatchObject({ item: { level: null } });
  });

  it("are read again as they are kept", () => {
    const read = readExplainItem({ canvas: "a.canvas", edge: "e", style: "comparison", generator: "model", canvasId: "c1" });
    expect(read.kind === "item" ? readExplainItem(explainValue(read.item)) : null).toEqual(read);
  });

  const bad: readonly (readonly [(value: JsonValue) => { readonly kind: string; readonly reason?: string }, JsonValue])[] = [
    [readExplainItem, null],
    [readExplainItem, "a.canvas"],
    [readExplainItem, { canvas: "a.canvas" }],
    [readExplainItem, { canvas: "a.canvas", node: "n", edge: "e" }],
    [readExplainItem, { canvas: "a.canvas", node: "" }],
    [readExplainItem, { canvas: "a.canvas", node: "n", style: "loud" }],
    [readExplainItem, { canvas: "a.canvas", node: "n", generator: "oracle" }],
    [readExplainItem, { canvas: "a.canvas", node: "n", other: 1 }],
    [readExplainItem, { canvas: "a.canvas", node: "n", style: "toString" }],
    [readMasteryItem, { canvas: "a.canvas", nodes: [], level: null }],
    [readMasteryItem, { canvas: "a.canvas", nodes: ["n"] }],
    [readMasteryItem, { canvas: "a.canvas", nodes: ["n"], level: "great" }],
    [readMasteryItem, { canvas: "a.canvas", nodes: ["n", 1], level: "mastered" }],
    [readArrangeItem, { canvas: "a.canvas", nodes: [] }],
    [readArrangeItem, {}],
    [readSummariseItem, { canvas: 1 }],
    [readSummariseItem, []],
  ];
  it.each(bad)("%o refuses %j", (read, value) => {
    expect(read(value).kind).toBe("refused");
    expect(read(value).reason).toMatch(/^An item of the kind \w+ is /);
  });
});

describe("the address of a model", () => {
  it.each(["http://localhost:11434/v1", "http://127.0.0.1:8080", "https://api.example.com/v1/"])("may be %s", (url) => {
    expect(problemOfModelUrl(url)).toBeNull();
  });

  it.each([
    ["", "Enter the address of the endpoint"],
    ["http://192.168.1.7:11434/v1", "Use https://."],
    ["https://user:pass@example.com/v1", "Leave user and password out"],
    ["https://example.com/v1?key=abc", "Leave out the ?"],
  ])("may not be %j", (url, words) => {
    expect(problemOfModelUrl(url)).toContain(words);
    expect(problemOfModelUrl(url)).not.toMatch(/pass@|abc/);
  });

  it.each([
    [" http://localhost:11434/v1/ ", "http://localhost:11434/v1/chat/completions"],
    ["https://example.com/v1/chat/completions", "https://example.com/v1/chat/completions"],
  ])("%s leads to %s", (base, url) => {
    expect(chatUrl(base)).toBe(url);
  });
});
