import { describe, expect, it } from "vitest";
import { answerMeaning, retryAfterMs } from "../../../../src/engine/tasks/webhook/answerMeaning";

const now = Date.UTC(2030, 0, 1);

describe("what the answer of a receiver means", () => {
  it.each([200, 201, 202, 204, 299])("takes %i for delivered", (status) => {
    expect(answerMeaning({ kind: "answered", status, retryAfter: null }, now)).toEqual({ kind: "delivered" });
  });

  it.each([
    [400, "data"],
    [401, "auth"],
    [403, "auth"],
    [404, "config"],
    [405, "config"],
    [408, "unavailable"],
    [410, "config"],
    [413, "data"],
    [422, "data"],
    [429, "throttled"],
    [500, "unavailable"],
    [502, "unavailable"],
    [503, "unavailable"],
    [599, "unavailable"],
  ])("takes %i for a failure of class %s and says the status", (status, failure) => {
    const meaning = answerMeaning({ kind: "answered", status, retryAfter: null }, now);
    expect(meaning).toMatchObject({ kind: "failed", class: failure });
    expect(meaning.kind === "failed" ? meaning.message : "").toContain(`(status ${status})`);
  });

  it("waits as long as the receiver asks with 429 and 503, and with nothing else", () => {
    for (const status of [429, 503]) {
      expect(answerMeaning({ kind: "answered", status, retryAfter: "30" }, now)).toMatchObject({ class: "throttled", retryAfterMs: 30_000 });
    }
    expect(answerMeaning({ kind: "answered", status: 500, retryAfter: "30" }, now)).not.toHaveProperty("retryAfterMs");
  });

  it("asks for the final address after a redirect", () => {
    expect(answerMeaning({ kind: "redirected" }, now)).toMatchObject({ class: "config" });
  });

  it.each([
    ["0", 0],
    [" 120 ", 120_000],
    ["Tue, 01 Jan 2030 00:01:00 GMT", 60_000],
    ["Mon, 31 Dec 2029 23:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["-5", null],
    ["1.5", null],
    ["soon", null],
    ["2031", 2_031_000],
    ["", null],
  ])("reads the header %j as %s ms", (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
