import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** A new folder of this machine, and what another program does with it. Paths are relative to it. */
export interface FolderOnDisk {
  readonly root: string;
  readonly put: (path: string, text: string) => Promise<void>;
  readonly peek: (path: string) => Promise<string | null>;
  /** Every file, sorted. */
  readonly paths: () => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

export async function folderOnDisk(): Promise<FolderOnDisk> {
  const root = await mkdtemp(join(tmpdir(), "canvas-engram-"));
  return {
    root,
    put: async (path, text) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, "utf8");
    },
    peek: (path) => readFile(join(root, path), "utf8").catch(() => null),
    paths: async () => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
