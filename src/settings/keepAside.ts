import type { DataFolder } from "../engine/index";

/**
 * Keeps a text beside the file that it was in, under a name that holds nothing else. Resolves with the name. The same
 * text is kept once. Rejects with StorageError.
 */
export async function keepAside(folder: Pick<DataFolder, "read" | "write">, name: string, text: string): Promise<string> {
  for (let copy = 1; ; copy += 1) {
    const path = copy === 1 ? name : `${name}.${copy}`;
    const there = await folder.read(path);
    if (there === null) await folder.write(path, text);
    if (there === null || there === text) return path;
  }
}
