import { describe, expect, it } from "vitest";
import { captureKey, engineSettings } from "../../src/settings/engineSettings";
import { defaultSettings } from "../../src/settings/schema";

const base = defaultSettings("11111111-2222-4333-8444-555555555555");

describe("what the engine gets of the settings", () => {
  it("is how to read and how to send, and no more", () => {
    const { capture, engine } = base;
    expect(engineSettings(base)).toEqual({ masteryTable: capture.masteryTable, propertyNames: capture.properties, ...engine });
  });
});

describe("the key of what is captured", () => {
  it.each([
    ["folders in", { foldersIn: ["A"] }],
    ["folders out", { foldersOut: ["A"] }],
    ["properties", { properties: { ...base.capture.properties, due: "due" } }],
  ])("changes with %s", (_, change) => {
    expect(captureKey({ ...base, capture: { ...base.capture, ...change } })).not.toBe(captureKey(base));
  });

  it("does not change with anything else", () => {
    const other = { ...base, engine: { ...base.engine, lingerMs: 5 }, capture: { ...base.capture, masteryTable: {} } };
    expect(captureKey(other)).toBe(captureKey(base));
  });
});
