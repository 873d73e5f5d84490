import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSignal, neverAborted, type WebhookPost } from "../../src/engine/index";
import { WebhookReceiver } from "./webhookReceiver";

/** What every way out for a webhook must do, against real servers. */
export function webhookPostContract(name: string, create: () => WebhookPost, { cors = false } = {}): void {
  describe(`${name} as the way out of a webhook`, () => {
    const receiver = new WebhookReceiver(cors);
    const other = new WebhookReceiver(cors);
    const post = create();
    let at = "";
    let elsewhere = "";
    beforeAll(async () => {
      at = await receiver.open();
      elsewhere = await other.open();
    });
    afterAll(async () => {
      await receiver.close();
      await other.close();
    });
    const send = (path: string, signal = neverAborted): ReturnType<WebhookPost["post"]> =>
      post.post({ url: `${at}${path}`, headers: { "Content-Type": "application/json", "X-Canvas-Engram-Delivery": "d1" }, body: '{"text":"Grüße"}' }, signal);

    it("posts the body and the headers as they are, once", async () => {
      const before = receiver.received.length;
      expect(await send("/status/200?a=b")).toEqual({ kind: "answered", status: 200, retryAfter: "7" });
      expect(receiver.received.slice(before)).toMatchObject([
        {
          method: "POST",
          path: "/status/200?a=b",
          body: '{"text":"Grüße"}',
          headers: { "content-type": "application/json", "x-canvas-engram-delivery": "d1" },
        },
      ]);
    });

    it.each([204, 400, 401, 429, 500, 503])("answers with the status %i and the time to wait", async (status) => {
      expect(await send(`/status/${status}`)).toEqual({ kind: "answered", status, retryAfter: "7" });
    });

    it.each(["to", "found"])("follows no redirect to another host (/%s)", async (how) => {
      expect(await send(`/${how}?${elsewhere}/status/200`)).toEqual({ kind: "redirected" });
      expect(other.received).toEqual([]);
    });

    it.each(["to", "found"])("follows no redirect to the same host either (/%s)", async (how) => {
      const before = receiver.received.length;
      expect(await send(`/${how}?${at}/status/200`)).toEqual({ kind: "redirected" });
      expect(receiver.received).toHaveLength(before + 1);
    });

    it("ends soon when it is told to, though the receiver says nothing", async () => {
      const source = createSignal();
      const heard = receiver.next();
      const answer = send("/hang", source.signal);
      await heard;
      source.abort();
      expect(await answer).toMatchObject({ kind: "unreachable" });
    });

    it("sends nothing when it was told to end before", async () => {
      const before = receiver.received.length;
      const source = createSignal();
      source.abort();
      expect(await send("/status/200", source.signal)).toMatchObject({ kind: "unreachable" });
      expect(receiver.received).toHaveLength(before);
    });

    it("does not read an answer that has no end", async () => {
      expect(await send("/flood")).toMatchObject({ kind: "answered", status: 200 });
    });

    it("says that nobody is there, without the address", async () => {
      const gone = new WebhookReceiver();
      const url = `${await gone.open()}/token-in-the-path`;
      await gone.close();
      const answer = await post.post({ url, headers: {}, body: "{}" }, neverAborted);
      expect(answer).toMatchObject({ kind: "unreachable" });
      expect(JSON.stringify(answer)).not.toContain("token-in-the-path");
    });
  });
}
