import { describe, expect, it } from "vitest";
import { defaultBatcherSettings } from "../../../../src/engine/batch/batcher/batcherSettings";
import { Crew } from "../../../../src/engine/batch/batcher/crew";

interface Host {
  demand: number;
  lagMs: number;
  hidden: boolean;
  least: number;
  most: number;
}

function crewOf(start: Partial<Host> = {}): { readonly crew: Crew; readonly host: Host } {
  const host: Host = { demand: 0, lagMs: 0, hidden: false, least: 1, most: 10, ...start };
  const crew = new Crew({
    settings: () => ({ ...defaultBatcherSettings, leastConcurrency: host.least, concurrency: host.most }),
    lag: {
      get ms() {
        return host.lagMs;
      },
    },
    demand: () => host.demand,
    hidden: () => host.hidden,
  });
  return { crew, host };
}

describe("the crew", () => {
  it("begins with the least and grows at once to one for each that wants a slot, and no further", () => {
    const { crew, host } = crewOf({ least: 2 });
    expect(crew.workers).toBe(2);
    host.demand = 5;
    crew.grow();
    expect(crew.workers).toBe(5);
    host.demand = 1_000;
    crew.grow();
    expect(crew.workers).toBe(10);
  });

  it("goes one by one with the ends of batches, down to the least", () => {
    const { crew, host } = crewOf({ least: 2, demand: 4 });
    crew.grow();
    host.demand = 0;
    const seen: number[] = [];
    for (let batch = 0; batch < 4; batch += 1) {
      crew.shrink();
      seen.push(crew.workers);
    }
    expect(seen).toEqual([3, 2, 2, 2]);
  });

  it("never grows when a batch ends, nor shrinks because more may leave", () => {
    const { crew, host } = crewOf({ demand: 4 });
    crew.grow();
    host.demand = 1_000;
    crew.shrink();
    expect(crew.workers).toBe(4);
    host.demand = 0;
    crew.grow();
    expect(crew.workers).toBe(4);
  });

  it("halves while the host is late, and stays as it is while that is uncertain", () => {
    const { crew, host } = crewOf({ demand: 8 });
    crew.grow();
    host.demand = 1_000;
    host.lagMs = 30;
    crew.grow();
    crew.shrink();
    expect(crew.workers).toBe(8);
    host.lagMs = 60;
    crew.shrink();
    expect(crew.workers).toBe(4);
  });

  it("is the least while nobody looks, however much waits", () => {
    const { crew, host } = crewOf({ demand: 1_000 });
    crew.grow();
    host.hidden = true;
    crew.shrink();
    expect(crew.workers).toBe(1);
    crew.grow();
    expect(crew.workers).toBe(1);
    host.hidden = false;
    crew.grow();
    expect(crew.workers).toBe(10);
  });

  it("keeps to limits that change under it", () => {
    const { crew, host } = crewOf({ demand: 1_000 });
    crew.grow();
    host.most = 3;
    crew.grow();
    expect(crew.workers).toBe(3);
    host.demand = 0;
    host.most = 10;
    host.least = 6;
    crew.grow();
    expect(crew.workers).toBe(6);
  });
});
