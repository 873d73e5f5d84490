import type { DataAdapter } from "obsidian";

/** Makes a folder of the vault and those above it. The adapter may refuse to make more than one level at once. */
export async function makeVaultFolder(adapter: Pick<DataAdapter, "exists" | "mkdir">, folder: string): Promise<void> {
  if (folder === "" || (await adapter.exists(folder))) return;
  await makeVaultFolder(adapter, folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
  try {
    await adapter.mkdir(folder);
  } catch (error) {
    // Another writer may make the same folder at the same time: what counts is that it is there in the end.
    if (!(await adapter.exists(folder))) throw error;
  }
}
