import { describe, expect, it } from "vitest";
import { readExportRequest } from "../../../src/engine/flow/tasks/exportRequest";
import { exportFormats, exportSubjects, firstExport, itemOfExport, withSubject } from "../../../src/panel/forms/exportForm";
import type { ExportForm } from "../../../src/panel/forms/exportForm";

const first = firstExport({ task: "t1" });

function itemOf(form: Partial<ExportForm>): unknown {
  const made = itemOfExport({ ...first, ...form });
  return made.kind === "item" ? made.item : made.reason;
}

describe("the form of an export", () => {
  it("makes an item that the engine takes, of each subject in each of its formats", () => {
    const forms = exportSubjects.flatMap((what) => exportFormats(what).map((format) => ({ ...withSubject(first, what), format })));
    expect(forms.length).toBe(10);
    for (const form of forms) {
      const made = itemOfExport(form);
      expect(made.kind === "item" ? readExportRequest(made.item) : made).toMatchObject({ kind: "ok", request: { what: form.what, format: form.format } });
    }
  });

  it("asks for one canvas and for days only where they were typed", () => {
    expect(itemOf({})).toEqual({ what: "events", format: "csv", folder: "Exports" });
    expect(itemOf({ canvas: " a.canvas ", days: "1,5", folder: " " })).toEqual({ what: "events", format: "csv", folder: "", canvas: "a.canvas", days: 1.5 });
  });

  it.each(["0", "-1", "week", "36501", "1e9"])("refuses %s days", (days) => {
    expect(itemOf({ days })).toBe("Enter a number of days above 0, at most 36,500.");
  });

  it("keeps the format where the subject has it, and takes its first one else", () => {
    expect(withSubject(first, "graph").format).toBe("csv");
    expect(withSubject(first, "stats").format).toBe("json");
  });
});
