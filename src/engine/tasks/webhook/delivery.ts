import type { Hasher } from "../../kernel/hash";
import type { HmacSha256 } from "../../kernel/hmac";
import { isNodeAction } from "../nodes/nodeTasks";
import type { TaskView } from "../taskView";
import type { WebhookRequest } from "./webhookPost";

/** An end of a task as it is told. A task that a person retries ends again, which is another delivery. */
export interface WebhookDelivery {
  /** The same whenever and however often it is sent. */
  readonly id: string;
  readonly task: TaskView;
  readonly endedAt: number;
}

/** Null for a task that has not ended. `vault` keeps tasks of other vaults apart. */
export function deliveryOf(task: TaskView, vault: string, hasher: Hasher): WebhookDelivery | null {
  const { endedAt, id } = task;
  if (endedAt === null) return null;
  return { id: hasher.sha256(JSON.stringify([vault, id, endedAt])).slice(0, 32), task, endedAt };
}

export interface Signing {
  readonly url: string;
  readonly secret: string;
  readonly hmac: HmacSha256;
}

/**
 * The request that tells of an end. It names the task and its counts, and has no item, no result and no error text. The
 * time of sending stands in the body too, so that the signature covers it.
 */
export function webhookRequest({ endedAt, id, task }: WebhookDelivery, now: number, { hmac, secret, url }: Signing): WebhookRequest {
  const { counts, createdAt, kind, schedule, startedAt, status, title } = task;
  const body = JSON.stringify({
    event: "task.ended",
    delivery: id,
    sentAt: new Date(now).toISOString(),
    task: {
      id: task.id,
      kind,
      // The title of a task on nodes names a card in its own words.
      title: isNodeAction(kind) ? kind : title,
      status,
      counts,
      createdAt: isoText(createdAt),
      startedAt: isoText(startedAt),
      endedAt: isoText(endedAt),
      schedule,
    },
  });
  const headers = {
    "Content-Type": "application/json",
    "X-Canvas-Engram-Delivery": id,
    "X-Canvas-Engram-Timestamp": String(Math.floor(now / 1_000)),
    "X-Canvas-Engram-Signature": `sha256=${hmac(secret, body)}`,
  };
  return { url, headers, body };
}

function isoText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
