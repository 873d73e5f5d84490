import { expect, it } from "vitest";
import { lifecycleDraft } from "../../../src/engine/learning/lifecycle";

const canvas = { id: "c1", path: "Maths/Sets.canvas" };
const subject = { kind: "canvas", id: "c1" };

it("tells that a canvas is new", () => {
  expect(lifecycleDraft({ kind: "created", canvas })).toEqual({
    type: "canvas_created",
    subject,
    priority: "NORMAL",
    data: { path: "Maths/Sets.canvas" },
  });
});

it("tells that a canvas has a new path", () => {
  expect(lifecycleDraft({ kind: "renamed", canvas, from: "Sets.canvas" })).toEqual({
    type: "canvas_renamed",
    subject,
    priority: "HIGH",
    data: { from: "Sets.canvas", to: "Maths/Sets.canvas" },
  });
});

it("tells that a canvas is gone", () => {
  expect(lifecycleDraft({ kind: "deleted", canvas })).toEqual({
    type: "canvas_deleted",
    subject,
    priority: "HIGH",
    data: { path: "Maths/Sets.canvas" },
  });
});
