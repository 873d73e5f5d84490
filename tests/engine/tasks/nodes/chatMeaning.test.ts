import { describe, expect, it } from "vitest";
import { judge } from "../../../../src/engine/batch/batcher/judge";
import type { ChatAnswer } from "../../../../src/engine/tasks/nodes/chatModel";
import { chatMeaning } from "../../../../src/engine/tasks/nodes/chatMeaning";

const request = { limitMs: 30_000, model: "llama3.2", now: Date.UTC(2030, 0, 1) };
const refused = (status: number, detail = "", retryAfter: string | null = null): ChatAnswer => ({ kind: "refused", status, detail, retryAfter });

/** What follows for a question from its first failure, and from its fifth. */
function retries(answer: ChatAnswer): readonly string[] {
  const meaning = chatMeaning(answer, request);
  if (meaning.kind !== "failed") return ["none"];
  return [1, 5].map((times) => {
    const next = judge({ ...meaning }, { failures: times, blamed: times, alone: true, maxAttempts: 5 }, () => 0.5);
    return "delayMs" in next ? `${next.kind} ${next.delayMs}` : next.kind;
  });
}

describe("what an answer of a model means", () => {
  it("is its text, without the blanks around it", () => {
    expect(chatMeaning({ kind: "text", text: "\n A limit.\n\n" }, request)).toEqual({ kind: "text", text: "A limit." });
  });

  const table: readonly (readonly [string, ChatAnswer, string, string, readonly string[], string])[] = [
    ["asks to wait", refused(429, "slow down", "7"), "throttled", "throttled", ["hold 7000", "hold 7000"], "The model asks to wait (status 429). It says: slow down"],
    ["asks to wait for no time", refused(429), "throttled", "throttled", ["hold 625", "hold 8125"], "The model asks to wait (status 429)."],
    ["is busy for a time", refused(503, "", "3"), "throttled", "throttled", ["hold 3000", "hold 3000"], "The model asks to wait (status 503)."],
    ["is in trouble", refused(500, "out of memory"), "unavailable", "trouble", ["wait", "wait"], "The endpoint of the model is in trouble (status 500). It says: out of memory"],
    ["is in trouble", refused(503), "unavailable", "trouble", ["wait", "wait"], "The endpoint of the model is in trouble (status 503)."],
    ["is not there", { kind: "unreachable", reason: "The model could not be reached." }, "unavailable", "unreachable", ["wait", "wait"], "The model could not be reached."],
    ["says nothing", { kind: "late", begun: false }, "unavailable", "silent", ["wait", "wait"], "The model did not answer within 30 s."],
    ["is slow", { kind: "late", begun: true }, "unknown", "slow", ["again 500", "dead"], "The model did not end its answer within 30 s. Raise the time limit in the settings, or take a faster model."],
    ["breaks off", { kind: "cut" }, "unknown", "cut", ["again 500", "dead"], "The model broke off in the middle of its answer."],
    ["makes no sense", { kind: "unreadable" }, "unknown", "unreadable", ["again 500", "dead"], "The answer of the model could not be read. Check that the address is one of the chat protocol of OpenAI."],
    ["says nothing in many words", { kind: "text", text: " \n " }, "unknown", "empty", ["again 500", "dead"], "The model answered without any text."],
    ["refuses the key", refused(401, "Incorrect API key provided"), "auth", "key", ["stop", "stop"], "The model refused the key. Choose another one in the settings (status 401). It says: Incorrect API key provided"],
    ["is another one", refused(404, 'model "llama3.2" not found, try pulling it first'), "config", "model", ["stop", "stop"], 'The endpoint has no model named "llama3.2". Choose one that it has (status 404). It says: model "llama3.2" not found, try pulling it first'],
    ["is another one", refused(400, "The model `llama3.2` does not exist"), "config", "model", ["stop", "stop"], 'The endpoint has no model named "llama3.2". Choose one that it has (status 400). It says: The model `llama3.2` does not exist'],
    ["is elsewhere", refused(404), "config", "address", ["stop", "stop"], "There is no chat endpoint at the address of the model. Check it (status 404)."],
    ["leads on", { kind: "redirected" }, "config", "redirected", ["stop", "stop"], "The address of the model leads on to another one, which is not followed. Enter the final address."],
    ["refuses the question", refused(400, "too long"), "data", "refused", ["dead", "dead"], "The model refused the question (status 400). It says: too long"],
    ["writes a book", { kind: "too-long" }, "data", "too-long", ["dead", "dead"], "The model wrote more than a note should hold, so nothing was kept."],
  ];
  it.each(table)("%s: %j", (_, answer, failureClass, code, next, message) => {
    expect(chatMeaning(answer, request)).toMatchObject({ kind: "failed", class: failureClass, code, message });
    expect(retries(answer)).toEqual(next);
  });

  it("is no failure of the question where it was cancelled", () => {
    expect(chatMeaning({ kind: "cancelled" }, request)).toMatchObject({ class: "unavailable", code: "cancelled" });
  });
});
