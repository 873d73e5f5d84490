import type { FailureClass } from "../../graph/port";
import { retryAfterMs } from "../webhook/answerMeaning";
import type { ChatAnswer } from "./chatModel";

export type ChatMeaning =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failed"; readonly class: FailureClass; readonly code: string; readonly message: string; readonly retryAfterMs?: number };

/** How an answer of a model is to be treated. `model` and `limitMs` are those of the request; `now` in epoch milliseconds. */
export function chatMeaning(answer: ChatAnswer, { limitMs, model, now }: { readonly limitMs: number; readonly model: string; readonly now: number }): ChatMeaning {
  switch (answer.kind) {
    case "text":
      return answer.text.trim() === "" ? failed("unknown", "empty", "The model answered without any text.") : { kind: "text", text: answer.text.trim() };
    case "refused":
      return refusal(answer, model, now);
    case "redirected":
      return failed("config", "redirected", "The address of the model leads on to another one, which is not followed. Enter the final address.");
    case "unreachable":
      return failed("unavailable", "unreachable", answer.reason);
    case "late":
      return late(answer.begun, Math.round(limitMs / 1_000));
    case "cut":
      return failed("unknown", "cut", "The model broke off in the middle of its answer.");
    case "unreadable":
      return failed("unknown", "unreadable", "The answer of the model could not be read. Check that the address is one of the chat protocol of OpenAI.");
    case "too-long":
      return failed("data", "too-long", "The model wrote more than a note should hold, so nothing was kept.");
    case "cancelled":
      return failed("unavailable", "cancelled", "It was cancelled before the model had answered.");
  }
}

/** A model that says nothing is away; one that writes too slowly is there, and more tries may not help. */
function late(begun: boolean, seconds: number): ChatMeaning {
  if (!begun) return failed("unavailable", "silent", `The model did not answer within ${seconds} s.`);
  return failed("unknown", "slow", `The model did not end its answer within ${seconds} s. Raise the time limit in the settings, or take a faster model.`);
}

function refusal({ detail, retryAfter, status }: Extract<ChatAnswer, { kind: "refused" }>, model: string, now: number): ChatMeaning {
  const said = detail === "" ? "" : ` It says: ${detail}`;
  const of = (failure: FailureClass, code: string, text: string): Extract<ChatMeaning, { kind: "failed" }> => failed(failure, code, `${text} (status ${status}).${said}`);
  const wait = retryAfter === null ? null : retryAfterMs(retryAfter, now);
  if (status === 429 || (status === 503 && wait !== null)) {
    return { ...of("throttled", "throttled", "The model asks to wait"), ...(wait === null ? {} : { retryAfterMs: wait }) };
  }
  if (status === 401 || status === 403) return of("auth", "key", "The model refused the key. Choose another one in the settings");
  if (status === 404) return isUnknownModel(detail) ? of("config", "model", `The endpoint has no model named "${model}". Choose one that it has`) : of("config", "address", "There is no chat endpoint at the address of the model. Check it");
  if (status === 405) return of("config", "address", "The address of the model takes no questions. Check it");
  if (status === 408 || status === 425 || status >= 500) return of("unavailable", "trouble", "The endpoint of the model is in trouble");
  if (status === 400 && isUnknownModel(detail)) return of("config", "model", `The endpoint has no model named "${model}". Choose one that it has`);
  return of("data", "refused", "The model refused the question");
}

function isUnknownModel(detail: string): boolean {
  return /\bmodel\b/i.test(detail) && /not found|does not exist|unknown|no such/i.test(detail);
}

function failed(of: FailureClass, code: string, message: string): Extract<ChatMeaning, { kind: "failed" }> {
  return { kind: "failed", class: of, code, message };
}
