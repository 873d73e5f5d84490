import { describe, expect, it, vi } from "vitest";
import { CanvasSession, type SessionResult } from "../../fakes/canvasApp/canvasSession";
import type { ModelVault } from "../../fakes/canvasApp/modelVault";
import type { CanvasFiles } from "../../../src/engine/index";

vi.mock("obsidian", async () => ({ Platform: { isMobileApp: false }, TextFileView: (await import("../../fakes/canvasApp/modelView")).ModelView }));

const RUNS = 1_000;
const STEPS = 60;

async function sessions(runs: number, files?: (vault: ModelVault) => CanvasFiles): Promise<readonly (SessionResult & { readonly seed: number })[]> {
  const results: (SessionResult & { readonly seed: number })[] = [];
  for (let seed = 1; seed <= runs; seed += 1) {
    const result = await new CanvasSession({ seed, steps: STEPS, ...(files === undefined ? {} : { files }) }).run();
    results.push({ ...result, seed });
  }
  return results;
}

/** Writes beside whatever views there are. */
function blindFiles(vault: ModelVault): CanvasFiles {
  return {
    read: async (path) => vault.adapter.read(path),
    process: async (path, change) => {
      const file = vault.getFileByPath(path);
      if (file === null) return { kind: "missing" };
      let isChanged = false;
      await vault.process(file, (text) => {
        const after = change(text);
        isChanged = after !== text;
        return after;
      });
      return { kind: isChanged ? "written" : "unchanged" };
    },
  };
}

describe("sessions of a user, the plugin and another program on one canvas", () => {
  it(`lose no edit of the user and no write of the plugin, in ${RUNS} of them`, { timeout: 3_600_000 }, async () => {
    const results = await sessions(RUNS);
    const bad = results.filter(({ faults }) => faults.length > 0);
    expect(bad.slice(0, 1).map(({ seed, faults, story }) => ({ seed, faults, story }))).toEqual([]);
    const sum = (of: (result: SessionResult) => number): number => results.reduce((total, result) => total + of(result), 0);
    // A run in which little is written or looked at would prove little.
    expect(sum(({ written }) => written) / RUNS).toBeGreaterThan(5);
    expect(sum(({ notWritten }) => notWritten)).toBeLessThan(sum(({ written }) => written) / 2);
    expect(sum(({ checked }) => checked)).toBeGreaterThan(2 * sum(({ excused }) => excused));
    console.info(`${RUNS} sessions: ${sum((r) => r.written)} written, ${sum((r) => r.notWritten)} not, ${sum((r) => r.checked)} ids checked, ${sum((r) => r.excused)} lost by the app itself, ${bad.length} with faults`);
  });

  it("lose edits when the plugin writes beside the views", { timeout: 600_000 }, async () => {
    const results = await sessions(10, blindFiles);
    expect(results.filter(({ faults }) => faults.length > 0).length).toBeGreaterThan(5);
  });
});
