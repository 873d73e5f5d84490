import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keepNothing, requireCanvasPath, type CanvasFiles, type KeepOld, type ProcessOutcome } from "../../engine/index";
import { KeyedMutex } from "../../engine/kernel/keyedMutex";
import { errorCode } from "./nodeStorageError";
import { ownFile } from "./ownFile";
import { inTurn } from "./processTurn";

/** Tries before a file that somebody else keeps changing counts as busy. */
const ATTEMPTS = 5;

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
        if (await replace(file, before, after)) return { kind: "written" };
      }
      return { kind: "busy", reason: "another program keeps changing the file; try again" };
    });
  }

  private async place(path: string): Promise<string | null> {
    return ownFile(this.root, path).catch(nullIfMissing);
  }
}

/** Puts the new text in the place of the old one, unless the file holds something else by then. */
async function replace(file: string, before: string, after: string): Promise<boolean> {
  const fresh = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  const mode = await modeOf(file);
  if (mode === null) return false;
  try {
    const handle = await open(fresh, "w", mode);
    try {
      await handle.writeFile(after, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await inTurn(join(dirname(file), `.${basename(file)}.lock`), async () => {
      if ((await readText(file)) !== before) return false;
      await rename(fresh, file);
      return true;
    });
  } finally {
    await rm(fresh, { force: true });
  }
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
