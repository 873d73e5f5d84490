import type { ItemPages } from "../disk/itemPages";
import type { TaskKind } from "../kind";
import type { TaskMeta } from "../state/taskMeta";

/** The domain of an item; empty when nobody can say. Rejects with StorageError and with what the kind throws. */
export async function domainOf(kind: TaskKind | null, pages: ItemPages, meta: TaskMeta, item: number): Promise<string> {
  const input = kind === null ? undefined : await pages.read(meta, item);
  const domain: unknown = kind === null || input === undefined ? "" : kind.domainOf(input);
  return typeof domain === "string" ? domain : "";
}
