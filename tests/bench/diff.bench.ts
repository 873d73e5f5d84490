import type { CanvasDocument } from "../../src/engine/canvas/document";
import { diffCanvas } from "../../src/engine/canvas/diffCanvas";
import { parseCanvas } from "../../src/engine/canvas/parseCanvas";
import { canvasDrafts } from "../../src/engine/learning/fromCanvas";
import { defaultMasteryTable } from "../../src/engine/learning/mastery";
import { bigCanvasText } from "./bigCanvas";
import { inRounds, milliseconds, ms, publish, ratio, spread, times, type Variant } from "./measure";

const sizes = [1_000, 10_000];
const rows: string[][] = [];
for (const size of sizes) {
  const before = read(bigCanvasText(size));
  const oneEdit = bigCanvasText(size, (node, index) => {
    if (index === Math.floor(size / 2)) node["color"] = "#123456";
  });
  const manyEdits = bigCanvasText(size, (node, index) => {
    if (index % 50 === 0) node["text"] = "changed";
    if (index % 70 === 0) node["x"] = -1;
  });
  const variants: Variant[] = [
    { name: "parse", run: () => milliseconds(() => void JSON.parse(oneEdit)) },
    diffVariant("one edit", before, oneEdit),
    diffVariant("3 % edited", before, manyEdits),
  ];
  const [parse, one, many] = await inRounds(variants, 9);
  const label = size.toLocaleString("en");
  rows.push([`${label} nodes, ${label} edges: JSON.parse alone (the limit)`, spread(parse, ms), "1"]);
  rows.push([`${label}: diff and event drafts of one edit`, spread(one, ms), times(ratio(one, parse))]);
  rows.push([`${label}: diff and event drafts, 3 % of the nodes edited`, spread(many, ms), times(ratio(many, parse))]);
}

publish({
  title: "Difference of two versions of a canvas",
  about: "The new version is parsed, then compared with the last good one and turned into event drafts; the parse is not in the figure. Aim for one edit of 10,000 nodes: 0.15 × `JSON.parse`.",
  columns: ["work", "time", "to JSON.parse"],
  rows,
});

function read(text: string): CanvasDocument {
  const parsed = parseCanvas("big.canvas", text);
  if (parsed.kind !== "document") throw new Error("the made canvas is not readable");
  return parsed.document;
}

// Each round compares a freshly parsed version, as each save does.
function diffVariant(name: string, before: CanvasDocument, text: string): Variant {
  return {
    name,
    run: () => {
      const after = read(text);
      return milliseconds(() => {
        const drafts = canvasDrafts(diffCanvas(before, after), defaultMasteryTable);
        if (drafts.length === 0) throw new Error("the edit was not seen");
      });
    },
  };
}
