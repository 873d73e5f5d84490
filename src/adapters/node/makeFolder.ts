import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./syncFolder";

/** Makes a folder and those above it as needed; what is new is on the disk when this resolves. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) await syncUp(folder, dirname(first));
}

async function syncUp(from: string, to: string): Promise<void> {
  for (let folder = from; ; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === to || folder === dirname(folder)) return;
  }
}
