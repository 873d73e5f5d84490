import type { Cancel, Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import { reasonOf } from "../../kernel/reasonOf";
import { createSignal, type Signal, type SignalSource } from "../../kernel/signal";
import type { Connected, GraphStore, StoreFailure } from "../../graph/port";
import { silent } from "./attempt";
import { bounded } from "../../kernel/bounded";
import { breakerAfter, closedBreaker, type Breaker, type BreakerEvent, type BreakerLimits } from "../policy/breaker";

type Link =
  | { readonly kind: "off" }
  | { readonly kind: "connecting" }
  | { readonly kind: "ok"; readonly connected: Connected }
  /** Away; it is tried again by itself. */
  | { readonly kind: "unavailable"; readonly failure: StoreFailure }
  /** A person must act: nothing is tried until `reconnect`. `config` is also a statement that the store refuses. */
  | { readonly kind: "auth" | "config"; readonly failure: StoreFailure };

/** How a store stands. `paused` hides the rest: a person does not want anything sent. */
export type TargetState = Link | { readonly kind: "paused" };

export interface TargetParts {
  readonly clock: Clock;
  readonly logger: Pick<Logger, "error">;
  readonly store: Pick<GraphStore, "connect">;
  readonly deadlineMs: () => number;
  /** The usual limits where it is not said. */
  readonly breaker?: () => BreakerLimits;
  /** The store answered and nothing has been sent yet. A rejection counts as a failed connection. */
  readonly welcome: (connected: Connected) => Promise<void>;
  /** The state or the breaker is another one than before. */
  readonly changed: () => void;
}

/**
 * The connection to one store: connected with one attempt before anything is sent, so that a wrong password is tried
 * once; asked again in growing intervals while it is away; left alone after a refusal that a person must end.
 */
export class Target {
  private link: Link = { kind: "off" };
  private paused = false;
  private breakerNow: Breaker = closedBreaker;
  private attempt: SignalSource | null = null;
  private probe: Cancel | null = null;
  private hold: { readonly until: number; readonly cancel: Cancel } | null = null;

  constructor(private readonly parts: TargetParts) {}

  get state(): TargetState {
    return this.paused ? { kind: "paused" } : this.link;
  }

  get breaker(): Breaker {
    return this.breakerNow;
  }

  /** True when batches may leave. */
  get open(): boolean {
    return !this.paused && this.link.kind === "ok" && this.hold === null;
  }

  /** True when nothing changes before a person acts. */
  get stuck(): boolean {
    return this.paused || this.link.kind === "off" || this.link.kind === "auth" || this.link.kind === "config";
  }

  start(): void {
    this.breakerNow = closedBreaker;
    this.connectAnew();
  }

  stop(): void {
    this.letGo();
    this.link = { kind: "off" };
    this.breakerNow = closedBreaker;
    this.parts.changed();
  }

  /** Forgets what stood in the way and tries once, now. */
  reconnect(): void {
    this.breakerNow = this.breakerNow.kind === "closed" ? closedBreaker : { kind: "half-open", streak: 0 };
    this.connectAnew();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.cancelProbe();
    this.parts.changed();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    const waits = this.link.kind === "unavailable" || this.link.kind === "connecting";
    if (waits && this.attempt === null) this.tryAgain();
    this.parts.changed();
  }

  /** A write succeeded, or a connection did and there is nothing to write. */
  proven(): void {
    const before = this.breakerNow;
    this.feed({ kind: "succeeded" });
    if (this.breakerNow.kind !== before.kind) this.parts.changed();
  }

  /** A write found the store away. After an unknown failure it is: that one was repeated and met by an empty batch. */
  away(failure: StoreFailure): void {
    if (this.link.kind !== "ok") return;
    this.feed(failedEvent(failure, failure.code === "DEADLINE" || failure.class === "unknown"));
    if (this.breakerNow.kind === "open") this.leave(failure);
  }

  /** A write was refused for a reason that only a person can end. */
  refuse(failure: StoreFailure): void {
    if (this.link.kind === "off") return;
    this.letGo();
    this.link = { kind: failure.class === "auth" ? "auth" : "config", failure };
    this.parts.changed();
  }

  /** Nothing is sent for a while. A longer wait that is asked for already goes on. */
  holdFor(ms: number): void {
    const until = this.parts.clock.monotonic() + ms;
    if (this.hold !== null && this.hold.until >= until) return;
    this.hold?.cancel();
    const cancel = this.parts.clock.after(ms, () => {
      this.hold = null;
      this.parts.changed();
    });
    this.hold = { until, cancel };
  }

  private connectAnew(): void {
    this.letGo();
    this.link = { kind: "connecting" };
    if (!this.paused) this.connect();
    this.parts.changed();
  }

  private connect(): void {
    const attempt = createSignal();
    this.attempt = attempt;
    this.connectOnce(attempt.signal)
      .then((failure) => {
        if (this.attempt !== attempt) return;
        this.attempt = null;
        if (failure !== null) this.failed(failure);
      })
      .catch((error: unknown) => this.parts.logger.error(`the store stays as it is until somebody connects again: ${String(error)}`));
  }

  /** Null when connected, or when nobody wants to know any more. */
  private async connectOnce(signal: Signal): Promise<StoreFailure | null> {
    const deadlineMs = this.parts.deadlineMs();
    try {
      const result = await bounded(this.parts.clock, deadlineMs, signal, (own) => this.connectAndGreet(own));
      if (result.kind === "late") return silent(deadlineMs);
      if (result.kind === "aborted") return null;
      if (result.value.kind === "failed") return result.value;
      if (signal.aborted) return null;
      this.link = { kind: "ok", connected: result.value };
      this.parts.changed();
      return null;
    } catch (error) {
      const message = `Connecting failed: ${reasonOf(error)}`;
      return { kind: "failed", class: "unavailable", code: "CONNECT_THREW", message };
    }
  }

  private async connectAndGreet(signal: Signal): Promise<Connected | StoreFailure> {
    const result = await this.parts.store.connect(signal);
    if (result.kind === "connected" && !signal.aborted) await this.parts.welcome(result);
    return result;
  }

  private failed(failure: StoreFailure): void {
    if (failure.class === "auth" || failure.class === "config" || failure.class === "query") {
      this.refuse(failure);
      return;
    }
    this.feed(failedEvent(failure, true));
    this.leave(failure);
  }

  private leave(failure: StoreFailure): void {
    this.link = { kind: "unavailable", failure };
    this.cancelProbe();
    if (this.breakerNow.kind === "open" && !this.paused) {
      const wait = Math.max(0, this.breakerNow.until - this.parts.clock.monotonic());
      this.probe = this.parts.clock.after(wait, () => this.tryAgain());
    }
    this.parts.changed();
  }

  private tryAgain(): void {
    this.cancelProbe();
    if (this.link.kind === "unavailable") this.feed({ kind: "probe" });
    this.connect();
    this.parts.changed();
  }

  // Says nothing by itself: whoever hears of a change must find the link and the breaker in agreement.
  private feed(event: BreakerEvent): void {
    this.breakerNow = breakerAfter(this.breakerNow, event, this.parts.clock.monotonic(), this.parts.breaker?.());
  }

  private letGo(): void {
    this.cancelProbe();
    this.hold?.cancel();
    this.hold = null;
    const attempt = this.attempt;
    this.attempt = null;
    attempt?.abort();
  }

  private cancelProbe(): void {
    this.probe?.();
    this.probe = null;
  }
}

function failedEvent(failure: StoreFailure, certain: boolean): BreakerEvent {
  const event = { kind: "failed", certain } as const;
  return failure.retryAfterMs === undefined ? event : { ...event, waitMs: failure.retryAfterMs };
}
