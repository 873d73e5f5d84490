import { afterEach, describe, expect, test, vi } from "vitest";
import { browserAvailable, findBrowser } from "./node/browser";

describe("finding a browser", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("a named one is taken when it is there", () => {
    vi.stubEnv("CHROMIUM_PATH", process.execPath);
    expect(findBrowser()).toBe(process.execPath);
    expect(browserAvailable()).toBe(true);
  });

  test("without one there is one loud line and no test", () => {
    vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
    vi.stubEnv("REQUIRE_BROWSER", "");
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    expect(browserAvailable()).toBe(false);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain("SKIPPED");
  });

  test("where one is required, its absence is a failure", () => {
    vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
    vi.stubEnv("REQUIRE_BROWSER", "1");
    expect(() => browserAvailable()).toThrow("no Chromium found");
  });
});
