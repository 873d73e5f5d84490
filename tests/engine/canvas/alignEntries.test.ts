import { describe, expect, it } from "vitest";
import { alignEntries } from "../../../src/engine/canvas/alignEntries";
import type { CanvasEntry } from "../../../src/engine/canvas/document";

const list = (ids: string): CanvasEntry[] => [...ids].map((id) => ({ id }));

/** The old indices of the partners of each new entry; "+" where it has none. */
function partners(before: string, after: string): { partners: string; removed: string } {
  const old = list(before);
  const found = new Map<number, number>();
  const { removed, added } = alignEntries(old, list(after), (partner, now, index) => {
    expect(partner.id).toBe(now.id);
    expect(found.has(index)).toBe(false);
    found.set(index, old.indexOf(partner));
  });
  for (const index of added) expect(found.has(index)).toBe(false);
  return {
    partners: [...after].map((_, index) => (added.includes(index) ? "+" : String(found.get(index)))).join(""),
    removed: removed.map((index) => before[index]).join(""),
  };
}

describe("alignEntries", () => {
  it.each([
    ["equal lists", "abc", "abc", "012", ""],
    ["two empty lists", "", "", "", ""],
    ["an empty old list", "", "ab", "++", ""],
    ["an empty new list", "ab", "", "", "ab"],
    ["one put in front", "abc", "xabc", "+012", ""],
    ["one put in the middle", "abc", "abxc", "01+2", ""],
    ["one put at the end", "abc", "abcx", "012+", ""],
    ["one taken from the front", "abc", "bc", "12", "a"],
    ["one taken from the middle", "abcd", "abd", "013", "c"],
    ["one taken from the end", "abc", "ab", "01", "c"],
    ["one moved to the end", "abcde", "acdeb", "02341", ""],
    ["one moved to the front", "abcde", "dabce", "30124", ""],
    ["two neighbours exchanged", "abcd", "acbd", "0213", ""],
    ["several taken at once", "abcdefg", "aefg", "0456", "bcd"],
    ["several put in at once", "aefg", "abcdefg", "0+++123", ""],
    ["a full turn", "abcdef", "fedcba", "543210", ""],
    ["nothing in common", "abc", "xyz", "+++", "abc"],
    ["everything at once", "abcdefgh", "hxbadyg", "7+103+6", "cef"],
  ])("finds partners with %s", (_, before, after, expected, removed) => {
    expect(partners(before, after)).toEqual({ partners: expected, removed });
  });
});
