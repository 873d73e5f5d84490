import { readMeta } from "../state/metaJson";
import type { TaskMeta } from "../state/taskMeta";
import type { TaskFiles } from "./taskFiles";

/** The task that ends its first page; null when there is none. Rejects with StorageError. */
export async function readTask(files: TaskFiles, id: string): Promise<TaskMeta | null> {
  let meta: TaskMeta | null = null;
  await files.page(id, 0).read((line) => {
    if (Object.hasOwn(line, "task")) meta = readMeta(line["task"]);
  });
  return meta;
}
