import { describe, expect, it } from "vitest";
import { defaultEngineSettings } from "../../src/engine/index";
import { captureKey, engineSettings } from "../../src/settings/engineSettings";
import { defaultSettings } from "../../src/settings/schema";

const base = defaultSettings("11111111-2222-4333-8444-555555555555");

describe("what the engine gets of the settings", () => {
  it("is how to read and how to send, and no more", () => {
    const { capture, engine } = base;
    const { concurrency, batchSize, lingerMs, adaptive, targetLatencyMs, queueEvents, ageingMs, domainLimits } = engine;
    const work = { concurrency, batchSize, lingerMs, adaptive, targetLatencyMs, queueEvents, ageingMs, domainLimits };
    const retry = { attempts: 5, baseMs: 100, mostMs: 2_000 };
    const breaker = { failures: 3, firstWaitMs: 2_000, longestWaitMs: 60_000 };
    const workers = { min: 1, max: 10 };
    const reading = { masteryTable: capture.masteryTable, propertyNames: capture.properties, records: true };
    expect(engineSettings(base)).toEqual({ ...reading, ...work, retry, breaker, workers, journalLimitBytes: null, savedTemplates: {} });
    const saved = { mine: { name: "Mine" } };
    expect(engineSettings({ ...base, templates: { saved } }).savedTemplates).toBe(saved);
  });

  it("is what the engine does when nobody has said anything", () => {
    expect(engineSettings(base)).toEqual(defaultEngineSettings);
  });

  it("has fewer workers on a phone, unless a person says how many", () => {
    const of = (workersMin: number, workersMax: number) => ({ ...base, engine: { ...base.engine, workersMin, workersMax } });
    expect(engineSettings(base, "phone").workers).toEqual({ min: 1, max: 4 });
    expect(engineSettings(of(2, 8), "phone").workers).toEqual({ min: 2, max: 8 });
    expect(engineSettings(of(6, 0), "phone").workers).toEqual({ min: 6, max: 6 });
    expect(engineSettings(of(5, 3)).workers).toEqual({ min: 5, max: 5 });
  });

  it("has a limit for the journal where there is one", () => {
    expect(engineSettings({ ...base, engine: { ...base.engine, journalLimitMb: 3 } }).journalLimitBytes).toBe(3_000_000);
  });
});

describe("the key of what is captured", () => {
  it.each([
    ["canvases", { canvases: false }],
    ["notes", { notes: false }],
    ["folders in", { foldersIn: ["A"] }],
    ["folders out", { foldersOut: ["A"] }],
    ["properties", { properties: { ...base.capture.properties, due: "due" } }],
  ])("changes with %s", (_, change) => {
    expect(captureKey({ ...base, capture: { ...base.capture, ...change } })).not.toBe(captureKey(base));
  });

  it("does not change with anything else", () => {
    const other = { ...base, engine: { ...base.engine, lingerMs: 5 }, capture: { ...base.capture, masteryTable: {}, records: false } };
    expect(captureKey(other)).toBe(captureKey(base));
  });
});
