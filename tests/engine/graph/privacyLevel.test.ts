import { expect, it } from "vitest";
import { privacyStep, type PrivacyLevel } from "../../../src/engine/graph/privacyLevel";

it.each<[PrivacyLevel, number, PrivacyLevel, number, boolean, string]>([
  ["full", 0, "full", 0, false, "fits"],
  ["ids", 9, "ids", 3, false, "fits"],
  ["ids", 3, "ids", 9, true, "clear"],
  ["ids", 9, "full", 0, false, "clear"],
  ["full", 9, "ids", 3, false, "clear"],
  ["full", 0, "ids", 3, false, "refused"],
  ["full", 0, "ids", 3, true, "refused"],
  ["ids", 5, "titles", 5, false, "clear"],
  ["titles", 5, "ids", 5, false, "refused"],
])("%s since %i where there is %s since %i (clearing: %s): %s", (level, since, there, then, clearing, step) => {
  expect(privacyStep({ level, since }, { level: there, since: then, clearing })).toBe(step);
});
