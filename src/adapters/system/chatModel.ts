import {
  chatEnded,
  chatStreamed,
  errorDetail,
  openChatStream,
  wholeAnswer,
  type ChatAnswer,
  type ChatModel,
  type ChatRequest,
  type Clock,
  type Signal,
} from "../../engine/index";
import type { Fetch } from "./webhookPost";

const REFUSED =
  "The model could not be reached. Inside of Obsidian it must also allow the app's origin (CORS), see docs/node-tasks.md.";
const UNREACHABLE = "The model could not be reached.";

/** Characters of an answer that are taken at most, and of a refusal. */
const MOST_TEXT = 200_000;
const MOST_DETAIL = 20_000;

/**
 * A model through the host's fetch, since Obsidian's own `requestUrl` can neither stream, nor be broken off, nor leave a
 * redirect alone.
 */
export function createChatModel(ask: Fetch, clock: Clock): ChatModel {
  return { ask: (request, signal) => new Asking(ask, clock, request, signal).run() };
}

/** One question. Its answer is decided by what comes first: the text, the end of the time, or the signal. */
class Asking {
  private readonly abort = new AbortController();
  private ended: "late" | "cancelled" | null = null;
  private begun = false;
  /** It took the question. A window throws text away that came right before the connection broke. */
  private taken = false;

  constructor(
    private readonly ask: Fetch,
    private readonly clock: Clock,
    private readonly request: ChatRequest,
    private readonly signal: Signal,
  ) {}

  async run(): Promise<ChatAnswer> {
    if (this.signal.aborted) return { kind: "cancelled" };
    const undo = this.signal.onAbort(() => this.end("cancelled"));
    const cancel = this.clock.after(this.request.limitMs, () => this.end("late"));
    try {
      return this.decided(await this.asked());
    } catch {
      // The errors of hosts name addresses, and in a browser say nothing more than that it failed.
      return this.decided(this.taken ? { kind: "cut" } : unreachable());
    } finally {
      cancel();
      undo();
      // Whatever of the answer is still to come is not waited for.
      this.abort.abort();
    }
  }

  private end(why: "late" | "cancelled"): void {
    this.ended ??= why;
    this.abort.abort();
  }

  private decided(answer: ChatAnswer): ChatAnswer {
    if (this.ended === "cancelled") return { kind: "cancelled" };
    return this.ended === "late" ? { kind: "late", begun: this.begun } : answer;
  }

  private async asked(): Promise<ChatAnswer> {
    const { key, messages, model, url } = this.request;
    const response = await this.ask(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(key === null ? {} : { Authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, messages, stream: true }),
      redirect: "manual",
      // No cookie of the app goes along, and no page of it is named.
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: this.abort.signal,
    });
    const { headers, ok, status, type } = response;
    // A browser does not tell more of a redirect that it was told to leave alone.
    if (type === "opaqueredirect" || (status >= 300 && status < 400)) return { kind: "redirected" };
    if (!ok) {
      // The status says enough where the connection ends before the words do.
      const detail = errorDetail(await start(response, MOST_DETAIL).catch(() => ""));
      return { kind: "refused", status, detail, retryAfter: headers.get("Retry-After") };
    }
    this.taken = true;
    const isWhole = (headers.get("Content-Type") ?? "").toLowerCase().includes("application/json");
    return isWhole ? this.whole(response) : this.streamed(response);
  }

  private async whole(response: Response): Promise<ChatAnswer> {
    this.begun = true;
    const body = await start(response, MOST_TEXT * 2);
    const text = wholeAnswer(body);
    if (text === null) return { kind: "unreadable" };
    return text.length > MOST_TEXT ? { kind: "too-long" } : { kind: "text", text };
  }

  private async streamed(response: Response): Promise<ChatAnswer> {
    let stream = openChatStream;
    let came = 0;
    for await (const piece of pieces(response)) {
      came += piece.length;
      stream = chatStreamed(stream, piece);
      this.begun ||= stream.text !== "";
      if (stream.broken) return { kind: "unreadable" };
      // A line without an end, or comments for ever, are no more welcome than a text without one.
      if (stream.text.length > MOST_TEXT || came > MOST_TEXT * 50) return { kind: "too-long" };
      if (stream.done) return { kind: "text", text: stream.text };
    }
    stream = chatEnded(stream);
    if (stream.done) return { kind: "text", text: stream.text };
    return stream.broken || came === 0 || stream.text === "" ? { kind: "unreadable" } : { kind: "cut" };
  }
}

/** The beginning of a body, as far as it is wanted; what cannot be read of it is left out. */
async function start(response: Response, most: number): Promise<string> {
  let text = "";
  for await (const piece of pieces(response)) {
    text += piece;
    if (text.length >= most) break;
  }
  return text.slice(0, most);
}

// Not every host can iterate over a body.
async function* pieces({ body }: Response): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield decoder.decode(value, { stream: !done });
      if (done) return;
    }
  } finally {
    // One that cannot be cancelled has ended by itself.
    reader.cancel().catch(() => undefined);
  }
}

function unreachable(): ChatAnswer {
  return { kind: "unreachable", reason: typeof window === "undefined" ? UNREACHABLE : REFUSED };
}
