import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeadLetterView, TaskView } from "../../../src/engine/index";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { diagnosticsReport, maskedAddress } from "../../../src/panel/view/diagnosticsReport";
import type { DiagnosticsParts } from "../../../src/panel/view/diagnosticsReport";
import { readSettings } from "../../../src/settings/readSettings";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus } from "../../fakes/engineStatus";
import { madeTask } from "../../fakes/madeTask";

const MARK = "Zmark";
const vault = "11111111-2222-4333-8444-555555555555";

const view: SessionView = { intake: { kind: "capturing", look: "done" }, neo4j: { kind: "on" }, settings: defaultSettings(vault), status: engineStatus(), lastBatch: null, dead: [], learning: noLearning };
const parts: DiagnosticsParts = { plugin: "0.1.0", obsidian: "1.13.1", platform: "desktop, Linux", language: "en", now: Date.UTC(2026, 0, 2), monotonic: 5_000, view, sizes: null };

/** Whatever a person or another program may have put somewhere. */
const marked = fc.constantFrom(MARK, `${MARK} x`, `bolt://${MARK}:7687`, `bolt://${MARK}@localhost`, `https://localhost/${MARK}`, `${MARK}://x`, `[${MARK}`, `http://[::1]:${MARK}`, `#${MARK}`);
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, marked, fc.constantFrom<unknown>(true, 3, null, "#ff8800", "mastered"), fc.array(tie("value"), { maxLength: 2 }), fc.dictionary(fc.oneof(marked, fc.constantFrom("enabled", "level", "score", "4")), tie("value"), { maxKeys: 3 })),
})).value;
const names = ["uri", "url", "user", "database", "passwordSecretId", "secretId", "foldersIn", "foldersOut", "masteryTable", "properties", "domainLimits", "generator", "style", "folder", "templateNote", "name", "level", "since", "logLevel", "saved", "concurrency", "agreed", MARK];
const section = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 8 });
const data = fc.record({ version: fc.constantFrom<unknown>(1, 7, MARK), neo4j: section, engine: section, capture: section, privacy: section, diagnostics: section, notices: section, webhook: section, schedules: section, templates: section, nodes: section, model: section, indexConsent: marked, extra: anything });

const letter = (text: string): DeadLetterView => ({ id: text, store: text, type: `custom:${text}`, canvasPath: text, subject: { kind: "note", id: text }, reason: text, class: text, code: text, attempts: 1, firstAt: 1, lastAt: 2 });
const task = (text: string): TaskView => ({ ...madeTask({ id: text }), kind: text, title: text, lastError: text, waitsFor: text, priorityReason: text, schedule: text });

function viewOf(raw: unknown, text: string): SessionView {
  const away = { state: "unavailable", message: text, sent: 1, pending: 2, dead: 3 } as const;
  const status = engineStatus({
    device: text,
    journal: { kind: "failing", fault: "full", message: text },
    stores: { local: away, neo4j: away },
    problems: [{ path: text, line: 1, column: 2, reason: text }],
    tasks: [task(text)],
  });
  const neo4j = status.stats.stores.get("neo4j") ?? status.stats.stores.get("local");
  const stats = neo4j === undefined ? status.stats : { ...status.stats, stores: new Map([["neo4j", { ...neo4j, message: text, lastFailure: { class: "auth", code: text, message: text } as const }]]) };
  return { ...view, settings: readSettings(raw, () => vault), neo4j: { kind: "failed", message: text }, intake: { kind: "failed", message: text }, status: { ...status, stats }, dead: [letter(text), letter("Neo.ClientError.Statement.SyntaxError")] };
}

describe("the report for help", () => {
  it("holds nothing that a person, a file, a server or another program wrote", () => {
    fc.assert(
      fc.property(data, marked, (raw, text) => {
        const report = diagnosticsReport({ ...parts, view: viewOf(raw, text) });
        expect(report).not.toContain(MARK);
        expect(report).not.toContain(vault);
        expect(() => JSON.parse(report) as unknown).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it("says what helps: versions, settings, counts, failures by their codes and sizes", () => {
    const told = viewOf({ neo4j: { uri: "bolt://localhost:7687", enabled: true }, capture: { foldersIn: ["A", "B"], masteryTable: { "#ff8800": "learning" } } }, "x");
    const sizes = { journal: 10, graph: 20, recovery: 0, tasks: 5, other: 1, otherDevices: 0 };
    expect(JSON.parse(diagnosticsReport({ ...parts, view: told, sizes }))).toMatchObject({
      canvasEngram: "0.1.0",
      obsidian: "1.13.1",
      at: "2026-01-02T00:00:00.000Z",
      settings: { neo4j: { enabled: true, address: "bolt://localhost:7687" }, capture: { foldersIn: 2, customColors: 1 }, engine: { concurrency: 10 }, privacy: { level: "full", chosen: false } },
      status: { journal: "full", problems: 1, stores: { neo4j: { state: "unavailable", sent: 1, pending: 2, dead: 3 } }, tasks: { "other queued": 1 } },
      refused: { "other (other)": 1, "other Neo.ClientError.Statement.SyntaxError": 1 },
      bytes: sizes,
    });
  });

  it("is given while the engine is not open", () => {
    expect(JSON.parse(diagnosticsReport({ ...parts, view: { ...view, status: null, intake: { kind: "opening" } } }))).toMatchObject({ status: { intake: "opening" }, figures: null, bytes: null });
  });

  it.each([
    ["bolt://localhost:7687", "bolt://localhost:7687"],
    ["bolt://127.0.0.1", "bolt://127.0.0.1"],
    ["neo4j+s://abc.databases.neo4j.io", "neo4j+s://(hidden)"],
    ["bolt://10.0.0.7:7687", "bolt://(hidden):7687"],
    ["https://[::1]:8080/path?key=1", "https://[::1]:8080"],
    ["bolt://user:secret@localhost", "(hidden)"],
    ["localhost.evil", "(hidden)"],
    ["bolt://localhost.example.com", "bolt://(hidden)"],
    ["", "(none)"],
  ])("masks %s as %s", (address, masked) => {
    expect(maskedAddress(address)).toBe(masked);
  });
});
