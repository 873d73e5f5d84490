import type { Signal } from "../../../kernel/signal";
import { MOST_ROWS, type StoredKind, type StoredPage, type StoredRow, type StoreQuestion } from "../../../graph/storedRows";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { ComparedStore } from "../../deliver/comparableStore";
import { goOn } from "./goOn";

/** What a store answers; a failure of the store is one of the item. */
export class AskStore {
  constructor(
    private readonly store: Pick<ComparedStore, "read">,
    private readonly signal: Signal,
  ) {}

  /** What is there of these keys. */
  async rows(kind: StoredKind, keys: readonly string[]): Promise<readonly StoredRow[]> {
    const found: StoredRow[] = [];
    for (let from = 0; from < keys.length; from += MOST_ROWS) found.push(...(await this.ask({ kind, keys: keys.slice(from, from + MOST_ROWS) })).rows);
    return found;
  }

  /** Everything of a kind, page by page. */
  async *pages(kind: StoredKind): AsyncGenerator<readonly StoredRow[], void, undefined> {
    let after: string | null = null;
    do {
      const page: StoredPage = await this.ask({ kind, after, limit: MOST_ROWS });
      yield page.rows;
      after = page.next;
    } while (after !== null);
  }

  private async ask(question: StoreQuestion): Promise<StoredPage> {
    goOn(this.signal);
    const page = await this.store.read(question, this.signal);
    if (page.kind === "failed") throw new TaskFailure(page.class, page.code, page.message, page.retryAfterMs);
    return page;
  }
}
