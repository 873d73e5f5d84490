import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { eventId, mintCanvasId } from "../../../src/engine/learning/ids";
import { testHasher } from "../../fakes/testHasher";

const vault = "6f1c2b8e-0d5a-4a52-9f0e-3f1f6f1f2a10";

describe("the id of an event", () => {
  it("is the SHA-256 of its canonical JSON", () => {
    const data = { score: 80, previous: null, concept: "Größe 🌍", nested: { b: [1.5, -0], a: "\u2028" } };
    const id = eventId(testHasher, { vault, canvasPath: "a.canvas", subjectId: "n1", type: "score_submitted", at: 1_700_000_000_000, data });
    const text =
      `[1,"${vault}","a.canvas","n1","score_submitted",1700000000000,` +
      `{"concept":"Größe 🌍","nested":{"a":"\u2028","b":[1.5,0]},"previous":null,"score":80}]`;
    expect(id).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
    expect(id).toBe("d20347016175bb7d2777b396bb6b5d5714154cfde94a1edf53bf5e9bf649b18c");
  });

  it("does not depend on the order of keys, but on everything else", () => {
    const base = { vault, canvasPath: null, subjectId: "n", type: "note_opened", at: 5, data: { a: 1, b: 2 } };
    const id = eventId(testHasher, base);
    expect(id).toBe("379af990a0b4e2ba1ee36251153451d6af0cde72510adbf97794d4e302bf1a33");
    expect(eventId(testHasher, { ...base, data: { b: 2, a: 1 } })).toBe(id);
    const others = [
      { ...base, vault: "v" },
      { ...base, canvasPath: "n" },
      { ...base, subjectId: "m" },
      { ...base, type: "custom:x" },
      { ...base, at: 6 },
      { ...base, data: { a: 1, b: 3 } },
    ];
    expect(new Set([id, ...others.map((other) => eventId(testHasher, other))]).size).toBe(7);
  });
});

describe("the id of a canvas", () => {
  it("comes from vault, path and whole modification time", () => {
    const id = mintCanvasId(testHasher, vault, "Maths/Sets.canvas", 1_700_000_000_000.6);
    expect(id).toBe("025c18d4b8d2cb751daaeafab1322d02");
    expect(mintCanvasId(testHasher, vault, "Maths/Sets.canvas", 1_700_000_000_000)).toBe(id);
    expect(mintCanvasId(testHasher, vault, "Maths/Sets.canvas", 1_700_000_000_001)).not.toBe(id);
  });
});
