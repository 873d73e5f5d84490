import { beforeEach, describe, expect, it } from "vitest";
import { LiveAnswer } from "../../../src/panel/session/liveAnswer";
import { FakeEngine } from "../../fakes/fakeEngine";
import { ManualClock } from "../../fakes/manualClock";

let clock: ManualClock;
let engine: FakeEngine | null;
let asked: string[];
let settle: ((answer: string | Error) => void)[];
let changes: number;
let answer: LiveAnswer<string, string>;

beforeEach(() => {
  clock = new ManualClock();
  engine = new FakeEngine();
  asked = [];
  settle = [];
  changes = 0;
  answer = new LiveAnswer<string, string>({
    clock,
    engine: () => engine,
    ask: (_, query) => {
      asked.push(query);
      return new Promise((resolve, reject) => settle.push((value) => (typeof value === "string" ? resolve(value) : reject(value))));
    },
    changed: () => (changes += 1),
  });
});

async function answered(value: string | Error): Promise<void> {
  settle.shift()?.(value);
  await clock.flush();
}

describe("a live answer", () => {
  it("asks only while somebody looks, and again once they look again", async () => {
    answer.about("a");
    answer.again();
    await clock.advance(1_000);
    expect(asked).toEqual([]);
    answer.wake(true);
    await answered("1");
    expect(answer.look()).toEqual({ kind: "loaded", value: "1" });
    answer.wake(false);
    answer.again();
    await clock.advance(1_000);
    expect(asked).toEqual(["a"]);
    answer.wake(true);
    expect(asked).toEqual(["a", "a"]);
  });

  it("makes one question of many changes, and never has two under way", async () => {
    answer.about("a");
    answer.wake(true);
    for (let index = 0; index < 50; index += 1) answer.again();
    await clock.advance(1_000);
    expect(asked).toHaveLength(1);
    await answered("1");
    await clock.advance(249);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(asked).toHaveLength(2);
    await answered("2");
    await clock.advance(1_000);
    expect(asked).toHaveLength(2);
    expect([answer.look(), changes]).toEqual([{ kind: "loaded", value: "2" }, 2]);
  });

  it("drops the answer to a question that was given up", async () => {
    answer.wake(true);
    answer.about("a");
    answer.about("b");
    await answered("of a");
    expect(answer.look()).toEqual({ kind: "waiting" });
    await answered("of b");
    expect(answer.look()).toEqual({ kind: "loaded", value: "of b" });
  });

  it("keeps what is shown where the question only grows", async () => {
    answer.wake(true);
    answer.about("a");
    await answered("1");
    answer.about("a, more", true);
    expect(answer.look()).toEqual({ kind: "loaded", value: "1" });
    answer.about("b");
    expect(answer.look()).toEqual({ kind: "waiting" });
  });

  it("says why there is no answer, and tries again with the next change", async () => {
    answer.wake(true);
    answer.about("a");
    await answered(new Error("the disk is gone"));
    expect(answer.look()).toEqual({ kind: "failed", reason: "the disk is gone" });
    answer.again();
    await clock.advance(250);
    await answered("1");
    expect(answer.look()).toEqual({ kind: "loaded", value: "1" });
  });

  it("waits for an engine", async () => {
    engine = null;
    answer.wake(true);
    answer.about("a");
    expect(asked).toEqual([]);
    engine = new FakeEngine();
    answer.again();
    await clock.advance(250);
    expect(asked).toEqual(["a"]);
  });
});
