import { expect, it } from "vitest";
import { randomContract } from "../contracts/random";
import { seededRandom } from "./seededRandom";

randomContract("the seeded random", () => seededRandom(7));

it("gives the same for the same seed and another for another", () => {
  const take = (seed: number): number[] => {
    const random = seededRandom(seed);
    return [random.next(), random.next(), random.next()];
  };
  expect(take(5)).toEqual(take(5));
  expect(take(5)).not.toEqual(take(6));
});
