import { deviceFolder } from "../../journal/segments";
import type { DataFolder } from "../../journal/port";

/** Bytes that this device keeps, by what they are for. */
export interface StorageSizes {
  readonly journal: number;
  /** The local graph's checkpoint. */
  readonly graph: number;
  /** Texts of canvases before the last writes. */
  readonly recovery: number;
  /** Tasks, their results and schedules. */
  readonly tasks: number;
  /** Everything else: acknowledgements, dead letters, what was set aside, the lock. */
  readonly other: number;
  /** What other devices keep in the same folder. */
  readonly otherDevices: number;
}

const named: ReadonlySet<string> = new Set(["journal", "graph", "recovery", "tasks"]);

/** Looks at every file of the plugin's folder, and reads none. Rejects with StorageError. */
export async function storageSizes(folder: Pick<DataFolder, "list">, device: string): Promise<StorageSizes> {
  const own = deviceFolder(device);
  const sizes = { journal: 0, graph: 0, recovery: 0, tasks: 0, other: 0, otherDevices: 0 };
  const { files, folders } = await folder.list(own);
  sizes.other += sum(files);
  for (const name of folders) {
    const size = await sizeOf(folder, `${own}/${name}`);
    if (named.has(name)) sizes[name as "journal"] += size;
    else sizes.other += size;
  }
  const base = own.slice(0, own.lastIndexOf("/"));
  for (const other of (await folder.list(base)).folders) if (other !== device) sizes.otherDevices += await sizeOf(folder, `${base}/${other}`);
  return sizes;
}

async function sizeOf(folder: Pick<DataFolder, "list">, path: string): Promise<number> {
  const { files, folders } = await folder.list(path);
  let size = sum(files);
  for (const name of folders) size += await sizeOf(folder, `${path}/${name}`);
  return size;
}

function sum(files: readonly { readonly size: number }[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}
