import type { PostAnswer, Signal, WebhookPost } from "../../engine/index";

/** The host's fetch. A window's must be called on the window: `(url, init) => window.fetch(url, init)`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const REFUSED =
  "The receiver could not be reached. Inside of Obsidian it must also allow the app's origin (CORS), see docs/tasks.md.";
const UNREACHABLE = "The receiver could not be reached.";

/**
 * Deliveries through the host's fetch, since nothing else that every host has can leave a redirect alone. Obsidian's own
 * `requestUrl` follows redirects to any host and says nothing of it. The price is that a browser window asks the
 * receiver for leave first.
 */
export function createWebhookPost(ask: Fetch): WebhookPost {
  return {
    async post({ body, headers, url }, signal) {
      const { abort, undo } = aborter(signal);
      try {
        const response = await ask(url, {
          method: "POST",
          headers: { ...headers },
          body,
          redirect: "manual",
          // No cookie of the app goes along, and no page of it is named.
          credentials: "omit",
          referrerPolicy: "no-referrer",
          cache: "no-store",
          signal: abort.signal,
        });
        return await answerOf(response);
      } catch {
        // The errors of hosts name addresses, and in a browser say nothing more than that it failed.
        return { kind: "unreachable", reason: typeof window === "undefined" ? UNREACHABLE : REFUSED };
      } finally {
        undo();
      }
    },
  };
}

async function answerOf(response: Response): Promise<PostAnswer> {
  const { headers, status, type } = response;
  // What a receiver says besides its status is not read, however much it is.
  await response.body?.cancel();
  // A browser does not tell more of a redirect that it was told to leave alone.
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) return { kind: "redirected" };
  return { kind: "answered", status, retryAfter: headers.get("Retry-After") };
}

function aborter(signal: Signal): { readonly abort: AbortController; readonly undo: () => void } {
  const abort = new AbortController();
  return { abort, undo: signal.onAbort(() => abort.abort()) };
}
