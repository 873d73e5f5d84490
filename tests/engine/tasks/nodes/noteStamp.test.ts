import fc from "fast-check";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { readStamp, stamped, type NoteStamp } from "../../../../src/engine/tasks/nodes/noteStamp";

const stamp: NoteStamp = { identity: "0123456789abcdef", canvas: "Courses/Maths.canvas", style: "comparison", generator: "model", createdAt: Date.UTC(2030, 0, 2, 3, 4, 5) };

function frontMatter(text: string): Record<string, unknown> {
  return parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? "") as Record<string, unknown>;
}

describe("the stamp of a note", () => {
  it("stands in front matter of its own, or in that of the note", () => {
    const plain = stamped("# Limits\n", stamp);
    expect(plain.endsWith("---\n\n# Limits\n")).toBe(true);
    const own = stamped("---\ntags: [maths]\n---\n# Limits\n", stamp);
    expect(frontMatter(own)).toEqual({ ...frontMatter(plain), tags: ["maths"] });
    expect(own.endsWith("tags: [maths]\n---\n# Limits\n")).toBe(true);
    expect(frontMatter(stamped("---\n---\nText", stamp))).toEqual(frontMatter(plain));
  });

  it("takes a rule at the beginning for no front matter", () => {
    const text = stamped("---\nA thought\n", stamp);
    expect([readStamp(text), text.endsWith("---\n\n---\nA thought\n")]).toEqual([stamp, true]);
  });

  it("is read as it was written, whatever the canvas is called and the note says", () => {
    const path = fc.string({ unit: "grapheme", minLength: 1 }).filter((name) => name.trim() !== "");
    fc.assert(
      fc.property(path, fc.string(), fc.integer({ min: 0, max: 4e12 }), (canvas, text, createdAt) => {
        const own = { ...stamp, canvas, createdAt };
        expect(readStamp(stamped(text, own))).toEqual(own);
      }),
    );
  });

  it("is read when the app has written the properties anew", () => {
    const rewritten = "---\r\ntags:\r\n  - a\r\nengram-explanation: 0123456789abcdef\r\nengram-canvas: Courses/Maths.canvas\r\nengram-style: comparison\r\nengram-generator: model\r\nengram-created: 2030-01-02T03:04:05.000Z\r\n---\r\nText";
    expect(readStamp(rewritten)).toEqual(stamp);
    expect(readStamp(rewritten.replace(": Courses/Maths.canvas", ": 'Ada''s.canvas'"))?.canvas).toBe("Ada's.canvas");
  });

  it.each(["", "Text", "---\nengram-explanation: 0123456789abcdef\n---\n", "---\nengram-explanation: ../x\nengram-canvas: a\nengram-style: comparison\nengram-generator: model\nengram-created: 2030-01-02\n---\n"])("is not there in %j", (text) => {
    expect(readStamp(text)).toBeNull();
  });
});
