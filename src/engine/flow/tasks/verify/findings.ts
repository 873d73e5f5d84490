import type { JsonObject } from "../../../kernel/json";

/** Lines that a result keeps of each sort of finding; how many there are is said in any case. */
const MOST_LINES = 20;

/** What a comparison found: how many of each sort, of each kind of thing, and the first of them in plain words. */
export class Findings<Sort extends string> {
  private readonly sorts: Map<Sort, { readonly kinds: Map<string, number>; readonly lines: string[] }>;

  constructor(sorts: readonly Sort[]) {
    this.sorts = new Map(sorts.map((sort) => [sort, { kinds: new Map(), lines: [] }]));
  }

  /** `kind`: what it was found of, in the singular. */
  add(sort: Sort, kind: string, line: () => string): void {
    const found = this.sorts.get(sort);
    if (found === undefined) throw new RangeError(`expected a sort of finding, got ${sort}`);
    found.kinds.set(kind, (found.kinds.get(kind) ?? 0) + 1);
    if (found.lines.length < MOST_LINES) found.lines.push(line());
  }

  count(...sorts: readonly Sort[]): number {
    return sorts.reduce((sum, sort) => sum + [...(this.sorts.get(sort)?.kinds.values() ?? [])].reduce((a, b) => a + b, 0), 0);
  }

  /** Of each sort how many there are of each kind; empty where nothing was found. */
  counts(): Record<Sort, JsonObject> {
    const entries = [...this.sorts].map(([sort, { kinds }]) => [sort, Object.fromEntries(kinds)] as const);
    return Object.fromEntries(entries) as Record<Sort, JsonObject>;
  }

  lines(): readonly string[] {
    return [...this.sorts.values()].flatMap(({ lines }) => lines);
  }
}
