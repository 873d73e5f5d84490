import { createSignal, type SignalSource } from "../../kernel/signal";

/**
 * One stretch of sending: from a start or a new connection to the next one. What is left of an old stretch can end in
 * peace without being taken for the new one.
 */
export interface SendingSession {
  /** Waits between attempts end: sending stops soon. */
  readonly closing: SignalSource;
  /** Writes under way are given up. */
  readonly abandoned: SignalSource;
  /** A lane has asked for a slot and has not cut its batch yet. */
  asking: boolean;
  /** True after `stop`: what comes back stays in the journal. */
  over: boolean;
}

export function openSendingSession(): SendingSession {
  return { closing: createSignal(), abandoned: createSignal(), asking: false, over: false };
}
