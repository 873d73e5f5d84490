import { describe, expect, it } from "vitest";
import { cleanFolder, isCaptured } from "../../src/settings/folderFilter";

const all = { foldersIn: [], foldersOut: [] };

describe("isCaptured", () => {
  it.each([
    ["Deep/er/a.canvas", all, true],
    [".trash/a.canvas", all, false],
    ["Deep/.hidden/a.canvas", all, false],
    ["app/node_modules/x/a.canvas", all, false],
    ["node_modules.canvas", all, true],
    ["Courses/a.canvas", { foldersIn: ["Courses"], foldersOut: [] }, true],
    ["Courses2/a.canvas", { foldersIn: ["Courses"], foldersOut: [] }, false],
    ["Courses.canvas", { foldersIn: ["Courses"], foldersOut: [] }, false],
    ["Courses/Old/a.canvas", { foldersIn: ["Courses"], foldersOut: ["Courses/Old"] }, false],
    ["Courses/Older/a.canvas", { foldersIn: ["Courses"], foldersOut: ["Courses/Old"] }, true],
    ["a.canvas", { foldersIn: [""], foldersOut: [] }, true],
    ["Übung/a.canvas".normalize("NFD"), { foldersIn: ["Übung".normalize("NFC")], foldersOut: [] }, true],
  ])("%s with %j: %s", (path, capture, expected) => {
    expect(isCaptured(path, { canvases: true, notes: true, ...capture })).toBe(expected);
  });

  it("leaves out canvases or notes that are switched off, wherever they lie", () => {
    const seen = (switches: { canvases: boolean; notes: boolean }): readonly string[] =>
      ["a.canvas", "Deep/B.CANVAS", "n.md"].filter((path) => isCaptured(path, { ...switches, ...all }));
    expect(seen({ canvases: false, notes: true })).toEqual(["n.md"]);
    expect(seen({ canvases: true, notes: false })).toEqual(["a.canvas", "Deep/B.CANVAS"]);
  });
});

describe("cleanFolder", () => {
  it.each([
    ["/Courses/", "Courses"],
    [" Courses//Maths ", "Courses/Maths"],
    ["./Courses", "Courses"],
    ["/", ""],
  ])("%s → %s", (folder, clean) => {
    expect(cleanFolder(folder)).toBe(clean);
  });
});
