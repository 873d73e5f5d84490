import type { FailureClass } from "../../graph/port";
import type { PostAnswer } from "./webhookPost";

export type AnswerMeaning =
  | { readonly kind: "delivered" }
  | { readonly kind: "failed"; readonly class: FailureClass; readonly message: string; readonly retryAfterMs?: number };

/** A server that names a longer wait than a day is asked again after a day. */
const MOST_WAIT_MS = 24 * 3_600_000;

const meanings: Readonly<Record<number, readonly [FailureClass, string]>> = {
  400: ["data", "The receiver refused the delivery"],
  401: ["auth", "The receiver refused the signature. Check that both sides have the same secret"],
  403: ["auth", "The receiver refused the signature. Check that both sides have the same secret"],
  404: ["config", "There is nothing at this address. Check it"],
  405: ["config", "This address takes no POST. Check it"],
  408: ["unavailable", "The receiver did not take the delivery in time"],
  410: ["config", "The receiver is gone for good. Enter another address"],
  425: ["unavailable", "The receiver cannot take it yet"],
  429: ["throttled", "The receiver asks to wait"],
};

/** What an answer means for a delivery; `now` in epoch milliseconds. */
export function answerMeaning(answer: PostAnswer, now: number): AnswerMeaning {
  if (answer.kind === "unreachable") return { kind: "failed", class: "unavailable", message: answer.reason };
  if (answer.kind === "redirected") {
    return { kind: "failed", class: "config", message: "The receiver sends deliveries on to another address, which is not followed. Enter the final address." };
  }
  const { retryAfter, status } = answer;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  const wait = retryAfter === null ? null : retryAfterMs(retryAfter, now);
  // A 503 with a time says the same as a 429.
  if (wait !== null && (status === 429 || status === 503)) return { ...failed(status, "throttled"), retryAfterMs: wait };
  return failed(status, meanings[status]?.[0] ?? (status >= 500 ? "unavailable" : "data"));
}

/** Milliseconds of a `Retry-After` header, which holds seconds or a date; null when it holds neither. */
export function retryAfterMs(header: string, now: number): number | null {
  const text = header.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : dateOf(text) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), MOST_WAIT_MS);
}

// Date.parse would find a year in nearly any text with digits.
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}

function failed(status: number, failure: FailureClass): { readonly kind: "failed"; readonly class: FailureClass; readonly message: string } {
  const text = meanings[status]?.[1] ?? (status >= 500 ? "The receiver is in trouble" : "The receiver refused the delivery");
  return { kind: "failed", class: failure, message: `${text} (status ${status}).` };
}
