import { backoffMs, nextStep, type Backoff } from "../../batch/policy/retry";
import { bounded } from "../../kernel/bounded";
import type { Cancel, Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { HmacSha256 } from "../../kernel/hmac";
import type { Logger } from "../../kernel/logger";
import type { Random } from "../../kernel/random";
import { reasonOf } from "../../kernel/reasonOf";
import { createSerial } from "../../kernel/serial";
import { createSignal } from "../../kernel/signal";
import type { AlternatingFile } from "../../journal/alternatingFile";
import type { Tasks } from "../../tasks/tasks";
import { answerMeaning, type AnswerMeaning } from "../../tasks/webhook/answerMeaning";
import { deliveryOf, webhookRequest, type WebhookDelivery } from "../../tasks/webhook/delivery";
import { readSettled, settledText, type Settled } from "../../tasks/webhook/settledText";
import type { Webhook, WebhookSettings, WebhookStatus } from "../../tasks/webhook/webhook";
import type { WebhookPost } from "../../tasks/webhook/webhookPost";
import { problemOfWebhookUrl } from "../../tasks/webhook/webhookUrl";

export interface WebhookParts {
  /** The device's own file. */
  readonly file: AlternatingFile;
  readonly tasks: Pick<Tasks, "list" | "onEnd">;
  readonly post: WebhookPost;
  readonly settings: () => WebhookSettings;
  /** What deliveries are signed with; null when there is none. */
  readonly secret: () => string | null;
  /** The vault's UUID. */
  readonly vault: string;
  readonly hmac: HmacSha256;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const ANSWER_MS = 15_000;
/** Nothing but time helps a receiver that is away. */
const awayBackoff: Backoff = { leastMs: 1_000, baseMs: 5_000, mostMs: 600_000 };
/** After trouble with this device's own file. */
const FILE_MS = 60_000;

/** Rejects with StorageError when it cannot be read what was delivered before. */
export async function openWebhook(parts: WebhookParts): Promise<Webhook> {
  const kept = await parts.file.read();
  const sender = new WebhookSender(parts, kept === null ? null : readSettled(kept.text));
  sender.retry();
  return sender;
}

class WebhookSender implements Webhook {
  private readonly serial = createSerial();
  private readonly stopping = createSignal();
  private readonly undo: () => void;
  private readonly known = new Map<string, WebhookDelivery>();
  private timer: Cancel | null = null;
  /** Of the delivery that is tried, without a success in between. */
  private failures = 0;
  private trouble: string | null = null;
  private held = false;

  constructor(
    private readonly parts: WebhookParts,
    private settled: Settled,
  ) {
    // While it waits for a receiver, one more end is no reason to ask again sooner.
    this.undo = parts.tasks.onEnd(() => {
      if (this.timer === null && !this.held) this.begin();
    });
  }

  status(): WebhookStatus {
    const { enabled } = this.parts.settings();
    return { enabled, pending: this.pending().length, trouble: this.trouble, held: this.held };
  }

  retry(): void {
    this.held = false;
    this.failures = 0;
    this.setTimer(null);
    this.begin();
  }

  async stop(): Promise<void> {
    this.undo();
    this.setTimer(null);
    this.stopping.abort();
    await this.serial(() => Promise.resolve());
  }

  private begin(): void {
    this.serial(() => this.deliverAll()).catch((error: unknown) => {
      this.say(`What was delivered to the webhook could not be kept, and is tried again: ${reasonOf(error)}`);
      this.setTimer(FILE_MS);
    });
  }

  private async deliverAll(): Promise<void> {
    if (this.stopping.signal.aborted || this.held || this.timer !== null) return;
    while (await this.deliverOne());
  }

  /** Whether to look for the next one. Settings are asked for each: a person may turn it off while many wait. */
  private async deliverOne(): Promise<boolean> {
    const { enabled, url } = this.parts.settings();
    if (!enabled) {
      await this.turnOff();
      return false;
    }
    // What ended before it was turned on is nobody's business.
    if (this.settled === null) await this.keep(new Set(this.ended().map(({ id }) => id)));
    const address = url.trim();
    const secret = this.parts.secret();
    const problem = problemOfWebhookUrl(address) ?? (secret === null || secret === "" ? "Choose the secret that deliveries are signed with." : null);
    if (problem !== null || secret === null) return this.hold(problem ?? "");
    const [next] = this.pending();
    if (next !== undefined) return this.deliver(next, address, secret);
    this.trouble = null;
    return false;
  }

  /** Whether the delivery needs nothing more. */
  private async deliver(delivery: WebhookDelivery, url: string, secret: string): Promise<boolean> {
    const meaning = await this.send(delivery, url, secret);
    if (meaning === null) return false;
    if (meaning.kind === "failed") {
      this.failures += 1;
      const failure = { ...meaning, code: meaning.class };
      const step = nextStep(failure, this.failures, () => this.parts.random.next());
      if (step.kind === "stop") return this.hold(meaning.message);
      if (step.kind === "again" || step.kind === "hold") return this.wait(step.delayMs, meaning.message);
      if (step.kind === "put-back") {
        return this.wait(backoffMs(awayBackoff, this.failures, () => this.parts.random.next()), meaning.message);
      }
      this.parts.logger.warn(`The webhook was not told of a task, because its receiver will not take that: ${meaning.message}`);
    }
    this.failures = 0;
    this.trouble = null;
    await this.keep(new Set([...(this.settled ?? []), delivery.id]));
    return true;
  }

  /** Null when it was broken off. */
  private async send(delivery: WebhookDelivery, url: string, secret: string): Promise<AnswerMeaning | null> {
    const { clock, hmac, post } = this.parts;
    const request = webhookRequest(delivery, clock.now(), { url, secret, hmac });
    const answer = await bounded(clock, ANSWER_MS, this.stopping.signal, (signal) => post.post(request, signal));
    if (answer.kind === "aborted") return null;
    if (answer.kind === "done") return answerMeaning(answer.value, clock.now());
    return { kind: "failed", class: "unavailable", message: `The receiver did not answer within ${ANSWER_MS / 1_000} seconds.` };
  }

  private async turnOff(): Promise<void> {
    this.trouble = null;
    if (this.settled !== null) await this.keep(null);
  }

  private hold(reason: string): false {
    this.held = true;
    this.say(reason);
    return false;
  }

  private wait(ms: number, reason: string): false {
    this.say(reason);
    this.setTimer(ms);
    return false;
  }

  private say(trouble: string): void {
    if (trouble !== this.trouble) this.parts.logger.warn(`The webhook is not told of tasks: ${trouble}`);
    this.trouble = trouble;
  }

  private setTimer(ms: number | null): void {
    this.timer?.();
    this.timer = null;
    if (ms === null || this.stopping.signal.aborted) return;
    this.timer = this.parts.clock.after(ms, () => {
      this.timer = null;
      this.begin();
    });
  }

  /** Every end that there is, oldest first. */
  private ended(): readonly WebhookDelivery[] {
    const { hasher, tasks, vault } = this.parts;
    const found = tasks.list().flatMap((task) => {
      const key = `${task.endedAt ?? ""} ${task.id}`;
      const delivery = this.known.get(key) ?? deliveryOf(task, vault, hasher);
      if (delivery === null) return [];
      this.known.set(key, delivery);
      return [delivery];
    });
    return found.sort((a, b) => a.endedAt - b.endedAt);
  }

  private pending(): readonly WebhookDelivery[] {
    const { settled } = this;
    return settled === null ? [] : this.ended().filter(({ id }) => !settled.has(id));
  }

  // In memory first: what was sent is not sent again by this process because the disk is full.
  private async keep(settled: Settled): Promise<void> {
    const there = new Set(this.ended().map(({ id }) => id));
    this.settled = settled === null ? null : new Set([...settled].filter((id) => there.has(id)));
    for (const [key, { id }] of this.known) if (!there.has(id)) this.known.delete(key);
    await this.parts.file.write(settledText(this.settled));
  }
}
