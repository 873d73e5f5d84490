import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/engine/kernel/json";
import { readExportRequest } from "../../../../src/engine/flow/tasks/exportRequest";

const events = { what: "events", format: "csv", folder: "Exports" };

describe("an item of the kind export", () => {
  it.each<[JsonValue, object]>([
    [events, { ...events, since: { kind: "all" }, type: null, canvas: null }],
    [{ ...events, folder: "", since: "2026-01-31" }, { ...events, folder: "", since: { kind: "at", at: Date.UTC(2026, 0, 31) }, type: null, canvas: null }],
    [{ ...events, since: 5, type: "score_submitted", canvas: "a.canvas" }, { ...events, since: { kind: "at", at: 5 }, type: "score_submitted", canvas: "a.canvas" }],
    [{ ...events, days: 7 }, { ...events, since: { kind: "days", days: 7 }, type: null, canvas: null }],
    [{ what: "graph", format: "json", folder: "x" }, { what: "graph", format: "json", folder: "x", table: null }],
    [{ what: "graph", format: "csv", folder: "x", table: "nodes" }, { what: "graph", format: "csv", folder: "x", table: "nodes" }],
    [{ what: "stats", format: "json", folder: "x" }, { what: "stats", format: "json", folder: "x" }],
    [{ what: "task", format: "ndjson", folder: "x", task: "t1" }, { what: "task", format: "ndjson", folder: "x", task: "t1" }],
  ])("%j is one", (item, request) => {
    expect(readExportRequest(item)).toEqual({ kind: "ok", request });
  });

  it.each<[JsonValue, string]>([
    [null, 'An item of the kind export is an object such as {"what": "events", "format": "csv", "folder": "Exports"}.'],
    [[events], "An item of the kind export is an object"],
    [{ ...events, what: "notes" }, '"what" of an export is "events" or "graph" or "stats" or "task".'],
    [{ ...events, format: "xlsx" }, '"format" of an export is "json" or "ndjson" or "csv".'],
    [{ what: "stats", format: "csv", folder: "" }, '"format" of an export is "json".'],
    [{ what: "events", format: "csv" }, '"folder" of an export is a folder of the vault, or "" for the vault itself.'],
    [{ ...events, folder: "../x" }, 'Nothing can be exported into "../x": the folder leads out of the vault.'],
    [{ ...events, folder: "/x" }, 'Nothing can be exported into "/x": the folder is absolute.'],
    [{ ...events, folder: ".obsidian/x" }, 'Nothing can be exported into ".obsidian/x": the folder is a hidden one.'],
    [{ ...events, form: "csv" }, 'An export of events has no "form"; it may have what, format, folder, since, days, type, canvas.'],
    [{ ...events, since: "yesterday" }, '"since" of an export is an ISO date such as "2026-01-31", or epoch milliseconds.'],
    [{ ...events, since: "2026-02-30" }, '"since" of an export is an ISO date'],
    [{ ...events, since: 1, days: 1 }, 'An export of events has "since" or "days", not both.'],
    [{ ...events, days: 0 }, '"days" of an export is a number above 0, at most 36500.'],
    [{ ...events, days: "7" }, '"days" of an export is a number'],
    [{ ...events, type: 1 }, '"type" of an export is a text.'],
    [{ ...events, canvas: "" }, '"canvas" of an export is a text.'],
    [{ what: "graph", format: "csv", folder: "" }, 'A "csv" of the graph holds one table: "table" is "canvases" or "nodes" or "edges" or "notes" or "concepts".'],
    [{ what: "graph", format: "json", folder: "", table: "cards" }, '"table" of an export is "canvases"'],
    [{ what: "task", format: "json", folder: "" }, '"task" of an export is the id of a task.'],
  ])("%j is none", (item, reason) => {
    const read = readExportRequest(item);
    expect(read.kind === "refused" ? read.reason.slice(0, reason.length) : read).toBe(reason);
  });
});
