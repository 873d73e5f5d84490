import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { keepNothing, MARK_MS, requireCanvasPath, writeMark, type CanvasFiles, type KeepOld, type ProcessOutcome, type WritingSide } from "../../engine/index";
import { KeyedMutex } from "../../engine/kernel/keyedMutex";
import { errorCode } from "./nodeStorageError";
import { ownFile } from "./ownFile";
import { inTurn, isTaken } from "./processTurn";

/** Tries before a file that somebody else keeps changing counts as busy. */
const ATTEMPTS = 5;

const LOOK_MS = 5;

/** Canvas files of a vault folder. A change is written beside the file and takes its place in one step. */
export class NodeCanvasFiles implements CanvasFiles {
  private readonly turns = new KeyedMutex(() => 0, null);

  constructor(private readonly root: string) {}

  async read(path: string): Promise<string | null> {
    const file = await this.place(requireCanvasPath(path));
    return file === null ? null : readText(file);
  }

  async process(path: string, change: (text: string) => string, keep: KeepOld = keepNothing): Promise<ProcessOutcome> {
    const clean = requireCanvasPath(path);
    return this.turns.run(clean, async () => {
      const file = await this.place(clean);
      if (file === null) return { kind: "missing" };
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const before = await readText(file);
        if (before === null) return { kind: "missing" };
        const after = change(before);
        if (after === before) return { kind: "unchanged" };
        await keep(before, after);
        const done = await replace(file, before, after);
        if (done === "written") return { kind: "written" };
        if (done === "in app") return { kind: "busy", reason: "Obsidian is writing the canvas; try again" };
      }
      return { kind: "busy", reason: "another program keeps changing the file; try again" };
    });
  }

  private async place(path: string): Promise<string | null> {
    return ownFile(this.root, path).catch(nullIfMissing);
  }
}

type Replaced = "written" | "changed" | "in app";

/** Puts the new text in the place of the old one, unless the file holds something else by then. */
async function replace(file: string, before: string, after: string): Promise<Replaced> {
  const fresh = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  const mode = await modeOf(file);
  if (mode === null) return "changed";
  try {
    const handle = await open(fresh, "w", mode);
    try {
      await handle.writeFile(after, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    const end = performance.now() + MARK_MS;
    for (;;) {
      const done = await inTurn(markOf(file, "process"), () => swap(file, fresh, before));
      if (done !== "in app" || performance.now() > end) return done;
      await setTimeout(LOOK_MS);
    }
  } finally {
    await rm(fresh, { force: true });
  }
}

async function swap(file: string, fresh: string, before: string): Promise<Replaced> {
  if (await isTaken(markOf(file, "app"))) return "in app";
  if ((await readText(file)) !== before) return "changed";
  await rename(fresh, file);
  return "written";
}

function markOf(file: string, side: WritingSide): string {
  return join(dirname(file), writeMark(basename(file), side));
}

async function modeOf(file: string): Promise<number | null> {
  return stat(file).then(({ mode }) => mode, nullIfMissing);
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    return nullIfMissing(error);
  }
}

function nullIfMissing(error: unknown): null {
  if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
  throw error;
}
