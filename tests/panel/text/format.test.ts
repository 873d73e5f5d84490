import { describe, expect, it } from "vitest";
import { createFormat } from "../../../src/panel/text/format";

const format = createFormat("en");

describe("format", () => {
  it.each([
    [0, "0"],
    [999_999, "999,999"],
    [1_234_567, "1.23M"],
  ])("shows %d in a figure as %s", (value, text) => {
    expect(format.figure(value)).toBe(text);
  });

  it.each([
    [10, "1 second"],
    [29_100, "30 seconds"],
    [90_000, "90 seconds"],
    [120_000, "2 minutes"],
    [5_400_000, "90 minutes"],
    [9_000_000, "2.5 hours"],
  ])("says %d ms roughly as %s", (ms, text) => {
    expect(format.roughly(ms)).toBe(text);
  });

  it.each([
    [0, "0 kB"],
    [1, "1 kB"],
    [999_999, "1,000 kB"],
    [2_540_000, "2.5 MB"],
  ])("says %d bytes as %s", (value, text) => {
    expect(format.bytes(value)).toBe(text);
  });

  it("knows one from many, in a language that tells them apart and in one that does not", () => {
    const notes = { one: "{count} note", other: "{count} notes" };
    expect(format.plural(1, notes)).toBe("1 note");
    expect(format.plural(0, notes)).toBe("0 notes");
    expect(format.plural(1200, notes)).toBe("1,200 notes");
    const chinese = createFormat("zh");
    expect([1, 1200].map((count) => chinese.plural(count, { other: "{count} 条笔记" }))).toEqual(["1 条笔记", "1,200 条笔记"]);
    expect(createFormat("ru").plural(2, { one: "{count} файл", few: "{count} файла", other: "{count} файлов" })).toBe("2 файла");
  });

  it("speaks the language it is given", () => {
    expect(createFormat("de").count(1234.4)).toBe("1.234");
  });
});
