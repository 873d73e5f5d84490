import type { Overflow, Taken } from "../../src/engine/batch/batcher/overflow";

/** An overflow in memory that can be full, refuse and lose. */
export class MemoryOverflow<T> implements Overflow<T> {
  /** While set, every call is rejected with it. */
  failing: Error | null = null;
  /** The most items that were here at once. */
  mostItems = 0;
  private readonly domains = new Map<string, Taken<T>[]>();
  private gate: Promise<void> = Promise.resolve();

  constructor(private readonly room = Infinity) {}

  get size(): number {
    return [...this.domains.values()].reduce((sum, items) => sum + items.length, 0);
  }

  /** The next item of a domain can no longer be read. */
  loseFirst(domain: string): void {
    this.domains.get(domain)?.splice(0, 1, { kind: "lost" });
  }

  /** Puts wait from now on until the answer is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.gate = new Promise((resolve) => (release = resolve));
    return release;
  }

  async put(domain: string, items: readonly T[]): Promise<boolean> {
    await this.gate;
    if (this.failing !== null) throw this.failing;
    if (this.size + items.length > this.room) return false;
    const kept = this.domains.get(domain) ?? [];
    this.domains.set(domain, [...kept, ...items.map((item) => ({ kind: "item", item }) as const)]);
    this.mostItems = Math.max(this.mostItems, this.size);
    return true;
  }

  async take(domain: string, most: number): Promise<readonly Taken<T>[]> {
    if (this.failing !== null) throw this.failing;
    return this.domains.get(domain)?.splice(0, most) ?? [];
  }

  async clear(domain: string): Promise<void> {
    if (this.failing !== null) throw this.failing;
    this.domains.delete(domain);
  }
}
