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
    expect(isCaptured(path, capture)).toBe(expected);
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
