import fc from "fast-check";
import { expect, it } from "vitest";
import { suggestPriority } from "../../../../src/engine/tasks/suggest/suggestPriority";

const now = Date.UTC(2030, 0, 1);
const day = 86_400_000;

it.each([
  [-3, 0.5, "HIGH", 1, "A review is due.", "You worked there within the last day."],
  [0.5, 5, "HIGH", 0.56, "A review is due within a day.", "You worked there within the last week."],
  [5, 20, "NORMAL", 0.2, "A review is due within a week.", "You worked there within the last month."],
  [30, 0.5, "NORMAL", 0.2, "The next review is more than a week away.", "You worked there within the last day."],
  [30, 90, "LOW", 0.04, "The next review is more than a week away.", "You worked there more than a month ago."],
  [null, 0.5, "NORMAL", 0.3, "No review is planned.", "You worked there within the last day."],
  [-3, null, "NORMAL", 0.2, "A review is due.", "You have not worked there yet."],
  [null, null, "LOW", 0.06, "No review is planned.", "You have not worked there yet."],
])("due in %s days and worked on %s days ago is %s, and says why", (due, worked, priority, score, ...reasons) => {
  const history = { dueAt: due === null ? null : now + due * day, workedAt: worked === null ? null : now - worked * day };
  expect(suggestPriority(history, now)).toEqual({ priority, score: expect.closeTo(score, 6) as number, reasons });
});

it("never falls when the review comes nearer or the last work is younger", () => {
  const days = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(days, days, days, days, (a, b, c, d) => {
      const [soon, late] = [Math.min(a, b), Math.max(a, b)];
      const [fresh, old] = [Math.min(Math.abs(c), Math.abs(d)), Math.max(Math.abs(c), Math.abs(d))];
      const near = suggestPriority({ dueAt: now + soon * day, workedAt: now - fresh * day }, now);
      const far = suggestPriority({ dueAt: now + late * day, workedAt: now - old * day }, now);
      expect(near.score).toBeGreaterThanOrEqual(far.score);
    }),
  );
});
