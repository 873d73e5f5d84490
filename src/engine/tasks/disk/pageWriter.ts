import type { JsonObject, JsonValue } from "../../kernel/json";
import { metaJson } from "../state/metaJson";
import type { TaskMeta } from "../state/taskMeta";
import type { TaskFiles } from "./taskFiles";

const PAGE_ITEMS = 500;
/** Characters of JSON, since items may be large. */
const PAGE_CHARS = 500_000;

/**
 * Writes the items of a new task, page by page. The first page is kept back and ends with the task itself, so that the
 * task is there as a whole or not at all, and a task of one page takes one append.
 */
export class PageWriter {
  private readonly firsts: number[] = [0];
  private firstPage: readonly JsonObject[] | null = null;
  private page: JsonObject[] = [];
  private chars = 0;
  private count = 0;

  constructor(
    private readonly files: TaskFiles,
    private readonly id: string,
  ) {}

  /** `chars` is the length of the item's JSON. Rejects with StorageError. */
  async add(item: JsonValue, chars: number): Promise<void> {
    if (this.page.length === PAGE_ITEMS || (this.page.length > 0 && this.chars + chars > PAGE_CHARS)) await this.turn();
    this.page.push({ item: this.count, input: item });
    this.chars += chars;
    this.count += 1;
  }

  /** Makes the task be there. Rejects with StorageError. */
  async commit(metaOf: (total: number, pages: readonly number[]) => TaskMeta): Promise<TaskMeta> {
    if (this.firstPage !== null) await this.writePage();
    const meta = metaOf(this.count, this.firsts);
    await this.files.page(this.id, 0).append([...(this.firstPage ?? this.page), { task: metaJson(meta) }]);
    return meta;
  }

  private async turn(): Promise<void> {
    if (this.firstPage === null) this.firstPage = this.page;
    else await this.writePage();
    this.firsts.push(this.count);
    this.page = [];
    this.chars = 0;
  }

  private writePage(): Promise<void> {
    return this.files.page(this.id, this.firsts.length - 1).append(this.page);
  }
}
