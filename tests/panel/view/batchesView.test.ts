import { describe, expect, it } from "vitest";
import type { EngineStatus } from "../../../src/engine/index";
import { emptyStats } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { batchesView, type BatchesView } from "../../../src/panel/view/batchesView";
import { defaultSettings } from "../../../src/settings/schema";
import { anHourOfBatches } from "../../fakes/anHourOfBatches";
import { engineStatus, storeStatus } from "../../fakes/engineStatus";

const NOW = Date.UTC(2026, 2, 1, 12, 30);
const format = createFormat("en");

type Figures = Extract<BatchesView, { kind: "figures" }>;

function view(stats: EngineStatus["stats"], over: Partial<SessionView> = {}, state: "ok" | "paused" | "auth" = "ok"): SessionView {
  const status = engineStatus({ stats, stores: { local: storeStatus(), neo4j: storeStatus({ state }) } });
  return { intake: { kind: "capturing", look: "done" }, neo4j: { kind: "on" }, settings: defaultSettings("v"), status, lastBatch: null, learning: noLearning, dead: [], ...over };
}

function figures(given: SessionView, now = NOW): Figures {
  const made = batchesView(given, format, now);
  if (made.kind === "empty") throw new Error(made.empty.title);
  return made;
}

describe("the page of batches", () => {
  it("says that local saving needs none where there is no database, and how to connect one", () => {
    for (const neo4j of [{ kind: "off" }, { kind: "incomplete", message: "No password." }] as const) {
      const made = batchesView(view(anHourOfBatches(NOW), { neo4j }), format, NOW);
      expect(made).toMatchObject({ kind: "empty", empty: { title: "Saving here needs no batches", buttons: [{ action: { kind: "open-settings" } }] } });
    }
  });

  it("says what will be here before the first batch", () => {
    expect(batchesView(view(emptyStats), format, NOW)).toMatchObject({ kind: "empty", empty: { title: "No batches yet" } });
    expect(batchesView(view(emptyStats, { status: null }), format, NOW)).toMatchObject({ kind: "empty" });
  });

  it("draws the last hour, with what each chart says in one line", () => {
    const { charts } = figures(view(anHourOfBatches(NOW)));
    expect(charts.map(({ key, series }) => [key, series.map((one) => one.key)])).toEqual([
      ["throughput", ["stored"]],
      ["latency", ["p95", "p50"]],
      ["size", ["mean", "target"]],
      ["load", ["load"]],
    ]);
    expect(charts.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^[\d,]+ events in the last hour, at most [\d,]+ in a minute$/),
      expect.stringMatching(/^Half of the batches within \d+ ms, 95 % within [\d,]+ ms$/),
      expect.stringMatching(/^\d+ on average, 200 aimed at now$/),
      expect.stringMatching(/^\d+% now, at most 90% in the last hour$/),
    ]);
    for (const { series, times } of charts) {
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBe(NOW / 1000);
      for (const { values } of series) expect(values).toHaveLength(times.length);
    }
  });

  it("shows at least a quarter of an hour and at most an hour", () => {
    expect(figures(view(anHourOfBatches(NOW, 1))).charts[0]?.times).toHaveLength(15);
    expect(figures(view(anHourOfBatches(NOW, 48))).charts[0]?.times).toHaveLength(45);
    const stats = anHourOfBatches(NOW, 60);
    expect(figures(view(stats), NOW + 30 * 60_000).charts[0]?.times.length).toBeLessThanOrEqual(60);
    expect(figures(view(stats), NOW + 120 * 60_000).charts[0]?.summary).toBe("Nothing in the last hour");
  });

  it("tells quiet minutes from slow ones, and keeps the aim through them", () => {
    const [throughput, latency, size] = figures(view(anHourOfBatches(NOW))).charts;
    const quiet = throughput?.series[0]?.values.indexOf(0) ?? -1;
    expect(quiet).toBeGreaterThan(0);
    expect(latency?.series[0]?.values[quiet]).toBeNull();
    expect(size?.series[1]?.values[quiet]).not.toBeNull();
    expect(throughput?.at(quiet)).toMatch(/^\d\d:\d\d [AP]M: Stored 0$/);
    expect(latency?.at(quiet)).toMatch(/: 95 % within –, Half within –$/);
  });

  it("has the same as text by the minute, and the last 50 batches with what became of each", () => {
    const { last, minutes } = figures(view(anHourOfBatches(NOW, 60)));
    expect(minutes.rows.length).toBeGreaterThan(20);
    for (const { cells } of minutes.rows) expect(cells).toHaveLength(minutes.head.length);
    expect(last.rows).toHaveLength(50);
    for (const { cells } of last.rows) expect(cells).toHaveLength(last.head.length);
    expect(new Set(last.rows.map(({ key }) => key)).size).toBe(50);
    const stats = anHourOfBatches(NOW, 17);
    const refused = figures(view(stats)).last.rows.find(({ tone }) => tone === "error");
    expect(refused?.cells).toContain("2 refused");
  });

  it("says in words how sending goes, and how often it was held back", () => {
    expect(figures(view(anHourOfBatches(NOW))).state.text).toMatch(/^Batches leave as soon as they are ready\. Held back 1 time in the last hour\. 1 write failed\. [\d,]+ events sent again\.$/);
    expect(figures(view(anHourOfBatches(NOW, 5))).state).toEqual({ tone: "ok", text: "Batches leave as soon as they are ready." });
    expect(figures(view(anHourOfBatches(NOW, 5), {}, "paused")).state).toMatchObject({ tone: "warn", text: "Sending is paused: batches wait here." });
    expect(figures(view(anHourOfBatches(NOW, 5), {}, "auth")).state.tone).toBe("warn");
  });

  it("makes charts and tables anew only when a batch ended or a minute passed", () => {
    const stats = anHourOfBatches(NOW);
    const first = figures(view(stats));
    const again = figures(view({ ...stats }), NOW + 59_000);
    expect(again.charts).toBe(first.charts);
    expect(again.last).toBe(first.last);
    expect(figures(view(stats), NOW + 60_000).charts).not.toBe(first.charts);
  });
});
