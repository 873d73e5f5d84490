import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chatEnded, chatStreamed, errorDetail, openChatStream, wholeAnswer } from "../../../../src/engine/tasks/nodes/chatStream";

const line = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}`;

describe("a streamed answer", () => {
  it("is the same however its text is cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.array(fc.nat(400)), (texts, end, cuts) => {
        const whole = [...texts.map(line), "data: [DONE]"].join(`${end}${end}`) + end;
        const places = [0, ...cuts.map((at) => at % whole.length).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((to, index) => whole.slice(places[index], to));
        const stream = pieces.reduce(chatStreamed, openChatStream);
        expect([stream.text, stream.done, stream.broken]).toEqual([texts.join(""), true, false]);
      }),
    );
  });

  it("ends with a reason to finish, and what follows is left out", () => {
    const stream = chatStreamed(openChatStream, `${line("a")}\n${JSON.stringify({})}\ndata: {"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}\n${line("c")}\n`);
    expect([stream.text, stream.done]).toEqual(["ab", true]);
  });

  it("takes a last line without an end, and leaves comments, other fields and figures out", () => {
    const stream = chatEnded(chatStreamed(openChatStream, `: ping\nevent: x\n${line("a")}\ndata: {"usage": {"tokens": 3}}\ndata: [DONE]`));
    expect([stream.text, stream.done, stream.broken]).toEqual(["a", true, false]);
  });

  it.each(['data: {"choices": [{"del', "data: hello", 'data: {"error": {"message": "crashed"}}', "data: null"])("is broken by %s", (bad) => {
    expect(chatStreamed(openChatStream, `${line("a")}\n${bad}\n`)).toMatchObject({ broken: true, done: false });
  });
});

describe("an answer as one document", () => {
  it.each([
    ['{"choices": [{"message": {"content": "Yes"}}]}', "Yes"],
    ['{"choices": [{"message": {"content": null}}]}', null],
    ['{"choices": []}', null],
    ["[]", null],
    ["<html>", null],
  ])("%s", (body, text) => {
    expect(wholeAnswer(body)).toBe(text);
  });

  it.each([
    ['{"error": {"message": " no\\n such  model "}}', "no such model"],
    ['{"error": "too long"}', "too long"],
    ['{"error": {"code": 7}}', ""],
    ["<html>", ""],
    [JSON.stringify({ error: "x".repeat(999) }), "x".repeat(300)],
  ])("that refuses says %s", (body, detail) => {
    expect(errorDetail(body)).toBe(detail);
  });
});
