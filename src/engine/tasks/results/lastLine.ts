import type { JsonValue } from "../../kernel/json";
import type { ItemResult } from "../itemResult";

/** What is kept of an item's last line: no value, so that results of any size take the same little memory. */
export interface LastLine {
  readonly status: ItemResult["status"];
  readonly domain: string;
  readonly attempts: number;
  readonly waitMs: number;
  readonly runMs: number;
  readonly at: number;
  /** Class and code of a failure, as a key; null without one. */
  readonly error: string | null;
  readonly valid: boolean;
}

/** One sample of the failures that have a class and a code in common. */
export interface ErrorSample {
  readonly class: string;
  readonly code: string;
  readonly message: string;
}

/** The last lines of items, by position. Lines are added oldest first; a later one takes the place of an earlier one. */
export class LastLines {
  /** Lines added, those that others took the place of too. */
  lines = 0;
  readonly samples = new Map<string, ErrorSample>();
  private readonly last = new Map<number, LastLine>();
  private readonly domains = new Map<string, string>();

  constructor(private readonly isValid: (value: JsonValue) => boolean) {}

  add(line: ItemResult): void {
    const { item, status, attempts, waitMs, runMs, at } = line;
    const error = line.status === "failed" ? this.sampled(line.error) : null;
    const valid = line.status === "done" && this.isValid(line.value);
    this.lines += 1;
    this.last.set(item, { status, domain: this.domain(line.domain), attempts, waitMs, runMs, at, error, valid });
  }

  values(): Iterable<LastLine> {
    return this.last.values();
  }

  // Every line that is read brings a text of its own for the same few names.
  private domain(name: string): string {
    const known = this.domains.get(name);
    if (known === undefined) this.domains.set(name, name);
    return known ?? name;
  }

  private sampled(error: ErrorSample): string {
    const key = `${error.class} ${error.code}`;
    this.samples.set(key, { class: error.class, code: error.code, message: error.message });
    return key;
  }
}
