import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/engine/kernel/canonicalJson";
import { validateRecord, type ValidRecord } from "../../../src/engine/learning/record";

const onNode = { canvas: "Maths/Sets.canvas", node: "n1" };
const onNote = { note: "Maths/Sets.md" };

function valid(input: unknown): ValidRecord {
  const record = validateRecord(input);
  if (record.kind === "invalid") throw new Error(`${record.code}: ${record.message}`);
  return record;
}

describe("a record that can become an event", () => {
  it("is a draft with canvas and time", () => {
    expect(validateRecord({ type: "score_submitted", ...onNode, score: 80, timestamp: "2024-05-01T10:20:30+02:00" })).toEqual({
      kind: "valid",
      draft: {
        type: "score_submitted",
        subject: { kind: "node", id: "n1" },
        priority: "CRITICAL",
        data: { score: 80, previous: null, concept: null },
      },
      canvasPath: "Maths/Sets.canvas",
      at: Date.UTC(2024, 4, 1, 8, 20, 30),
    });
  });

  it.each<[string, object, object]>([
    ["a score of a note", { type: "score_submitted", ...onNote, score: "85.5" }, { score: 85.5, previous: null, concept: "Maths/Sets.md" }],
    ["a score of a concept", { type: "score_submitted", concept: " Set Theory ", score: 0 }, { score: 0, previous: null, concept: "Set Theory" }],
    ["a score with what else is said", { type: "score_submitted", ...onNode, data: { score: 100, previous: 40, concept: "Sets", quiz: [1] }, remark: "well done" }, { score: 100, previous: 40, concept: "Sets", quiz: [1], remark: "well done" }],
    ["a rating", { type: "review_rated", ...onNode, rating: "good" }, { rating: "good", due: null, interval: null, ease: null, concept: null }],
    ["a whole review", { type: "review_rated", ...onNode, rating: 3, due: "2030-01-05T00:00:00Z", interval: "4", ease: 2.5 }, { rating: 3, due: "2030-01-05", interval: 4, ease: 2.5, concept: null }],
    ["a review due at a moment", { type: "review_rated", ...onNode, due: 1_900_000_000_000 }, { rating: null, due: 1_900_000_000_000, interval: null, ease: null, concept: null }],
    ["a level", { type: "mastery_changed", ...onNote, level: "Not understood" }, { oldLevel: null, newLevel: "not_understood", concept: "Maths/Sets.md" }],
    ["a level that is taken away", { type: "mastery_changed", ...onNote, level: null, data: { oldLevel: "learning" } }, { oldLevel: "learning", newLevel: null, concept: "Maths/Sets.md" }],
    ["an opened note", { type: "note_opened", ...onNote }, {}],
    ["an explanation", { type: "explanation_created", canvas: "a.canvas", edge: "e1", data: { file: "x.md" } }, { file: "x.md" }],
    ["data of its own with the names of fields", { type: "custom:x", ...onNode, data: { remark: 5, score: "A", due: [] } }, { remark: 5, score: "A", due: [] }],
    ["a remark on it", { type: "custom:x", ...onNode, data: { a: 1 }, remark: "again" }, { a: 1, remark: "again" }],
    ["data of its own", { type: "custom:quiz.done", ...onNode, data: { score: "many", deep: { list: [1, null, "ü\ud800"] } } }, { score: "many", deep: { list: [1, null, "ü\ud800"] } }],
  ])("lays out %s", (_, input, data) => {
    expect(valid(input).draft.data).toEqual(data);
  });

  it.each<[string, object, unknown, string | null]>([
    ["a node", onNode, { kind: "node", id: "n1" }, "Maths/Sets.canvas"],
    ["an edge", { canvas: "a.canvas", edge: "e1" }, { kind: "edge", id: "e1" }, "a.canvas"],
    ["a canvas", { canvas: "./Maths/Sets" }, { kind: "canvas", id: "Maths/Sets.canvas" }, "Maths/Sets.canvas"],
    ["a note", { note: "./a.md" }, { kind: "note", id: "a.md" }, null],
    ["a concept", { concept: "  Set\tTHEORY " }, { kind: "concept", id: "set theory" }, null],
    ["a node, with null beside it", { ...onNode, note: null, concept: undefined }, { kind: "node", id: "n1" }, "Maths/Sets.canvas"],
  ])("is about %s", (_, input, subject, canvasPath) => {
    const record = valid({ type: "custom:x", ...input });
    expect(record.draft.subject).toEqual(subject);
    expect(record.canvasPath).toBe(canvasPath);
  });

  it.each([
    [undefined, null],
    [0, 0],
    [1_700_000_000_000.9, 1_700_000_000_000],
    ["2024-05-01", Date.UTC(2024, 4, 1)],
    ["2024-05-01T10:20", Date.UTC(2024, 4, 1, 10, 20)],
  ])("has the time %j as %j", (timestamp, at) => {
    expect(valid({ type: "note_opened", ...onNote, timestamp }).at).toBe(at);
  });

  it("may name its fields as other programs do", () => {
    const snake = { event_type: "score_submitted", canvas_path: "a.canvas", node_id: "n1", metadata: { score: 70 } };
    expect(validateRecord(snake)).toEqual(validateRecord({ type: "score_submitted", canvas: "a.canvas", node: "n1", data: { score: 70 } }));
    expect(valid({ event_type: "custom:x", canvas_path: "a.canvas", edge_id: "e" }).draft.subject.kind).toBe("edge");
  });

  it("owns its data: the caller's later changes do not reach it", () => {
    const data = { list: [1] };
    const { draft } = valid({ type: "custom:x", ...onNode, data });
    data.list.push(2);
    expect(draft.data).toEqual({ list: [1] });
  });

  it("takes up to 256 kB of data", () => {
    const text = "x".repeat(256 * 1024 - 11);
    expect(valid({ type: "custom:x", ...onNode, data: { text: `${text}` } }).draft.data).toEqual({ text });
  });
});

describe("a record that is refused", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const doubled = Array.from({ length: 60 }).reduce<unknown>((inner) => [inner, inner], 1);
  const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 1);
  const custom = { type: "custom:x", ...onNode };
  const score = { type: "score_submitted", ...onNode };
  const review = { type: "review_rated", ...onNode };

  it.each<[string, unknown, string, string]>([
    ["null", null, "invalid_input", "a record must be an object"],
    ["a list", [], "invalid_input", "a record must be an object"],
    ["a text", "score", "invalid_input", "a record must be an object"],
    ["no type", { ...onNode }, "missing_field", "type is missing"],
    ["a type that is no text", { ...onNode, type: 1 }, "unknown_type", "type must be text"],
    ["an unknown type", { ...onNode, type: "score" }, "unknown_type", 'unknown type "score": expected'],
    ["a custom type without a name", { ...onNode, type: "custom:" }, "unknown_type", "unknown type"],
    ["a custom type with a strange name", { ...onNode, type: "custom:a b" }, "unknown_type", "unknown type"],
    ["a node's creation", { ...onNode, type: "node_created" }, "file_only_type", "node_created is read from canvas files only"],
    ["a colour", { ...onNode, type: "color_changed" }, "file_only_type", "color_changed is read from canvas files only"],
    ["a canvas's deletion", { canvas: "a.canvas", type: "canvas_deleted" }, "file_only_type", "canvas_deleted is read"],
    ["no subject", { type: "custom:x" }, "missing_field", "expected a subject"],
    ["two subjects", { type: "custom:x", ...onNode, ...onNote }, "invalid_subject", "expected one subject, got node and note"],
    ["a note with a canvas", { type: "custom:x", canvas: "a.canvas", ...onNote }, "invalid_subject", "a note belongs to no canvas"],
    ["a node without its canvas", { type: "custom:x", node: "n1" }, "missing_field", "canvas is missing"],
    ["an empty node id", { type: "custom:x", canvas: "a.canvas", node: "" }, "invalid_subject", "node must be the id"],
    ["a node id that is a number", { type: "custom:x", canvas: "a.canvas", node: 5 }, "invalid_subject", "node must be the id"],
    ["an empty concept", { type: "custom:x", concept: " " }, "invalid_subject", "concept must be a name"],
    ["a score of an edge", { type: "score_submitted", canvas: "a.canvas", edge: "e", score: 1 }, "invalid_subject", "score_submitted is about one of node, note, concept; the subject given is of kind edge"],
    ["an opened concept", { type: "note_opened", concept: "x" }, "invalid_subject", "note_opened is about one of note"],
    ["a note that is no note", { type: "custom:x", note: "a.pdf" }, "invalid_path", "ending in .md"],
    ["a path that is a number", { type: "custom:x", note: 5 }, "invalid_path", "note must be a vault path"],
    ["a path upwards", { ...custom, canvas: "a/../../b.canvas" }, "invalid_path", "canvas: the path leads upwards (..)"],
    ["an absolute path", { ...custom, canvas: "/etc/a.canvas" }, "invalid_path", "canvas: the path is absolute"],
    ["a path with a drive", { ...custom, canvas: "C:/a.canvas" }, "invalid_path", "canvas: the path is absolute"],
    ["a backslash", { ...custom, canvas: "a\\b.canvas" }, "invalid_path", "canvas: the path holds a backslash"],
    ["a NUL", { ...custom, canvas: "a\0.canvas" }, "invalid_path", "canvas: the path holds a NUL character"],
    ["an empty segment", { ...custom, canvas: "a//b.canvas" }, "invalid_path", "canvas: the path has an empty or . segment"],
    ["an empty path", { ...custom, canvas: "" }, "invalid_path", "canvas: the path is empty"],
    ["an endless path", { ...custom, canvas: "a".repeat(5000) }, "invalid_path", "canvas: the path is longer than 4096 characters"],
    ["a time that is none", { ...custom, timestamp: "yesterday" }, "invalid_timestamp", "timestamp must be epoch milliseconds or ISO 8601 text"],
    ["a time that is no number", { ...custom, timestamp: Number.NaN }, "invalid_timestamp", "timestamp must be epoch"],
    ["a time that is a date", { ...custom, timestamp: new Date() }, "invalid_timestamp", "timestamp must be epoch"],
    ["a time before 1970", { ...custom, timestamp: -1 }, "invalid_timestamp", "timestamp must lie between 1970 and 2286"],
    ["a time too far", { ...custom, timestamp: 1e13 }, "invalid_timestamp", "timestamp must lie between 1970 and 2286"],
    ["no score", score, "missing_field", "score is missing"],
    ["a score above 100", { ...score, score: 100.1 }, "invalid_value", "score must be a number from 0 to 100"],
    ["a score below 0", { ...score, score: -1 }, "invalid_value", "score must be a number from 0 to 100"],
    ["a score that is no number", { ...score, score: "A" }, "invalid_value", "score must be a number from 0 to 100"],
    ["an infinite score", { ...score, score: Number.POSITIVE_INFINITY }, "invalid_value", "score must be a number"],
    ["a review that says nothing", review, "missing_field", "review_rated needs a rating, due, interval or ease"],
    ["an empty rating", { ...review, rating: " " }, "invalid_value", "rating must be a number or text"],
    ["a due that is no date", { ...review, due: "soon" }, "invalid_value", "due must be epoch milliseconds or a date"],
    ["a negative interval", { ...review, interval: -1 }, "invalid_value", "interval must be a number of at least 0"],
    ["an ease that is a list", { ...review, ease: [1] }, "invalid_value", "ease must be a number of at least 0"],
    ["no level", { type: "mastery_changed", ...onNote }, "missing_field", "level is missing"],
    ["an unknown level", { type: "mastery_changed", ...onNote, level: "guru" }, "invalid_value", "level must be one of"],
    ["a remark that is no text", { ...score, score: 1, remark: {} }, "invalid_value", "remark must be text"],
    ["data that is a list", { ...custom, data: [1] }, "invalid_data", "data must be a JSON object"],
    ["data that is text", { ...custom, data: "x" }, "invalid_data", "data must be a JSON object"],
    ["a function in data", { ...custom, data: { f: () => 1 } }, "invalid_data", "it holds a value of type function"],
    ["undefined in data", { ...custom, data: { a: undefined } }, "invalid_data", "it holds a value of type undefined"],
    ["a bigint in data", { ...custom, data: { a: 1n } }, "invalid_data", "it holds a value of type bigint"],
    ["a hole in a list", { ...custom, data: { a: new Array(3) } }, "invalid_data", "it holds a value of type undefined"],
    ["NaN in data", { ...custom, data: { a: Number.NaN } }, "invalid_data", "it holds a number that is not finite"],
    ["a date in data", { ...custom, data: { a: new Date(0) } }, "invalid_data", "it holds an object that is not plain"],
    ["a map as data", { ...custom, data: new Map() }, "invalid_data", "it holds an object that is not plain"],
    ["a cycle in data", { ...custom, data: cyclic }, "invalid_data", "nested deeper than 64, or a cycle"],
    ["depth in data", { ...custom, data: { deep } }, "invalid_data", "nested deeper than 64, or a cycle"],
    ["a small value that unfolds to a huge one", { ...custom, data: { doubled } }, "data_too_large", "data is larger than 262144 characters"],
    ["a huge text", { ...custom, data: { text: "x".repeat(256 * 1024 - 10) } }, "data_too_large", "data is larger than"],
    ["a text that grows when it is escaped", { ...custom, data: { text: "\0".repeat(60_000) } }, "data_too_large", "data is larger than"],
    ["a list of four billion holes", { ...custom, data: { list: new Array(4_000_000_000) } }, "data_too_large", "data is larger than"],
  ])("with %s", (_, input, code, message) => {
    const record = validateRecord(input);
    expect(record).toMatchObject({ kind: "invalid", code });
    expect(record.kind === "invalid" && record.message).toContain(message);
  });

  it.each<[string, unknown]>([
    ["a getter that throws", { get type(): string { throw new Error("secret"); } }],
    ["a getter in data that throws", { ...custom, data: { get a(): string { throw new Error("secret"); } } }],
    ["a proxy that throws", new Proxy({}, { get: () => { throw new Error("secret"); } })],
    ["a revoked proxy", (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()],
  ])("because of %s, without what it threw", (_, input) => {
    expect(validateRecord(input)).toEqual({ kind: "invalid", code: "invalid_input", message: "the record could not be read" });
  });
});

describe("whatever is given", () => {
  const fields = ["type", "timestamp", "canvas", "node", "edge", "note", "concept", "data", "score", "rating", "due", "level", "remark", "event_type", "metadata"];
  const type = fc.constantFrom("score_submitted", "review_rated", "mastery_changed", "explanation_created", "note_opened", "custom:x", "node_created");
  const likely = fc.record(
    { type, canvas: fc.constantFrom("a.canvas", "../a", ""), node: fc.string(), data: fc.oneof(fc.anything(), fc.object()), score: fc.anything(), level: fc.anything(), rating: fc.anything(), timestamp: fc.anything() },
    { requiredKeys: ["type"] },
  );

  it("answers and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...fields), fc.anything()), likely), (input) => {
        const record = validateRecord(input);
        if (record.kind === "invalid") {
          expect(record.message).not.toBe("");
          return;
        }
        expect(JSON.parse(JSON.stringify(record.draft))).toEqual(record.draft);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps custom data exactly", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" })), (data) => {
        const plain = JSON.parse(JSON.stringify(data)) as Record<string, never>;
        const record = valid({ type: "custom:x", ...onNode, data });
        expect(canonicalJson(record.draft.data)).toBe(canonicalJson(plain));
      }),
    );
  });

  it("keeps a key called __proto__ as data", () => {
    const data: unknown = JSON.parse('{"__proto__": {"polluted": true}, "a": {"__proto__": 1}}');
    const record = valid({ type: "custom:x", ...onNode, data });
    expect(JSON.stringify(record.draft.data)).toBe('{"__proto__":{"polluted":true},"a":{"__proto__":1}}');
  });
});
