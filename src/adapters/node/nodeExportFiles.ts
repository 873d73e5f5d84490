import { open, readdir, rm, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { ExportedFile, ExportFiles, ExportTarget } from "../../engine/index";
import { fileName, isFileOf, pathIn, requireExportTarget, StorageError, unfinishedName } from "../../engine/index";
import { moveToFreeName } from "./moveToFreeName";
import { nodeStorageError } from "./nodeStorageError";
import { ownFolder } from "./ownFolder";
import { syncFolder } from "./syncFolder";

/** Characters that one write takes at most, but for a longer chunk. */
const PART = 256 * 1024;
const MOST_COPIES = 100;

/** Exports into a vault folder of this machine. What it resolves with is on the disk. */
export class NodeExportFiles implements ExportFiles {
  constructor(private readonly root: string) {}

  async write(wanted: ExportTarget, chunks: AsyncIterable<string>): Promise<ExportedFile> {
    const target = requireExportTarget(wanted);
    const label = pathIn(target.folder, fileName(target, 1));
    const kept = <T>(work: Promise<T>): Promise<T> => saying(label, work);
    const folder = await kept(ownFolder(this.root, target.folder));
    const there = await kept(finished(folder, target));
    if (there !== null) return there;
    const unfinished = join(folder, unfinishedName(target));
    try {
      await kept(rm(unfinished, { force: true }));
      const bytes = await writeChunks(unfinished, chunks, kept);
      const name = await kept(named(unfinished, folder, target));
      return { kind: "written", path: pathIn(target.folder, name), bytes };
    } catch (error) {
      // What is left of it is taken away by the next try; the first error is the one to tell.
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

async function finished(folder: string, target: ExportTarget): Promise<ExportedFile | null> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.find((entry) => entry.isFile() && isFileOf(target, entry.name));
  if (found === undefined) return null;
  const { size } = await stat(join(folder, found.name));
  return { kind: "there", path: pathIn(target.folder, found.name), bytes: size };
}

type Kept = <T>(work: Promise<T>) => Promise<T>;

/** Writes a new file. Errors of the disk are told apart from those of the chunks, which pass as they are. */
async function writeChunks(file: string, chunks: AsyncIterable<string>, kept: Kept): Promise<number> {
  const handle = await kept(open(file, "wx"));
  try {
    let bytes = 0;
    let part = "";
    for await (const chunk of chunks) {
      part += chunk;
      if (part.length < PART) continue;
      bytes += await kept(writePart(handle, part));
      part = "";
    }
    bytes += await kept(writePart(handle, part));
    await kept(handle.sync());
    return bytes;
  } finally {
    await handle.close();
  }
}

async function writePart(handle: FileHandle, text: string): Promise<number> {
  const bytes = Buffer.from(text, "utf8");
  await handle.writeFile(bytes);
  return bytes.length;
}

async function named(unfinished: string, folder: string, target: ExportTarget): Promise<string> {
  for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
    const name = fileName(target, copy);
    if (!(await moveToFreeName(unfinished, join(folder, name)))) continue;
    await syncFolder(folder);
    return name;
  }
  throw new StorageError("other", `${pathIn(target.folder, fileName(target, 1))} and ${MOST_COPIES - 1} names like it are taken.`);
}

async function saying<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw nodeStorageError(error, path);
  }
}
