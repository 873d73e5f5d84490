import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../cli/bundle";

/** Processes that write canvases of a folder, as the headless host does. */
export interface WritingProcesses {
  /** Lets a new process add nodes `<name>-0`, `<name>-1` …; rejects with what it said where it fails. */
  add(folder: string, path: string, name: string, count: number): Promise<void>;
  remove(): Promise<void>;
}

export async function writingProcesses(): Promise<WritingProcesses> {
  const tools = await mkdtemp(join(tmpdir(), "canvas-engram-writing-"));
  const worker = join(tools, "worker.mjs");
  await bundle("scenarios/writingWorker.ts", worker);
  return {
    add: (folder, path, name, count) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [worker, folder, path, name, String(count)], { stdio: ["ignore", "ignore", "pipe"] });
        let errors = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
        child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the process ended with ${code}: ${errors}`))));
      }),
    remove: () => rm(tools, { recursive: true, force: true }),
  };
}
