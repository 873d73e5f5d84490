export interface WebhookSettings {
  readonly enabled: boolean;
  readonly url: string;
}

export interface WebhookStatus {
  readonly enabled: boolean;
  /** Ends of tasks that the receiver has not taken yet. */
  readonly pending: number;
  /** Why they are not delivered, for people; null while nothing is wrong. */
  readonly trouble: string | null;
  /** A person has to change something before it is tried again. */
  readonly held: boolean;
}

/**
 * Tells another program of every task that ends while this is on, one after the other, each at least once and with the
 * same delivery id every time. What is not delivered when the engine stops is delivered after the next start, for as long
 * as the task is not forgotten.
 */
export interface Webhook {
  status(): WebhookStatus;
  /** Settings or secret may have changed, or the network is back: tries at once. */
  retry(): void;
  /** Breaks off what is under way, which is sent again after the next start. */
  stop(): Promise<void>;
}
