import type { Signal } from "../../kernel/signal";

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

export interface ChatRequest {
  /** The whole address that is asked. */
  readonly url: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Null where the endpoint needs none. Never logged, never part of an answer. */
  readonly key: string | null;
  /** Milliseconds from the request to the end of the answer. */
  readonly limitMs: number;
}

export type ChatAnswer =
  /** The whole text. */
  | { readonly kind: "text"; readonly text: string }
  /**
   * Another status than 2xx. `detail` is what the endpoint says of it, at most some hundred characters; empty when it
   * says nothing. `retryAfter` is the header of that name; null when there is none, or the host may not see it.
   */
  | { readonly kind: "refused"; readonly status: number; readonly detail: string; readonly retryAfter: string | null }
  /** The endpoint named another address. Nothing was sent there. */
  | { readonly kind: "redirected" }
  /** No answer. The reason in plain words, without the address. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The time was over; `begun` says whether any of the text had come. */
  | { readonly kind: "late"; readonly begun: boolean }
  /** The connection ended before the answer did. */
  | { readonly kind: "cut" }
  /** What came is no answer of the protocol. */
  | { readonly kind: "unreadable" }
  /** More text than any explanation has. */
  | { readonly kind: "too-long" }
  /** The signal came first. */
  | { readonly kind: "cancelled" };

/**
 * A language model behind one HTTP address. It asks once and follows no redirect: an endpoint that is trusted with what
 * stands on a canvas must not hand it on.
 */
export interface ChatModel {
  /** Never rejects. Ends soon after the signal is aborted, and soon after the time of the request is over. */
  ask(request: ChatRequest, signal: Signal): Promise<ChatAnswer>;
}
