import { expect, it } from "vitest";
import { createChatModel } from "../../../src/adapters/system/chatModel";
import { neverAborted } from "../../../src/engine/index";
import { chatModelContract } from "../../contracts/chatModel";
import { ManualClock } from "../../fakes/manualClock";

chatModelContract("Node's fetch", (clock) => createChatModel(fetch, clock));

it("ends when the time is over in the middle of the text", async () => {
  const clock = new ManualClock();
  const piece = new TextEncoder().encode('data: {"choices": [{"delta": {"content": "It is"}}]}\n\n');
  let waitsForMore = (): void => undefined;
  const isRead = new Promise<void>((resolve) => (waitsForMore = resolve));
  let breakOff = (): void => undefined;
  let pulls = 0;
  const pull = (stream: ReadableStreamDefaultController<Uint8Array>): void => {
    breakOff = () => stream.error(new Error("aborted"));
    pulls += 1;
    if (pulls === 1) stream.enqueue(piece);
    // Only who has read the first piece asks for a second one.
    else waitsForMore();
  };
  const ask = (_: string, { signal }: RequestInit): Promise<Response> => {
    signal?.addEventListener("abort", () => breakOff());
    return Promise.resolve(new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers: { "Content-Type": "text/event-stream" } }));
  };
  const answer = createChatModel(ask, clock).ask({ url: "http://localhost/", model: "m", messages: [], key: null, limitMs: 5_000 }, neverAborted);
  await isRead;
  await clock.advance(5_000);
  expect(await answer).toEqual({ kind: "late", begun: true });
});
