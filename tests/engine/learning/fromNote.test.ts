import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/engine/kernel/json";
import { noteDrafts, type NoteFacts } from "../../../src/engine/learning/fromNote";
import { defaultPropertyNames, watchedProperties } from "../../../src/engine/learning/watchedProperties";

const path = "Maths/Sets.md";
const unknown: NoteFacts = { score: null, mastery: null, due: null, interval: null, ease: null };

function read(known: NoteFacts | null, properties: JsonObject, names = defaultPropertyNames): ReturnType<typeof noteDrafts> {
  return noteDrafts(path, known, watchedProperties(properties, names), names);
}

function data(known: NoteFacts | null, properties: JsonObject): unknown {
  const { drafts, problems } = read(known, properties);
  expect(problems).toEqual([]);
  return drafts.map((draft) => [draft.type, draft.data]);
}

describe("the events of a note", () => {
  it("are whole drafts about the note", () => {
    expect(read(null, { score: 80, mastery: "learning", "sr-due": "2030-01-05", "sr-interval": 3, "sr-ease": 250 })).toEqual({
      drafts: [
        {
          type: "score_submitted",
          subject: { kind: "note", id: path },
          priority: "CRITICAL",
          data: { score: 80, previous: null, concept: path },
        },
        {
          type: "mastery_changed",
          subject: { kind: "note", id: path },
          priority: "HIGH",
          data: { oldLevel: null, newLevel: "learning", concept: path },
        },
        {
          type: "review_rated",
          subject: { kind: "note", id: path },
          priority: "CRITICAL",
          data: { rating: null, due: "2030-01-05", interval: 3, ease: 250, concept: path },
        },
      ],
      problems: [],
    });
  });

  it.each<[string, NoteFacts | null, JsonObject, unknown[]]>([
    ["a note without properties", null, {}, []],
    ["other properties", null, { tags: ["a"], Score: 5 }, []],
    ["what is known already", { score: 80, mastery: "learning", due: "2030-01-05", interval: 3, ease: 250 }, { score: 80, mastery: "learning", "sr-due": "2030-01-05", "sr-interval": 3, "sr-ease": 250 }, []],
    ["a new score", { ...unknown, score: 40 }, { score: 85.5 }, [["score_submitted", { score: 85.5, previous: 40, concept: path }]]],
    ["a score as text", null, { score: " 85 " }, [["score_submitted", { score: 85, previous: null, concept: path }]]],
    ["the limits of a score", { ...unknown, score: 100 }, { score: 0 }, [["score_submitted", { score: 0, previous: 100, concept: path }]]],
    ["a score that is taken away", { ...unknown, score: 40 }, {}, []],
    ["a score left empty", { ...unknown, score: 40 }, { score: null }, []],
    ["a level in other spelling", { ...unknown, mastery: "not_understood" }, { mastery: " Not-Understood " }, []],
    ["a new level", { ...unknown, mastery: "learning" }, { mastery: "Mastered" }, [["mastery_changed", { oldLevel: "learning", newLevel: "mastered", concept: path }]]],
    ["a level that is taken away", { ...unknown, mastery: "learning" }, { mastery: "" }, [["mastery_changed", { oldLevel: "learning", newLevel: null, concept: path }]]],
    ["a due day that YAML made a time", { ...unknown, due: "2030-01-05" }, { "sr-due": "2030-01-05T00:00:00.000Z" }, []],
    ["part of a review", { ...unknown, due: "2030-01-05", interval: 3, ease: 250 }, { "sr-due": "2030-01-09", "sr-interval": "4" }, [["review_rated", { rating: null, due: "2030-01-09", interval: 4, ease: null, concept: path }]]],
    ["review properties that are taken away", { ...unknown, due: "2030-01-05", interval: 3 }, { "sr-due": "2030-01-05" }, []],
  ])("%s", (_, known, properties, events) => {
    expect(data(known, properties)).toEqual(events);
  });

  it("come from the properties that the settings name", () => {
    const names = { score: "grade", mastery: "", due: "due", interval: "i", ease: "e" };
    const { drafts } = read(null, { grade: 50, score: 1, "": "learning", due: "2030-01-05" }, names);
    expect(drafts.map((draft) => draft.type)).toEqual(["score_submitted", "review_rated"]);
  });

  it("do not come from what every object has", () => {
    const names = { ...defaultPropertyNames, score: "constructor", mastery: "__proto__", due: "toString" };
    expect(read(null, {}, names)).toEqual({ drafts: [], problems: [] });
  });
});

describe("values that cannot be used", () => {
  it.each<[JsonObject, string]>([
    [{ score: 101 }, 'the property "score" is not a number from 0 to 100'],
    [{ score: -1 }, 'the property "score" is not a number from 0 to 100'],
    [{ score: "good" }, 'the property "score" is not a number from 0 to 100'],
    [{ score: [80] }, 'the property "score" is not a number from 0 to 100'],
    [{ score: true }, 'the property "score" is not a number from 0 to 100'],
    [{ mastery: "expert" }, 'the property "mastery" is not one of not_understood, learning, understood, mastered'],
    [{ mastery: 3 }, 'the property "mastery" is not one of not_understood, learning, understood, mastered'],
    [{ "sr-due": "soon" }, 'the property "sr-due" is not a date such as 2030-12-31'],
    [{ "sr-interval": -2 }, 'the property "sr-interval" is not a number of at least 0'],
    [{ "sr-ease": {} }, 'the property "sr-ease" is not a number of at least 0'],
  ])("%j gives a reason and no event", (properties, reason) => {
    const known = { score: 1, mastery: "learning", due: "2030-01-05", interval: 1, ease: 1 };
    expect(read(known, { mastery: "learning", ...properties })).toEqual({
      drafts: [],
      problems: [{ path, line: null, column: null, reason }],
    });
  });

  it("hold back only their own group", () => {
    const { drafts, problems } = read(null, { score: "?", mastery: "learning", "sr-due": "soon", "sr-interval": 3, "sr-ease": "x" });
    expect(drafts.map((draft) => draft.type)).toEqual(["mastery_changed"]);
    expect(problems).toHaveLength(3);
  });

  it("never make it throw", () => {
    const properties = fc.dictionary(fc.constantFrom("score", "mastery", "sr-due", "sr-interval", "sr-ease"), fc.jsonValue());
    fc.assert(
      fc.property(properties, (any) => {
        const { drafts } = read(null, any as JsonObject);
        expect(drafts.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
