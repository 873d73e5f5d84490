import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { applyDiff } from "./applyDiff";
import { diffCanvas } from "../../../src/engine/canvas/diffCanvas";
import { emptyDocument, type CanvasDocument } from "../../../src/engine/canvas/document";
import { editCanvasText } from "../../../src/engine/canvas/edits";
import { parseCanvas } from "../../../src/engine/canvas/parseCanvas";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";

interface Step {
  readonly op: "create" | "modify" | "rename" | "delete";
  readonly path: string;
  readonly from?: string;
  readonly content?: string;
}

const folder = process.env.CANVAS_HISTORIES;
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".jsonl.gz"));
if (folder === undefined) {
  console.warn("SKIPPED: canvas edit histories. Set CANVAS_HISTORIES to a folder of *.jsonl.gz files to run them.");
}

function stepsOf(name: string): readonly Step[] {
  const lines = gunzipSync(readFileSync(join(folder ?? "", name)))
    .toString("utf8")
    .split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Step);
}

/** Null for a file that cannot be read. */
function read(text: string): CanvasDocument | null {
  const parsed = parseCanvas("a.canvas", text);
  if (parsed.kind === "unreadable") return null;
  return parsed.kind === "blank" ? emptyDocument : parsed.document;
}

function byId(document: CanvasDocument): unknown {
  const sorted = (entries: CanvasDocument["nodes"]): unknown => [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { nodes: sorted(document.nodes), edges: sorted(document.edges) };
}

function edited(text: string, patch: CanvasPatch): string {
  const edit = editCanvasText("a.canvas", text, patch);
  if (edit.kind !== "edited") throw new Error(`expected an edit, got ${JSON.stringify(edit)}`);
  return edit.text;
}

describe.skipIf(folder === undefined)("real canvas histories", () => {
  it("are there", () => expect(files.length).toBeGreaterThan(0));

  it.each(files)("%s: each diff leads from one version to the next", (name) => {
    const versions = new Map<string, CanvasDocument>();
    for (const step of stepsOf(name)) {
      const before = versions.get(step.from ?? step.path) ?? emptyDocument;
      versions.delete(step.from ?? step.path);
      if (step.content === undefined) continue;
      const after = read(step.content) ?? before;
      expect(byId(applyDiff(before, diffCanvas(before, after)))).toEqual(byId(after));
      expect(diffCanvas(after, after)).toEqual({ nodes: [], edges: [] });
      versions.set(step.path, after);
    }
  });

  it.each(files)("%s: each patch that is undone restores the exact bytes", (name) => {
    const contents = new Set(stepsOf(name).flatMap((step) => (step.content === undefined ? [] : [step.content])));
    for (const text of contents) {
      const document = read(text);
      if (document === null) continue;
      const node = { id: "new node", type: "text", text: "", x: 0, y: 0, width: 1, height: 1 };
      const more: CanvasPatch = [
        { kind: "add-node", node },
        { kind: "add-edge", edge: { id: "new edge", fromNode: node.id, toNode: node.id } },
      ];
      const undone = edited(edited(text, more), [{ kind: "remove-node", id: node.id }]);
      // Where there was no list, or an empty one with white space in it, there is `[]` now.
      if (text.trim() === "" || text.trim() === "{}") expect(read(undone)).toEqual(emptyDocument);
      else expect(undone).toBe(text.replace(/("(?:nodes|edges)":\s*)\[\s+\]/g, "$1[]"));

      const { nodes } = document;
      for (const { id, color } of [nodes[0], nodes[nodes.length >> 1], nodes.at(-1)].flatMap((one) => one ?? [])) {
        const back = typeof color === "string" ? color : null;
        const painted = edited(text, [{ kind: "set-color", id, color: "#010203" }]);
        expect(edited(painted, [{ kind: "set-color", id, color: back }])).toBe(text);
      }
    }
  });
});
