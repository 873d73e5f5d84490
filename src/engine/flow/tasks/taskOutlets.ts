import type { Notifier } from "../../tasks/notices/notifier";
import type { NoticeSettings } from "../../tasks/notices/noticeOf";
import type { WebhookSettings } from "../../tasks/webhook/webhook";
import type { WebhookPost } from "../../tasks/webhook/webhookPost";
import type { HmacSha256 } from "../../kernel/hmac";

/** Who hears of tasks that end, and what the user wants them to hear. Asked each time, since settings change. */
export interface TaskOutlets {
  readonly notifier: Notifier;
  readonly notices: () => NoticeSettings;
  readonly webhook: {
    readonly settings: () => WebhookSettings;
    /** What deliveries are signed with; null when there is none. */
    readonly secret: () => string | null;
    readonly post: WebhookPost;
    readonly hmac: HmacSha256;
  };
  /** The first runs of schedules after a start are spread over this, in milliseconds. */
  readonly startJitterMs: () => number;
}
