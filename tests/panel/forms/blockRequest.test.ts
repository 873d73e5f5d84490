import { describe, expect, it } from "vitest";
import { readBlock } from "../../../src/panel/forms/blockRequest";

describe("a code block", () => {
  it.each([
    ["show: stats", { show: "stats", canvas: null, days: 7, limit: 5 }],
    ["show: due\ndays: 3", { show: "due", canvas: null, days: 3, limit: 20 }],
    ["# a remark\n\n  Show : timeline\r\ncanvas: \"A b.canvas\"\nnode: n1\nlimit: 3", { show: "timeline", canvas: "A b.canvas", node: "n1", limit: 3 }],
    ["show: timeline\ncanvas: [[Maths.canvas|the maths]]", { show: "timeline", canvas: "Maths.canvas", node: null, limit: 10 }],
    ["show: stats\ncanvas: Folder/A: B.canvas", { show: "stats", canvas: "Folder/A: B.canvas", days: 7, limit: 5 }],
  ])("is read from %j", (source, request) => {
    expect(readBlock(source)).toEqual({ kind: "request", request });
  });

  it.each([
    ["", null, "Say what to show: show: stats, show: due or show: timeline."],
    ["show: all", 1, "show must be one of stats, due, timeline; it is “all”."],
    ["show: stats\nday: 3", 2, "“day” is not known. Allowed are show, canvas, node, days, limit."],
    ["show: stats\nnonsense", 2, "“nonsense” is no line of the form key: value."],
    ["show: stats\nshow: due", 2, "“show” is there twice."],
    ["show: stats\n\nlimit:", 3, "limit has no value."],
    ["show: stats\ndays: 0", 2, "days must be a whole number from 1 to 31; it is “0”."],
    ["show: due\ndays: 1.5", 2, "days must be a whole number from 0 to 366; it is “1.5”."],
    ["show: timeline", 1, "A timeline needs a canvas: canvas: Folder/Name.canvas."],
    ["show: due\nnode: a", 2, "node goes with show: timeline."],
  ])("says what is wrong with %j", (source, line, reason) => {
    expect(readBlock(source)).toEqual({ kind: "fault", fault: { line, reason } });
  });
});
