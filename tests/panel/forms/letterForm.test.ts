import { describe, expect, it } from "vitest";
import { letterOfText, letterText } from "../../../src/panel/forms/letterForm";
import { createFormat } from "../../../src/panel/text/format";

const format = createFormat("en");

describe("what a refused event says, as text", () => {
  it("comes back as it was", () => {
    const data = { score: 90, remark: 'a "quoted" word', tags: ["x", null] };
    expect(letterOfText(letterText(data), format)).toEqual({ kind: "data", data });
  });

  it("names line and column of a mistake", () => {
    const text = '{\n  "score": 90,\n  "remark" "none"\n}';
    expect(letterOfText(text, format)).toEqual({ kind: "problem", reason: "Line 3, column 12: not valid JSON: a colon is missing", offset: text.indexOf('"none"') });
  });

  it("names the end where something is missing there", () => {
    const made = letterOfText('{"score": 90', format);
    expect(made).toMatchObject({ kind: "problem", reason: expect.stringContaining("a closing } is missing") as string });
  });

  it.each(["", "[1]", "90", "null", '"text"'])("is not %s", (text) => {
    expect(letterOfText(text, format).kind).toBe("problem");
  });
});
