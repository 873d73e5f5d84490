import type { StoreFailure } from "../../graph/port";
import { reasonOf } from "../../kernel/reasonOf";
import { retryTable } from "../policy/retry";
import type { ItemAnswer } from "./sink";

/** What a sink said to a batch: something for each item, or one failure for all. */
export type Answers<R> = readonly ItemAnswer<R>[] | StoreFailure;

/** The answer in the form that it must have: a list of another length is a failure of all, since nobody knows whose is whose. */
export function checkedAnswers<R>(answers: Answers<R>, items: number): Answers<R> {
  if (!isList(answers)) return isFailure(answers) ? soundFailure(answers) : unknownFailure("bad-answer", "The sink gave no answer.");
  if (answers.length === items) return answers;
  return unknownFailure("bad-answer", `The sink gave ${answers.length} answers to ${items} items.`);
}

const classes: ReadonlySet<string> = new Set(retryTable.map((rule) => rule.class));
/** Milliseconds. Whoever asks for a longer wait is asked again after a day. */
const MOST_WAIT_MS = 86_400_000;

/** The failure as its type promises it: of a class that there is, and with a wait that comes to an end. */
export function soundFailure(failure: StoreFailure): StoreFailure {
  const { class: said, retryAfterMs, ...rest } = failure;
  const sound = { ...rest, class: classes.has(said) ? said : "unknown" } as const;
  if (typeof retryAfterMs !== "number" || !Number.isFinite(retryAfterMs)) return sound;
  return { ...sound, retryAfterMs: Math.min(MOST_WAIT_MS, Math.max(0, retryAfterMs)) };
}

export function thrownFailure(error: unknown): StoreFailure {
  return unknownFailure("threw", reasonOf(error));
}

export const TIMEOUT_CODE = "timeout";

export function lateFailure(ms: number): StoreFailure {
  return unknownFailure(TIMEOUT_CODE, `The sink did not answer within ${ms} ms.`);
}

export function unknownFailure(code: string, message: string): StoreFailure {
  return { kind: "failed", class: "unknown", code, message };
}

function isList<R>(answers: Answers<R>): answers is readonly ItemAnswer<R>[] {
  return Array.isArray(answers);
}

// A sink is code of others: what its type promises is looked at before it is believed.
function isFailure(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "failed";
}
