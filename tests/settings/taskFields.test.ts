import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkField, readField, writeField } from "../../src/settings/fields";
import { readSettings } from "../../src/settings/readSettings";
import { defaultSettings } from "../../src/settings/schema";

const vault = "11111111-2222-4333-8444-555555555555";
const settings = defaultSettings(vault);
const read = (data: unknown): ReturnType<typeof readSettings> => readSettings(data, () => vault);

describe("the settings of what surrounds tasks", () => {
  it("send nothing and tell of no schedule unless a person wants it", () => {
    for (const key of ["webhook.enabled", "notices.system", "notices.scheduled", "notices.quiet"]) expect(readField(settings, key)).toBe(false);
    expect(readField(settings, "webhook.url")).toBe("");
    expect(readField(settings, "schedules.startJitterS")).toBe(30);
  });

  it.each([
    ["webhook.enabled", "yes", /on or off/],
    ["webhook.url", "http://example.com", /Use https/],
    ["webhook.url", 7, /text/],
    ["webhook.secretId", 7, /text/],
    ["notices.quiet", 1, /on or off/],
    ["schedules.startJitterS", 301, /from 0 to 300/],
    ["schedules.startJitterS", 1.5, /whole number/],
  ])("refuse %s = %j", (key, value, message) => {
    expect(checkField(key, value)).toMatch(message);
    expect(() => writeField(settings, key, value as string)).toThrow(message);
  });

  it("change one field alone", () => {
    const changed = writeField(settings, "webhook.url", " https://example.com/hook ");
    expect(changed).toEqual({ ...settings, webhook: { ...settings.webhook, url: "https://example.com/hook" } });
    expect(writeField(settings, "notices.quiet", true).notices).toEqual({ ...settings.notices, quiet: true });
  });

  it("are read field by field, and what is not known rides along", () => {
    const data = {
      webhook: { enabled: "yes", url: "http://example.com/hook", secretId: 4, retries: 9 },
      notices: { quiet: true, sound: "ping" },
      schedules: { startJitterS: 9_000 },
      templates: { saved: { mine: { of: "a newer version" } }, order: ["mine"] },
    };
    const found = read(data);
    expect(found.webhook).toEqual({ enabled: false, url: "http://example.com/hook", secretId: "", retries: 9 });
    expect(found.notices).toEqual({ quiet: true, scheduled: false, system: false, sound: "ping" });
    expect(found.schedules).toEqual({ startJitterS: 300 });
    expect(found.templates).toEqual(data.templates);
    expect(read({ templates: { saved: [1] } }).templates).toEqual({ saved: {} });
  });

  it("keep no address with a password", () => {
    expect(JSON.stringify(read({ webhook: { url: "https://me:hunter22@example.com/" } }))).not.toContain("hunter22");
  });

  it("are valid whatever the file holds", () => {
    fc.assert(
      fc.property(fc.anything(), (section) => {
        const found = read({ webhook: section, notices: section, schedules: section, templates: section });
        for (const key of ["webhook.enabled", "webhook.secretId", "notices.quiet", "notices.system", "schedules.startJitterS"]) {
          expect(checkField(key, readField(found, key))).toBeNull();
        }
      }),
    );
  });
});
