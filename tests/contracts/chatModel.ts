import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSignal, neverAborted, type ChatAnswer, type ChatModel, type Clock } from "../../src/engine/index";
import { ManualClock } from "../fakes/manualClock";
import { ChatServer, WHOLE_ANSWER, type Manner } from "./chatServer";

const LIMIT_MS = 30_000;

/** What every way to a language model must do, against a real server. */
export function chatModelContract(name: string, create: (clock: Clock) => ChatModel): void {
  describe(`${name} as the way to a model`, () => {
    const other = new ChatServer();
    const clock = new ManualClock();
    const model = create(clock);
    let server: ChatServer;
    let at = "";
    beforeAll(async () => {
      server = new ChatServer(`${await other.open()}/stream/chat/completions`);
      at = await server.open();
    });
    afterAll(async () => {
      await server.close();
      await other.close();
    });
    const ask = (manner: Manner, signal = neverAborted, key: string | null = null): Promise<ChatAnswer> =>
      model.ask({ url: `${at}/${manner}/chat/completions`, model: "llama", messages: [{ role: "user", content: "Grüße" }], key, limitMs: LIMIT_MS }, signal);

    it("asks once, with the model, the messages and the key, and asks for a stream", async () => {
      const before = server.asked.length;
      expect(await ask("stream", neverAborted, "s3cret")).toEqual({ kind: "text", text: WHOLE_ANSWER });
      expect(server.asked.slice(before)).toMatchObject([
        {
          path: "/stream/chat/completions",
          headers: { authorization: "Bearer s3cret", "content-type": "application/json" },
          body: { model: "llama", stream: true, messages: [{ role: "user", content: "Grüße" }] },
        },
      ]);
    });

    it("sends no key where there is none", async () => {
      await ask("stream");
      expect(server.asked.at(-1)?.headers).not.toHaveProperty("authorization");
    });

    const answers: readonly (readonly [Manner, ChatAnswer])[] = [
      ["crlf", { kind: "text", text: WHOLE_ANSWER }],
      ["whole", { kind: "text", text: WHOLE_ANSWER }],
      ["empty", { kind: "text", text: " \n" }],
      ["throttled", { kind: "refused", status: 429, detail: "slow down", retryAfter: "7" }],
      ["trouble", { kind: "refused", status: 500, detail: "out of memory", retryAfter: null }],
      ["busy", { kind: "refused", status: 503, detail: "", retryAfter: "3" }],
      ["no-key", { kind: "refused", status: 401, detail: "Incorrect API key provided", retryAfter: null }],
      ["no-model", { kind: "refused", status: 404, detail: 'model "nobody" not found, try pulling it first', retryAfter: null }],
      ["nothing", { kind: "refused", status: 404, detail: "", retryAfter: null }],
      ["refuses", { kind: "refused", status: 400, detail: "this question is too long", retryAfter: null }],
      ["cut", { kind: "cut" }],
      ["end-early", { kind: "cut" }],
      ["broken", { kind: "unreadable" }],
      ["stream-error", { kind: "unreadable" }],
      ["page", { kind: "unreadable" }],
      ["wrong-json", { kind: "unreadable" }],
      ["flood", { kind: "too-long" }],
    ];
    it.each(answers)("answers to %s", async (manner, answer) => {
      expect(await ask(manner)).toEqual(answer);
      expect(clock.pending).toBe(0);
    });

    it("follows no redirect", async () => {
      expect(await ask("moved")).toEqual({ kind: "redirected" });
      expect(other.asked).toEqual([]);
    });

    it("ends when the time is over and nothing has come", async () => {
      const left = server.left;
      const heard = server.next();
      const answer = ask("silent");
      await heard;
      await clock.advance(LIMIT_MS);
      expect(await answer).toEqual({ kind: "late", begun: false });
      await expect.poll(() => server.left).toBe(left + 1);
    });

    it.each(["silent", "slow"] as const)("breaks off soon when it is told to: %s", async (manner) => {
      const left = server.left;
      const source = createSignal();
      const heard = server.next();
      const answer = ask(manner, source.signal);
      await heard;
      source.abort();
      expect(await answer).toEqual({ kind: "cancelled" });
      await expect.poll(() => server.left).toBe(left + 1);
      expect(clock.pending).toBe(0);
    });

    it("sends nothing when it was told to end before", async () => {
      const before = server.asked.length;
      const source = createSignal();
      source.abort();
      expect(await ask("stream", source.signal)).toEqual({ kind: "cancelled" });
      expect(server.asked).toHaveLength(before);
    });

    it("says that nobody is there, without the address and the key", async () => {
      const gone = new ChatServer();
      const url = `${await gone.open()}/name-in-the-path`;
      await gone.close();
      const answer = await model.ask({ url, model: "m", messages: [], key: "s3cret", limitMs: LIMIT_MS }, neverAborted);
      expect(answer).toMatchObject({ kind: "unreachable" });
      expect(JSON.stringify(answer)).not.toMatch(/name-in-the-path|s3cret/);
    });
  });
}
