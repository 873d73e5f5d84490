import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchResult, type ItemOutcome } from "../../../src/engine/learning/result";

const error = { code: "invalid_value", message: "score must be a number from 0 to 100", retryable: false };

describe("the result of a batch", () => {
  it("keeps the order and counts each item once", () => {
    const outcomes: ItemOutcome[] = [
      { status: "succeeded", id: "a" },
      { status: "invalid", id: null, error },
      { status: "duplicate", id: "b" },
      { status: "deferred", id: "c" },
      { status: "accepted", id: "d" },
      { status: "failed", id: "e", error: { ...error, retryable: true } },
    ];
    expect(batchResult(outcomes, [10, 30])).toEqual({
      requested: 6,
      succeeded: 2,
      failed: 2,
      duplicate: 1,
      deferred: 1,
      results: [
        { index: 0, id: "a", status: "succeeded" },
        { index: 1, id: null, status: "invalid", error },
        { index: 2, id: "b", status: "duplicate" },
        { index: 3, id: "c", status: "deferred" },
        { index: 4, id: "d", status: "accepted" },
        { index: 5, id: "e", status: "failed", error: { ...error, retryable: true } },
      ],
      batchAvgLatencyMs: 20,
    });
  });

  it("of no item is empty, with no latency", () => {
    expect(batchResult([], [])).toEqual({
      requested: 0,
      succeeded: 0,
      failed: 0,
      duplicate: 0,
      deferred: 0,
      results: [],
      batchAvgLatencyMs: null,
    });
  });

  it("always adds up", () => {
    const done = fc.record({ status: fc.constantFrom("accepted", "succeeded", "duplicate", "deferred"), id: fc.string() });
    const refused = fc.record({
      status: fc.constantFrom("invalid", "failed"),
      id: fc.option(fc.string()),
      error: fc.constant(error),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(done, refused) as fc.Arbitrary<ItemOutcome>), (outcomes) => {
        const result = batchResult(outcomes, []);
        expect(result.succeeded + result.failed + result.duplicate + result.deferred).toBe(result.requested);
        expect(result.results.map(({ index }) => index)).toEqual(outcomes.map((_, index) => index));
        expect(result.results.map(({ id, status }) => [id, status])).toEqual(outcomes.map(({ id, status }) => [id, status]));
        expect(result.results.filter((one) => one.error !== undefined).length).toBe(result.failed);
      }),
    );
  });
});
