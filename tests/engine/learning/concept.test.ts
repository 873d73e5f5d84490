import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conceptKey, conceptOf } from "../../../src/engine/learning/concept";
import { entry } from "./entryChange";

function ofText(text: string): string | null {
  return conceptOf(entry({ type: "text", text }));
}

describe("the concept of a node", () => {
  it.each([
    ["the file of a file node", { type: "file", file: "Maths/Sets.md", text: "x" }, "Maths/Sets.md"],
    ["the text where a file node names no file", { type: "file", text: "Sets" }, "Sets"],
    ["the text of a node that only has a key called file", { type: "text", file: "a.md", text: "Sets" }, "Sets"],
    ["a group's label", { type: "group", label: " Week 1 " }, "Week 1"],
    ["a link's address", { type: "link", url: "https://example.org/a?b=c" }, "https://example.org/a?b=c"],
    ["the label where the text is blank", { type: "text", text: " \n\t\n", label: "L", url: "u" }, "L"],
    ["nothing", { type: "text", text: "" }, null],
    ["nothing in values that are no text", { type: "file", file: 3, text: ["a"], label: {}, url: null }, null],
  ])("is %s", (_, keys, concept) => {
    expect(conceptOf(entry(keys))).toBe(concept);
  });

  it.each([
    ["\n\n  Second line  \nthird", "Second line"],
    ["\r\n\r\nAfter CRLF\r\nrest", "After CRLF"],
    ["\rOld Mac\rrest", "Old Mac"],
    ["# Heading", "Heading"],
    ["###### Deep", "Deep"],
    ["#tag stays", "#tag stays"],
    ["#\nHello", "Hello"],
    ["- item", "item"],
    ["* [ ] open task", "open task"],
    ["12. [x] done task", "done task"],
    ["-5 degrees", "-5 degrees"],
    ["> quoted", "quoted"],
    ["> [!note]- Callout title", "Callout title"],
    ["> - **deep** mark", "deep mark"],
    ["---\nafter a rule", "after a rule"],
    ["```js\nlet a", "let a"],
    ["**bold** and *it* and __b__ and _i_", "bold and it and b and i"],
    ["***both***", "both"],
    ["**outer *inner* end**", "outer inner end"],
    ["~~old~~ ==new==", "old new"],
    ["snake_case_name stays", "snake_case_name stays"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["a \\*literal\\* star", "a *literal* star"],
    ["`code` span", "code span"],
    ["[text](https://a.b/c) after", "text after"],
    ["![alt](pic.png)", "alt"],
    ["[[Note#Part|Alias]] and [[Other]]", "Alias and Other"],
    ["![[pic.png]]", "pic.png"],
    ["seen %%hidden%%", "seen"],
    ["block ^a1b2", "block"],
    ["<script>alert('x')</script>", "<script>alert('x')</script>"],
    ["[x] not a list", "[x] not a list"],
    ["“学习” 🌍", "“学习” 🌍"],
    ["****", null],
    ["> \n>\n", null],
  ])("reads %j as %j", (text, concept) => {
    expect(ofText(text)).toBe(concept);
  });

  it("holds at most 120 characters and never half of one", () => {
    expect(ofText("🌍".repeat(200))).toBe("🌍".repeat(120));
    expect(ofText("x".repeat(119) + " end")).toBe("x".repeat(119));
    expect(ofText(`${"a".repeat(999)}🌍`)).toBe("a".repeat(120));
  });

  it("does not cut one address into another", () => {
    const url = `https://example.org/${"a".repeat(500)}`;
    expect(conceptOf(entry({ type: "link", url }))).toBe(url);
  });

  it("is always well formed, trimmed and short, for any text", () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), fc.constantFrom(..."[]()*_`#>- \n\\!%~="));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        const concept = ofText(text);
        if (concept === null) return;
        expect(concept).not.toMatch(/[\ud800-\udfff]/u);
        expect([...concept].length).toBeLessThanOrEqual(120);
        expect(concept).toBe(concept.trim());
        expect(concept).not.toBe("");
      }),
    );
  });

  it.each(["*a ", "[", "[[a|", "_a_", "> [!", "`", "~~a", "\\*a"])("reads a megabyte of %j", (part) => {
    expect(typeof ofText(`x${part.repeat(1_000_000 / part.length)}`)).toBe("string");
  });
});

const anyPoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

describe("the key of a concept", () => {
  it.each([
    ["  Group \t Theory ", "group theory"],
    ["GRÜßE", "grüße"],
    ["Cafe\u0301", "caf\u00e9"],
    ["a\u00a0b", "a b"],
    ["  ", ""],
  ])("of %j is %j", (name, key) => {
    expect(conceptKey(name)).toBe(key);
  });

  it("is its own key", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyPoint }), (name) => {
        expect(conceptKey(conceptKey(name))).toBe(conceptKey(name));
      }),
    );
  });
});
