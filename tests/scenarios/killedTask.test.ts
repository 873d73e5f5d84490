import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../cli/bundle";
import { makeHeadlessVault, type HeadlessVault } from "./headlessVault";

const CANVASES = 100;
/** Items that are done when the process is killed, one life after the other. */
const KILLED_AT = [10, 40, 70];

describe("a task of a hundred canvases, killed again and again", { timeout: 120_000 }, () => {
  let tools = "";
  let vault: HeadlessVault;

  beforeAll(async () => {
    tools = await mkdtemp(join(tmpdir(), "canvas-engram-task-"));
    await bundle("scenarios/taskWorker.ts", join(tools, "worker.mjs"));
    vault = await makeHeadlessVault();
    for (let index = 0; index < CANVASES; index += 1) await writeFile(join(vault.folder, `c${index}.canvas`), canvasText(index));
  });

  afterAll(async () => {
    await vault.remove();
    await rm(tools, { recursive: true, force: true });
  });

  /** Lets a process work until so many items are done. Gives back how many were when it was killed. */
  function live(until: number): Promise<{ done: number; errors: string }> {
    const child = spawn(process.execPath, [join(tools, "worker.mjs"), vault.folder], { stdio: ["ignore", "pipe", "pipe"], env: process.env });
    let output = "";
    let errors = "";
    const done = (): number => Number(output.split("\n").slice(0, -1).at(-1) ?? 0);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (done() >= until) child.kill("SIGKILL");
    });
    return new Promise((resolve) => child.on("close", () => resolve({ done: done(), errors })));
  }

  it("comes to its end with every canvas once", async () => {
    let before = 0;
    for (const until of KILLED_AT) {
      const { done, errors } = await live(until);
      expect(errors).toBe("");
      // A process that had come to the end would have proven nothing.
      expect(done).toBeGreaterThan(before);
      expect(done).toBeLessThan(CANVASES);
      before = until;
    }
    await vault.use(async ({ engine }) => {
      const [task] = engine.tasks.list();
      const ended = new Promise<void>((resolve) => engine.tasks.onEnd(() => resolve()));
      if (task?.endedAt === null) await ended;
      expect(engine.tasks.list()).toMatchObject([{ status: "done", counts: { total: CANVASES, done: CANVASES, failed: 0 } }]);
      const results = new Map<string, number>();
      for await (const line of engine.tasks.results(task?.id ?? "")) {
        if (line.status === "done") results.set(JSON.stringify(line.value), (results.get(JSON.stringify(line.value)) ?? 0) + 1);
      }
      expect([results.size, Math.max(...results.values())]).toEqual([CANVASES, 1]);

      const created: string[] = [];
      const ids = new Set<string>();
      let events = 0;
      for await (const event of engine.events()) {
        events += 1;
        ids.add(event.id);
        if (event.type === "canvas_created") created.push(event.canvas?.path ?? "");
      }
      expect([created.length, new Set(created).size, ids.size]).toEqual([CANVASES, CANVASES, events]);
      expect((await engine.rebuild({ dryRun: true, resend: false })).differences).toEqual([]);
      // What the files say is what is journaled: a look at all of them finds nothing more.
      expect(await engine.scan()).toMatchObject({ journaled: 0, unreadable: 0 });
    });
  });
});

function canvasText(index: number): string {
  const nodes = Array.from({ length: 200 }, (_, node) => ({ id: `n${node}`, type: "text", text: `card ${node} of ${index}`, x: node * 100, y: 0, width: 90, height: 60 }));
  return JSON.stringify({ nodes, edges: [] });
}
