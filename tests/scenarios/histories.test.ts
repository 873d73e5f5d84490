import { readFile, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine/index";
import { emptyDocument, type CanvasDocument } from "../../src/engine/canvas/document";
import { parseCanvas } from "../../src/engine/canvas/parseCanvas";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { headPath, isLiveCanvas } from "../../src/engine/graph/canvasHead";
import { loadHistories, type History, type HistoryStep } from "./histories";
import { comparable, foldJournal, liveCanvases } from "./journaledCanvases";
import { makeHeadlessVault, type HeadlessVault } from "./headlessVault";

const histories = loadHistories();

/** What must be live after each step: the canvases on disk, a damaged one as it was when it was last good. */
class Expected {
  readonly good = new Map<string, CanvasDocument>();

  async read(folder: string): Promise<void> {
    const present = new Set(await canvasPaths(folder));
    for (const path of [...this.good.keys()]) if (!present.has(path)) this.good.delete(path);
    for (const path of present) {
      const parsed = parseCanvas(path, await readFile(join(folder, path), "utf8"));
      const before = this.good.get(path);
      if (parsed.kind === "document") this.good.set(path, parsed.document);
      if (parsed.kind === "blank" && (before?.nodes.length ?? 0) === 0) this.good.set(path, emptyDocument);
    }
  }

  rename(step: HistoryStep): void {
    const before = step.from === undefined ? undefined : this.good.get(step.from);
    if (before !== undefined) this.good.set(step.path, before);
  }
}

async function canvasPaths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((path) => path.endsWith(".canvas") && !path.startsWith(".obsidian"));
}

function journaled(vault: HeadlessVault): Promise<number> {
  return vault.use(async ({ engine }) => (await engine.scan()).journaled);
}

async function canvasIds(engine: Engine): Promise<Map<string, string>> {
  const graph = await foldJournal(engine);
  return new Map([...graph.canvases.values()].filter(({ head }) => isLiveCanvas(head)).map(({ head }) => [headPath(head), head.id]));
}

/** Whether the rename rule covers a rename: node ids in common, at least one and half of the larger set. */
function isCovered(before: CanvasDocument | undefined, after: CanvasDocument | undefined): boolean {
  const old = new Set((before?.nodes ?? []).map((node) => node.id));
  const fresh = new Set((after?.nodes ?? []).map((node) => node.id));
  const common = [...old].filter((id) => fresh.has(id)).length;
  return common >= 1 && common * 2 >= Math.max(old.size, fresh.size);
}

async function replay(history: History, vault: HeadlessVault): Promise<{ renames: number; kept: number }> {
  const expected = new Expected();
  let ids = new Map<string, string>();
  let [renames, kept] = [0, 0];
  for (const [index, step] of history.steps.entries()) {
    const label = `${history.name} step ${index} ${step.op} ${step.path}`;
    const before = step.from === undefined ? undefined : expected.good.get(step.from);
    await vault.apply(step);
    if (step.op === "rename") expected.rename(step);
    await expected.read(vault.folder);
    const next = await vault.use(async ({ engine }) => {
      await engine.scan();
      expect(comparable(liveCanvases(await foldJournal(engine))), label).toEqual(comparable(expected.good));
      return canvasIds(engine);
    });
    if (step.op === "rename" && step.from !== undefined && isCovered(before, expected.good.get(step.path))) {
      renames += 1;
      if (next.get(step.path) === ids.get(step.from)) kept += 1;
    }
    ids = next;
    expect(await journaled(vault), `${label}, second sync`).toBe(0);
    if (step.op !== "delete") {
      const touched = new Date(Date.parse(step.t) + 1_000);
      await utimes(join(vault.folder, step.path), touched, touched);
      expect(await journaled(vault), `${label}, touched`).toBe(0);
    }
  }
  return { renames, kept };
}

describe.skipIf(histories.length === 0)("real edit histories, one step and one start of the host at a time", () => {
  const vaults: HeadlessVault[] = [];
  afterAll(async () => {
    for (const vault of vaults) await vault.remove();
  });

  it.each(histories.map((history) => [history.name, history] as const))(
    "%s: the graph is what lies on disk, and nothing is journaled twice",
    async (name, history) => {
      const vault = await makeHeadlessVault();
      vaults.push(vault);
      const { kept, renames } = await replay(history, vault);
      expect(kept).toBe(renames);
      if (name === "course-notes") expect(renames).toBe(27);
    },
    600_000,
  );
});

describe.skipIf(histories.length === 0)("a journal of a real history", () => {
  it("verifies line by line with an ordinary CRC-32 and has unbroken places", async () => {
    const [history] = histories;
    if (history === undefined) return;
    const vault = await makeHeadlessVault();
    for (const step of history.steps.slice(0, 40)) await vault.apply(step);
    const count = await journaled(vault);
    const lines = await journalLines(vault.folder);
    expect(lines.length).toBe(count);
    lines.forEach((line, index) => {
      const { crc, ...event } = JSON.parse(line) as { crc: string; seq: number };
      expect(nodeHasher.crc32(JSON.stringify(event))).toBe(crc);
      expect(event.seq).toBe(index + 1);
    });
    await vault.remove();
  });
});

async function journalLines(folder: string): Promise<string[]> {
  const devices = join(folder, ".obsidian/plugins/canvas-engram/devices");
  const [device] = await readdir(devices);
  const journal = join(devices, device ?? "", "journal");
  const lines: string[] = [];
  for (const name of (await readdir(journal)).sort()) {
    lines.push(...(await readFile(join(journal, name), "utf8")).split("\n").filter((line) => line !== ""));
  }
  return lines;
}
