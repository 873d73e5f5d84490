import { describe, expect, it } from "vitest";
import { checkForm, emptyForm, formRecords } from "../../../src/panel/forms/learningForm";

const node = { canvas: "Maths.canvas", node: "n1" };

describe("checkForm", () => {
  it.each([
    [{}, /Enter a score, a review or a remark/],
    [{ remark: "  " }, /Enter a score/],
    [{ score: "101" }, /0 to 100/],
    [{ score: "-1" }, /0 to 100/],
    [{ score: "good" }, /0 to 100/],
  ])("refuses %j", (form, message) => {
    expect(checkForm({ ...emptyForm, ...form })).toMatch(message);
  });

  it.each([{ score: "0" }, { score: "87,5" }, { score: " 100 " }, { rating: "good" }, { remark: "hm" }])("takes %j", (form) => {
    expect(checkForm({ ...emptyForm, ...form })).toBeNull();
  });
});

describe("formRecords", () => {
  it("makes one event of a score with its remark", () => {
    expect(formRecords({ score: "87,5", rating: "", remark: " well " }, node)).toEqual([
      { type: "score_submitted", score: 87.5, remark: "well", canvas: "Maths.canvas", node: "n1" },
    ]);
  });

  it("makes two of a score and a review, with the remark once", () => {
    expect(formRecords({ score: "40", rating: "hard", remark: "why?" }, { note: "a.md" })).toEqual([
      { type: "score_submitted", score: 40, remark: "why?", note: "a.md" },
      { type: "review_rated", rating: "hard", note: "a.md" },
    ]);
  });

  it("keeps a lone remark", () => {
    expect(formRecords({ ...emptyForm, remark: "hm" }, node)).toEqual([{ type: "custom:remark", remark: "hm", ...node }]);
  });
});
