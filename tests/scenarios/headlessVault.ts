import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HostOptions } from "../../src/cli/arguments";
import { openToWrite, type WritableVault } from "../../src/cli/openVault";
import type { HistoryStep } from "./histories";

/** A vault in a temporary folder, used through the headless host in this process. */
export interface HeadlessVault {
  readonly folder: string;
  readonly host: HostOptions;
  /** Opens the vault, does the work, closes it. */
  use<T>(work: (vault: WritableVault) => Promise<T>): Promise<T>;
  /** Makes one step of a history on disk, with its time as the file's. */
  apply(step: HistoryStep): Promise<void>;
  remove(): Promise<void>;
}

export async function makeHeadlessVault(options: Partial<HostOptions> = {}): Promise<HeadlessVault> {
  const base = await mkdtemp(join(tmpdir(), "canvas-engram-test-"));
  const folder = join(base, "vault");
  await mkdir(folder);
  process.env["XDG_STATE_HOME"] = join(base, "state");
  const host: HostOptions = { vault: folder, neo4j: null, concurrency: 10, batchSize: 200, lingerMs: 100, timeoutMs: 15_000, ...options };
  return {
    folder,
    host,
    async use(work) {
      process.env["XDG_STATE_HOME"] = join(base, "state");
      const vault = await openToWrite(host);
      try {
        return await work(vault);
      } finally {
        await vault.close();
      }
    },
    apply: (step) => applyStep(folder, step),
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

export async function applyStep(folder: string, step: HistoryStep): Promise<void> {
  const file = join(folder, step.path);
  if (step.op === "delete") return rm(file);
  await mkdir(dirname(file), { recursive: true });
  if (step.op === "rename" && step.from !== undefined) await rename(join(folder, step.from), file);
  if (step.content !== undefined) await writeFile(file, step.content, "utf8");
  const time = new Date(step.t);
  await utimes(file, time, time);
}
