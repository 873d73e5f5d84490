import { describe, expect, test } from "vitest";
import { loadHistories } from "../scenarios/histories";
import { parseCanvas, serializeCanvas } from "./page/canvas/canvasData";

/** Begins as the app writes it: a tab, then the list on the same line. Line ends may have been changed since by git. */
const APP_LAYOUT = /^\{\n\t"(nodes|edges)":\[/;

/** One file of the histories went through git with a conflict. */
const writtenByApp = (text: string): boolean => APP_LAYOUT.test(text) && !text.includes("<<<<<<<");

const texts = loadHistories()
  .flatMap((history) => history.steps)
  .flatMap(({ content }) => (content !== undefined && writtenByApp(content) ? [content] : []));

describe("the layout of canvases on the host", () => {
  test.skipIf(texts.length === 0)("every canvas that the app wrote in real vaults comes out byte for byte", () => {
    expect(texts.length).toBeGreaterThan(180);
    for (const text of texts) expect(serializeCanvas(parseCanvas(text))).toBe(text);
  });

  test("plain objects stand on one line, and what is nested gets lines of its own", () => {
    const text = serializeCanvas({ nodes: [{ id: "a", list: [1, 2], style: {} }, { id: "b" }], edges: [], version: 1 });
    expect(text).toBe([
      "{",
      '\t"nodes":[',
      "\t\t{",
      '\t\t\t"id":"a",',
      '\t\t\t"list":[1,2],',
      '\t\t\t"style":{}',
      "\t\t},",
      '\t\t{"id":"b"}',
      "\t],",
      '\t"edges":[],',
      '\t"version":1',
      "}",
    ].join("\n"));
  });
});
