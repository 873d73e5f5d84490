import { breakerLimits } from "../../../../src/engine/batch/policy/breaker";
import { localBackoff, retryTable, suspectRule, type Backoff, type RetryAction, type RetryRule } from "../../../../src/engine/batch/policy/retry";

const { failures, firstWaitMs, longestWaitMs, windowMs } = breakerLimits;

const backToTheFront = "The events go back to the front of their queue";

/** What each action means, for people. */
const meanings: Readonly<Record<RetryAction, readonly string[]>> = {
  again: ["The same batch is written again after the wait. Its canvases wait behind it; others go on."],
  "put-back": [
    `${backToTheFront}. After a failure that leaves no doubt, or ${failures} in ${seconds(windowMs)},`,
    `the store counts as away: it is tried again after ${seconds(firstWaitMs)}, then after twice as long each time,`,
    `up to ${seconds(longestWaitMs)}.`,
  ],
  hold: [`${backToTheFront}, and nothing is sent until the wait is over.`],
  smaller: [`${backToTheFront}, and batches are half as large from now on. With a single event it is a \`find\`.`],
  stop: [`${backToTheFront}, and nothing is sent until a person acts.`],
  find: [
    "The canary first: a batch without events, which commits a small change of its own. If that fails too, no event is",
    "to blame: where the failure is not known, the store counts as away; where it is a refusal, it is a `stop`. Else",
    "halves of the batch are written until the refused events stand alone, and the others are stored at once. What is",
    "refused as data becomes a dead letter; what fails for an unknown reason becomes a suspect. When too many are",
    "refused, none is blamed: it is a `stop`, or the store counts as away where the reason is not known.",
  ],
};

const head: readonly string[] = [
  "# What happens when a write fails",
  "",
  "A store's adapter gives every failure one class, and the class says what is done. No event is lost by any of this:",
  "it is in the journal, and stays pending until the store has it or it is a dead letter, which `canvas-engram retry`",
  "sends again, and which a person may discard.",
  "",
];

const foot: readonly string[] = [
  "",
  "Waits are random between the two times, so that many writers do not come back together, and the longer one doubles",
  "each time up to the limit.",
  "",
  ...Object.entries(meanings).map(([action, meaning]) => `- \`${action}\`: ${meaning.join("\n  ")}`),
  "",
  "A suspect is an event that failed alone for an unknown reason, with a canary that worked right behind the failure. It",
  "waits apart from all other events; only those of its own canvas wait behind it. It is tried again alone after",
  `${waits(suspectRule.backoff)}. After ${suspectRule.failures} such failures it becomes a dead letter. A failure counts only`,
  "with a working canary behind it, so no outage adds to them, however long it lasts, and one success clears the event.",
  "Other events about the same node that fail alone need no second try then. All of this fits into the 15 s that `sync`",
  "gives a store. What a run leaves undecided is still pending, and the next run begins with it; meanwhile the last",
  "failure is the `message` of the store.",
  "",
  "Where the store refuses for load (`throttled`), and where a batch meets other writers twice (`contention`), half as many",
  "batches are sent at once from then on; batches that were under way together count as one. For every ten that are stored",
  "in time there is one more again. `adaptive` in the settings turns this off.",
  "",
  "Trouble on this device has no class, because it says nothing of the store: where the local graph cannot be read, no rows",
  `can be made for a batch. ${backToTheFront}, the store does not count as away, no event is to`,
  "blame, and the local graph is shown as unavailable until it could be read. Nothing is sent before it is tried again:",
  `${waits(localBackoff)}. Waiting for the local graph does not count as waiting for the store.`,
  "",
  "This page is made from `src/engine/batch/policy/retry.ts`; a test fails when they differ.",
  "",
];

/** The Markdown page about what follows from each class of failure, made of the table that is used. */
export function retryDocument(): string {
  return [
    ...head,
    "| class | when | what is done | waits | after that |",
    "| --- | --- | --- | --- | --- |",
    ...retryTable.map(row),
    ...foot,
  ].join("\n");
}

function row({ class: of, when, action, times, then, backoff }: RetryRule): string {
  const done = times === null ? `\`${action}\`` : `\`${action}\`, at most ${times === 1 ? "once" : `${times} times`}`;
  return `| \`${of}\` | ${when} | ${done} | ${waits(backoff)} | ${then === null ? "nothing" : `\`${then}\``} |`;
}

function waits(backoff: Backoff | null): string {
  if (backoff === null) return "none";
  const { leastMs, baseMs, mostMs } = backoff;
  const first = leastMs === baseMs ? seconds(baseMs) : `${seconds(leastMs)} to ${seconds(baseMs)}`;
  return `${first} at first, at most ${seconds(mostMs)}`;
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
