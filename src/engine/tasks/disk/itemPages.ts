import type { JsonValue } from "../../kernel/json";
import { isCount } from "../state/readFields";
import type { TaskMeta } from "../state/taskMeta";
import type { TaskFiles } from "./taskFiles";

type Page = ReadonlyMap<number, JsonValue>;

/** Pages that are kept in memory: of all tasks together, so that many tasks at once take no more than few. */
const OPEN_PAGES = 8;

/** Reads items by their position, a page at a time. */
export class ItemPages {
  private readonly open = new Map<string, Promise<Page>>();

  constructor(private readonly files: TaskFiles) {}

  /** The item; undefined when its line is gone or damaged. Rejects with StorageError. */
  async read({ id, pages }: TaskMeta, item: number): Promise<JsonValue | undefined> {
    const page = pageOf(pages, item);
    const key = `${id} ${page}`;
    const known = this.open.get(key) ?? this.load(id, page, key);
    this.open.delete(key);
    this.open.set(key, known);
    const [oldest] = this.open.keys();
    if (this.open.size > OPEN_PAGES && oldest !== undefined) this.open.delete(oldest);
    return (await known).get(item);
  }

  /** Lets go of a task's pages. */
  forget(id: string): void {
    for (const key of [...this.open.keys()]) if (key.startsWith(`${id} `)) this.open.delete(key);
  }

  private load(id: string, page: number, key: string): Promise<Page> {
    const loading = this.readPage(id, page);
    loading.catch(() => this.open.delete(key));
    return loading;
  }

  private async readPage(id: string, page: number): Promise<Page> {
    const items = new Map<number, JsonValue>();
    await this.files.page(id, page).read((line) => {
      const { item, input } = line;
      if (isCount(item) && input !== undefined) items.set(item, input);
    });
    return items;
  }
}

/** The last page that begins at the item or before it. */
function pageOf(pages: readonly number[], item: number): number {
  let low = 0;
  let high = pages.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pages[middle] ?? 0) <= item) low = middle;
    else high = middle - 1;
  }
  return low;
}
