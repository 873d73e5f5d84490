import type { ItemPages } from "../disk/itemPages";
import type { ItemResult } from "../itemResult";
import { checkPage, page, type PageRequest, type ResultPage } from "../results/page";
import { ResultPlaces, type CancelledBlock, type Mark } from "../results/resultPlaces";
import type { DeskParts } from "./deskParts";
import type { Task } from "./task";
import { cancelledItem, taskResults } from "./taskResults";

/** Bytes to the next line that is wanted up to which reading on costs less than beginning anew. */
const JUMP = 64 * 1024;

interface NumberedLine {
  readonly line: number;
  readonly result: () => ItemResult | Promise<ItemResult>;
}

class Unplaced extends Error {}

/**
 * Pages of one task's results. The log is read once as far as somebody pages into it; from then on a page reads what is
 * on it. A log that is damaged in a way which makes places unknown is read whole for each page.
 */
export class ResultPages {
  private readonly places: ResultPlaces;

  constructor(
    private readonly task: Task,
    private readonly pages: ItemPages,
    private readonly parts: Pick<DeskParts, "kinds" | "logger">,
  ) {
    this.places = new ResultPlaces(task.state.meta);
  }

  /** Rejects with RangeError for numbers that make no page, with StorageError when it cannot be read. */
  async page(request: PageRequest): Promise<ResultPage> {
    checkPage(request);
    await this.task.log.flush();
    try {
      return await (request.order === "time" ? this.byTime(request) : this.byItem(request));
    } catch (error) {
      if (error instanceof Unplaced) return page(taskResults(this.task, this.pages, this.parts), request);
      throw error;
    }
  }

  private async byTime({ from, limit }: PageRequest): Promise<ResultPage> {
    const lines: ItemResult[] = [];
    for await (const { line, result } of this.from(this.places.before(from))) {
      if (line < from) continue;
      if (lines.length === limit) return { lines, next: from + limit };
      lines.push(await result());
    }
    return { lines, next: null };
  }

  private async byItem({ from, limit }: PageRequest): Promise<ResultPage> {
    const { places } = this;
    await this.readOn();
    const wanted = new Map<number, number>();
    const found = new Map<number, ItemResult>();
    for (let item = places.next(from); item !== null && item < from + limit; item = places.next(item + 1)) {
      const place = places.lastOf(item);
      if (place === "cancelled") found.set(item, await this.cancelled(places.block, item));
      else if (place !== null) wanted.set(place, item);
    }
    await this.collect([...wanted.keys()].sort((a, b) => a - b), found);
    const lines = [...found].sort(([a], [b]) => a - b).map(([, result]) => result);
    return { lines, next: places.next(from + limit) };
  }

  /** The results whose lines begin at these bytes. */
  private async collect(starts: readonly number[], found: Map<number, ItemResult>): Promise<void> {
    const wanted = new Set(starts);
    for (let index = 0; index < starts.length; ) {
      const before = index;
      for await (const placed of this.task.log.placed(starts[index] ?? 0, 0)) {
        if (placed === "unplaced") throw new Unplaced();
        if (placed.fact.kind === "ended" && wanted.has(placed.start)) {
          found.set(placed.fact.result.item, placed.fact.result);
          index += 1;
        }
        if (index === starts.length || (starts[index] ?? 0) > placed.end + JUMP) break;
      }
      // What is not where it was is damaged by now.
      if (index === before) throw new Unplaced();
    }
  }

  /** Learns what nobody has read before. */
  private async readOn(): Promise<void> {
    const { number, offset } = this.places.front;
    for await (const placed of this.task.log.placed(offset, number)) {
      if (placed === "unplaced") throw new Unplaced();
      this.places.take(placed);
    }
  }

  /** Every line from a place on. What nobody has read before is learned. */
  private async *from({ line: first, number, offset }: Mark): AsyncIterable<NumberedLine> {
    let line = first;
    for await (const placed of this.task.log.placed(offset, number)) {
      if (placed === "unplaced") throw new Unplaced();
      this.places.take(placed);
      const { fact } = placed;
      if (fact.kind === "ended") {
        yield { line, result: () => fact.result };
        line += 1;
      }
      const { block } = this.places;
      if (block?.number !== placed.number) continue;
      for (const item of block.items) {
        yield { line, result: () => this.cancelled(block, item) };
        line += 1;
      }
    }
  }

  private async cancelled(block: CancelledBlock | null, item: number): Promise<ItemResult> {
    if (block === null) throw new Unplaced();
    return cancelledItem(block.state, item, block.at, this.pages, this.parts);
  }
}
