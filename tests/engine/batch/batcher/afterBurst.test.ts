import { describe, expect, it } from "vitest";
import { AfterBurst } from "../../../../src/engine/batch/batcher/afterBurst";

function counting(work: (moves: AfterBurst, run: number) => void = () => undefined): {
  readonly moves: AfterBurst;
  readonly runs: () => number;
  readonly errors: unknown[];
} {
  let runs = 0;
  const errors: unknown[] = [];
  const moves: AfterBurst = new AfterBurst(
    () => {
      runs += 1;
      work(moves, runs);
    },
    (error) => errors.push(error),
  );
  return { moves, runs: () => runs, errors };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe("work after a burst of calls", () => {
  it("is done once, and not inside a call", async () => {
    const { moves, runs } = counting();
    for (let call = 0; call < 100; call += 1) moves.ask();
    expect(runs()).toBe(0);
    await settled();
    expect(runs()).toBe(1);
    moves.ask();
    await settled();
    expect(runs()).toBe(2);
  });

  it("that asks for itself, or would start itself, runs again after itself", async () => {
    const depths: number[] = [];
    let depth = 0;
    const { moves, runs } = counting((own, run) => {
      depth += 1;
      depths.push(depth);
      if (run === 1) own.ask();
      if (run === 2) own.now();
      depth -= 1;
    });
    moves.now();
    expect(runs()).toBe(1);
    await settled();
    expect(depths).toEqual([1, 1, 1]);
  });

  it("that throws is told, and can be asked for again", async () => {
    const { moves, runs, errors } = counting((_, run) => {
      if (run === 1) throw new Error("full");
    });
    moves.ask();
    await settled();
    expect(errors).toEqual([new Error("full")]);
    moves.ask();
    await settled();
    expect(runs()).toBe(2);
  });
});
