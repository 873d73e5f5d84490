import fc from "fast-check";
import type { JsonValue } from "../../../../src/engine/kernel/json";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";

type Told = Partial<Omit<ItemResult, "item" | "status">>;

const base = { domain: "local", attempts: 1, waitMs: 5, runMs: 10, at: 1_000 } as const;

export function done(item: number, told: Told & { readonly value?: JsonValue } = {}): ItemResult {
  return { ...base, value: null, ...told, item, status: "done" };
}

export function failed(item: number, code: string, message: string, told: Told = {}): ItemResult {
  return { ...base, ...told, item, status: "failed", error: { class: "data", code, message } };
}

export function cancelled(item: number, told: Told = {}): ItemResult {
  return { ...base, attempts: 0, waitMs: 0, runMs: 0, ...told, item, status: "cancelled" };
}

/** Lines of a task of a few items, some with several lines. */
export const resultLines: fc.Arbitrary<readonly ItemResult[]> = fc.array(
  fc
    .record({
      item: fc.nat(12),
      domain: fc.constantFrom("local", "a.example", "b.example"),
      attempts: fc.integer({ min: 1, max: 5 }),
      waitMs: fc.nat(1_000),
      runMs: fc.nat(1_000),
      at: fc.nat(100_000),
    })
    .chain((ended) =>
      fc.oneof(
        fc.jsonValue().map((value): ItemResult => ({ ...ended, status: "done", value: JSON.parse(JSON.stringify(value)) as JsonValue })),
        fc.constantFrom("x", "y").map((code): ItemResult => ({ ...ended, status: "failed", error: { class: "data", code, message: `${code} broke` } })),
        fc.constant<ItemResult>({ ...ended, status: "cancelled" }),
      ),
    ),
  { maxLength: 40 },
);

/** The lines one by one, as a log on disk gives them. */
export async function* streamed<T>(lines: Iterable<T>): AsyncGenerator<T> {
  for (const line of lines) {
    await Promise.resolve();
    yield line;
  }
}

export async function collected<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
