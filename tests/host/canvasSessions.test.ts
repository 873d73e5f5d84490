import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canvasJson, type JsonObject } from "../../src/engine/index";
import { CanvasLedger } from "../fakes/canvasApp/canvasLedger";
import type { LedgerEntry, PartOptions, SessionPart } from "./fixtures/sessionPlugin";
import type SessionPlugin from "./fixtures/sessionPlugin";
import { removeVault, tempVault } from "./fixtures/tempVault";
import { launchHost } from "./launch";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { bundlePlugin } from "./node/bundle";

const ID = "canvas-session";
const MANIFEST = { id: ID, name: ID, version: "1.0.0", minAppVersion: "1.13.0", description: "A sample.", author: "Sample" };
const isLong = process.env["LONG_TESTS"] === "1";
const MS = isLong ? 1_800_000 : 60_000;
const STEPS = 40;

const START = canvasJson({
  nodes: ["s1", "s2", "s3"].map((id, at): JsonObject => ({ id, type: "text", text: id, x: at * 100, y: 0, width: 50, height: 50 })),
  edges: [{ id: "se", fromNode: "s1", fromSide: "right", toNode: "s2", toSide: "left" }],
});

/** Another program replaces the file between two steps of the app; null where it finds half a file. */
function otherProgram(file: string, id: string, removes: boolean): { before: string; after: string } | null {
  const before = readFileSync(file, "utf8");
  try {
    const { nodes, edges } = JSON.parse(before) as { nodes: JsonObject[]; edges: JsonObject[] };
    const gone = removes ? nodes[0]?.id : undefined;
    const after = canvasJson({
      nodes: [...nodes.filter((node) => node.id !== gone), { id, type: "text", text: id, x: 0, y: 0, width: 50, height: 50 }],
      edges: edges.filter((edge) => edge.fromNode !== gone && edge.toNode !== gone),
    });
    writeFileSync(file, after);
    return { before, after };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function replay(ledger: CanvasLedger, entry: LedgerEntry): void {
  if (entry.kind === "did") ledger.did(entry.before, entry.after);
  else if (entry.kind === "excuse") ledger.excuse(entry.before, entry.after);
  else if (entry.kind === "wrote") ledger.wrote(entry.before, entry.after, entry.began);
  else ledger.excuseBoth(entry.one, entry.other);
}

/** What each does is by chance of a seed; when it meets the others is not, since the app's time is real. */
describe.skipIf(!browserAvailable())("sessions of a user, the plugin and another program in the app", () => {
  let host: ObsidianHost;
  const vaultDir = tempVault();

  beforeAll(async () => {
    const mainJs = await bundlePlugin(fileURLToPath(new URL("fixtures/sessionPlugin.ts", import.meta.url)));
    // A tenth of the app's 2 s, as all pauses of these sessions are.
    host = await launchHost({ vaultDir, plugin: { manifest: MANIFEST, mainJs }, trackLeaks: false, assume: { saveDelay: 200 } });
    await host.enablePlugin();
    await expose();
  }, 120_000);

  afterAll(async () => {
    await host.close();
    await closeBrowser();
    removeVault(vaultDir);
  });

  async function expose(): Promise<void> {
    await host.page.exposeFunction("__otherProgram", (path: string, id: string, removes: boolean) => otherProgram(join(host.vaultDir, path), id, removes));
  }

  async function runPart(options: PartOptions): Promise<SessionPart> {
    const plugin = await host.page.evaluateHandle((id) => window.__host.app.plugins.getPlugin(id) as unknown as SessionPlugin, ID);
    return plugin.evaluate<SessionPart, PartOptions>(((one: SessionPlugin, given: PartOptions) => one.runPart(given)) as never, options);
  }

  /** A session in two parts, with the plugin or the whole app loaded anew between them. */
  async function session(seed: number, isBlind = false): Promise<SessionPart & ReturnType<CanvasLedger["faults"]>> {
    const path = `${isBlind ? "blind " : ""}${seed}.canvas`;
    host.writeFile(path, START);
    await host.reconcile();
    let now = 0;
    const ledger = new CanvasLedger(() => now);
    ledger.did(canvasJson({ nodes: [], edges: [] }), START);
    const first = await runPart({ path, seed: seed * 2, steps: STEPS, name: "a", isLast: false, isBlind });
    if (seed % 3 === 0) {
      await host.reload();
      await expose();
    } else await host.updatePlugin();
    const second = await runPart({ path, seed: seed * 2 + 1, steps: STEPS, name: "b", isLast: true, isBlind });
    // The clock of a page that is loaded anew begins at zero.
    const later = first.entries.at(-1)?.at ?? 0;
    const after = second.entries.map((entry) => ({ ...entry, at: later + entry.at, ...("began" in entry ? { began: later + entry.began } : {}) }));
    for (const entry of [...first.entries, ...after]) {
      now = entry.at;
      replay(ledger, entry);
    }
    const sum = (of: (part: SessionPart) => number): number => of(first) + of(second);
    return {
      entries: [],
      story: [...first.story, "loaded anew", ...second.story],
      written: sum((part) => part.written),
      notWritten: sum((part) => part.notWritten),
      unseen: sum((part) => part.unseen),
      ...ledger.faults(host.readFile(path)),
    };
  }

  test("lose no edit of the user and no write of the plugin, and double none", { timeout: MS * 3 + 120_000 }, async () => {
    const sum = { sessions: 0, written: 0, notWritten: 0, checked: 0, excused: 0, unseen: 0 };
    const end = Date.now() + MS;
    for (let seed = Number(process.env["SESSION_SEED"] ?? 1); Date.now() < end; seed += 1) {
      const result = await session(seed);
      expect(result.faults, `seed ${seed}:\n${result.story.join("\n")}`).toEqual([]);
      sum.sessions += 1;
      for (const key of ["written", "notWritten", "checked", "excused", "unseen"] as const) sum[key] += result[key];
    }
    console.info(`sessions in the app: ${JSON.stringify(sum)}`);
    // Sessions in which little is written or looked at would prove little.
    expect(sum.sessions).toBeGreaterThan(1);
    expect(sum.written).toBeGreaterThan(5 * sum.sessions);
    expect(sum.checked).toBeGreaterThan(sum.excused);
    expect(sum.unseen).toBeLessThan(sum.written / 20);
    expect(await host.errors()).toEqual([]);
  });

  test("lose something when the plugin writes beside the panes", { timeout: 300_000 }, async () => {
    let lost = 0;
    for (let seed = 1; seed <= 8 && lost === 0; seed += 1) lost = (await session(seed, true)).faults.length;
    expect(lost).toBeGreaterThan(0);
  });
});
