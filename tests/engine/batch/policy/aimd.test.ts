import { describe, expect, it } from "vitest";
import { aimdAfter, aimdConfigured, defaultTargetLatencyMs, openAimd, type Aimd, type AimdResult } from "../../../../src/engine/batch/policy/aimd";

const fast: AimdResult = { kind: "ok", latencyMs: 20 };
const slow: AimdResult = { kind: "ok", latencyMs: defaultTargetLatencyMs + 1 };
const pushedBack: AimdResult = { kind: "pushed-back" };

function after(aimd: Aimd, result: AimdResult, times: number): Aimd {
  let now = aimd;
  for (let time = 0; time < times; time += 1) now = aimdAfter(now, result);
  return now;
}

describe("additive increase, multiplicative decrease", () => {
  it("begins with what is allowed at most, and success changes nothing there", () => {
    expect(after(openAimd(10), fast, 100).allowed).toBe(10);
  });

  it("halves for each refusal for load, never below one", () => {
    const allowed = [1, 2, 3, 4, 5].map((times) => after(openAimd(10), pushedBack, times).allowed);
    expect(allowed).toEqual([5, 2, 1, 1, 1]);
  });

  it("comes back one by one, ten answers in time for each, and never above its most", () => {
    const low = after(openAimd(10), pushedBack, 4);
    expect([9, 10, 19, 20, 89, 90, 500].map((times) => after(low, fast, times).allowed)).toEqual([1, 2, 2, 3, 9, 10, 10]);
  });

  it("takes an answer at the target for one in time, and one above it for a slow one", () => {
    const at = (latencyMs: number): number => aimdAfter(openAimd(8, 300), { kind: "ok", latencyMs }).allowed;
    expect([at(300), at(301)]).toEqual([8, 4]);
  });

  it("cuts once for the slow answers of one window, and again for those of the next", () => {
    const allowed = [1, 2, 10, 11, 20, 21].map((times) => after(openAimd(10), slow, times).allowed);
    expect(allowed).toEqual([5, 5, 5, 2, 2, 1]);
  });

  it("lets a cut count for as many answers as were under way, where those are more than ten", () => {
    expect([1, 40, 41].map((times) => after(openAimd(40), slow, times).allowed)).toEqual([20, 20, 10]);
  });

  it("does not grow while slow answers come in between", () => {
    let aimd = after(openAimd(10), pushedBack, 1);
    for (let round = 0; round < 20; round += 1) aimd = after(after(aimd, fast, 9), slow, 1);
    expect(aimd.allowed).toBe(1);
  });

  it("follows the setting, but stays low where it was cut", () => {
    expect(aimdConfigured(openAimd(10), 20).allowed).toBe(20);
    expect(aimdConfigured(openAimd(10), 2).allowed).toBe(2);
    expect(aimdConfigured(after(openAimd(10), pushedBack, 1), 20).allowed).toBe(5);
    expect(aimdConfigured(after(openAimd(10), pushedBack, 1), 3).allowed).toBe(3);
    expect(aimdAfter(aimdConfigured(openAimd(8, 1_000), 8, 100), { kind: "ok", latencyMs: 500 }).allowed).toBe(4);
  });

  it("changes no value that was given out", () => {
    const aimd = openAimd(10);
    aimdAfter(aimd, pushedBack);
    expect(aimd).toEqual(openAimd(10));
  });
});
