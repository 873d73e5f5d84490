import type { Signal } from "../../kernel/signal";

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type PostAnswer =
  /** `retryAfter` is the header of that name as it was sent; null when there is none, or the host may not see it. */
  | { readonly kind: "answered"; readonly status: number; readonly retryAfter: string | null }
  /** The server named another address. Nothing was sent there. */
  | { readonly kind: "redirected" }
  /** No answer: the reason in plain words, without the address. Also when the signal came first. */
  | { readonly kind: "unreachable"; readonly reason: string };

/**
 * The one way out of a device for a webhook. It POSTs once and follows no redirect, wherever it leads: a server that is
 * trusted with what a vault does must not hand it on.
 */
export interface WebhookPost {
  /** Never rejects. Ends soon after the signal is aborted. */
  post(request: WebhookRequest, signal: Signal): Promise<PostAnswer>;
}
