import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOfWebhookUrl } from "../../../../src/engine/tasks/webhook/webhookUrl";

describe("the address of a webhook", () => {
  it.each([
    "https://example.com/hook",
    "https://example.com",
    "HTTPS://Example.com:8443/a/b?token=x&y=%20@z",
    " https://example.com/hook ",
    "http://localhost:3000/hook",
    "http://127.0.0.1/",
    "http://127.8.9.255:1/",
    "http://[::1]:8080/hook",
    "https://192.168.1.2/hook",
  ])("may be %s", (url) => {
    expect(problemOfWebhookUrl(url)).toBeNull();
  });

  it.each([
    ["", "Enter the address"],
    ["example.com/hook", "Write the address as https://host/path"],
    ["ftp://example.com/", "The address begins with https://."],
    ["http://example.com/hook", "Use https://."],
    ["http://192.168.1.2/hook", "Use https://."],
    ["http://127.0.0.1.example.com/", "Use https://."],
    ["http://127.1/", "an IPv4 address of four numbers"],
    ["http://127.0.0.256/", "an IPv4 address of four numbers"],
    ["https://1.2.3.4.5/", "an IPv4 address of four numbers"],
    ["https://2130706433/", "an IPv4 address of four numbers"],
    ["https://example.0x7f/", "an IPv4 address of four numbers"],
    ["http://localhost.example.com/", "Use https://."],
    ["http://0.0.0.0/", "Use https://."],
    ["https://user:pass@example.com/", "Leave user and password out of the address"],
    ["http://localhost@example.com/", "Leave user and password out of the address"],
    ["http://localhost\\@example.com/", "Leave user and password out of the address"],
    ["http://localhost\\.example.com/", "Write the address as"],
    ["https://example.com\\..\\x", "Write the address as"],
    ["https://exämple.com/", "Write the address as"],
    ["https://example.com/a b", "Write the address as"],
    ["https://example.com/a\nb", "Write the address as"],
    ["https://example.com/#part", "Leave out the #"],
    ["https://example.com:0/", "The port must be a number from 1 to 65535."],
    ["https://example.com:65536/", "The port must be a number from 1 to 65535."],
    ["https://:80/", "Write the address as"],
  ])("may not be %j", (url, words) => {
    expect(problemOfWebhookUrl(url)).toContain(words);
  });

  it("is never read otherwise by the host: what passes has no user, and without https it is this device", () => {
    const piece = fc.constantFrom("http://", "https://", "localhost", "127.0.0.1", "127.1", "[::1]", "evil.com", "@", "\\", "/", ":", "80", "?", "#", ".", "%40", "\t", ";");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
        const text = pieces.join("");
        if (problemOfWebhookUrl(text) !== null || !URL.canParse(text)) return;
        const { hostname, password, protocol, username } = new URL(text);
        expect([username, password]).toEqual(["", ""]);
        if (protocol !== "https:") expect(hostname).toMatch(/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is not repeated in what is said of it", () => {
    for (const url of ["https://user:hunter2@example.com/", "http://example.com/hunter2", "https://exam ple/hunter2"]) {
      expect(problemOfWebhookUrl(url)).not.toContain("hunter2");
    }
  });
});
