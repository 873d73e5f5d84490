import { describe, expect, it } from "vitest";
import { defaultMasteryTable } from "../../src/engine/index";
import { levelOf } from "../../src/engine/learning/mastery";
import { checkNewColor, customColors, withCustomColor, withoutColor } from "../../src/settings/customColors";
import { readField, writeField } from "../../src/settings/fields";
import { readSettings } from "../../src/settings/readSettings";
import { defaultSettings } from "../../src/settings/schema";

describe("colours of one's own", () => {
  const table = withCustomColor(defaultMasteryTable, " #F80", "learning");

  it("count however their letters and digits are written", () => {
    expect(customColors(table)).toEqual(["#ff8800"]);
    for (const color of ["#ff8800", "#FF8800", "#f80", "#F80"]) expect(levelOf(color, table)).toBe("learning");
    expect(levelOf("#ff8801", table)).toBeNull();
    expect(levelOf("4", table)).toBe("understood");
    const read = readSettings({ capture: { masteryTable: { "#F80": "mastered", "#ABCDEF": "learning", red: "learning" } } }, () => "");
    expect(customColors(read.capture.masteryTable)).toEqual(["#abcdef", "#ff8800"]);
  });

  it.each([
    ["orange", /hex digits/],
    ["#ff88", /hex digits/],
    ["#gggggg", /hex digits/],
    ["", /hex digits/],
    ["#F80", /in the list already/],
    ["#FF8800 ", /in the list already/],
    ["#123456", null],
  ])("%s: %s", (text, message) => {
    const found = checkNewColor(text, table);
    if (message === null) expect(found).toBeNull();
    else expect(found).toMatch(message);
  });

  it("are fields like the six of the canvas, and go as they came", () => {
    const settings = { ...defaultSettings(""), capture: { ...defaultSettings("").capture, masteryTable: table } };
    expect(readField(settings, "mastery.#ff8800")).toBe("learning");
    expect(readField(writeField(settings, "mastery.#ff8800", "mastered"), "mastery.#ff8800")).toBe("mastered");
    expect(withoutColor(table, "#ff8800")).toEqual(defaultMasteryTable);
  });
});
