import { describe, expect, test } from "vitest";
import { endHostsAfterTests, startSample } from "./fixtures/sampleHost";
import type { ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";

const LOG = ".obsidian/plugins/sample-plugin/log.txt";

/** Appends in the page; the outcome is "done" or the error's code. */
function append(host: ObsidianHost, text: string): Promise<string> {
  return host.page.evaluate(([path, data]) =>
    window.__host.app.vault.adapter.append(path, data).then(() => "done", (error: { code: string }) => error.code),
  [LOG, text] as const);
}

describe.skipIf(!browserAvailable())("faults of the disk and the end of the app", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("an error has its code, and the queue goes on", async () => {
    const host = await startSample();
    const off = host.faults.add({ op: "append", path: /log\.txt$/, effect: { kind: "error", code: "ENOSPC" } });
    expect(await append(host, "one\n")).toBe("ENOSPC");
    off();
    expect(await append(host, "two\n")).toBe("done");
    expect(host.readFile(LOG)).toBe("two\n");
  });

  test("a fault can wait and can end", async () => {
    const host = await startSample();
    host.faults.add({ op: "append", skip: 1, times: 1, effect: { kind: "error", code: "EBUSY" } });
    expect(await append(host, "1")).toBe("done");
    expect(await append(host, "2")).toBe("EBUSY");
    expect(await append(host, "3")).toBe("done");
    expect(host.readFile(LOG)).toBe("13");
  });

  test("a torn append leaves a part on the disk", async () => {
    const host = await startSample();
    host.faults.add({ op: "append", effect: { kind: "torn", bytes: 3, then: "error", code: "EIO" } });
    expect(await append(host, "abcdef")).toBe("EIO");
    expect(host.readFile(LOG)).toBe("abc");
  });

  test("a crash in the middle of an append: the part stays, nothing follows, the vault opens again", async () => {
    const host = await startSample();
    await host.enablePlugin();
    expect(await append(host, "whole\n")).toBe("done");
    host.faults.add({ op: "append", times: 1, effect: { kind: "torn", bytes: 2, then: "crash" } });
    const dying = append(host, "torn\n").then(() => "answered", () => "gone");
    const after = append(host, "after\n").then(() => "answered", () => "gone");
    await host.untilCrashed();
    expect(await Promise.all([dying, after])).toEqual(["gone", "gone"]);
    expect(host.readFile(LOG)).toBe("whole\nto");
    await host.reload();
    expect(await append(host, "next\n")).toBe("done");
    expect(await host.page.evaluate(() => window.__host.app.plugins.getPlugin("sample-plugin") !== null)).toBe(true);
  });

  test("a crash after the append: the bytes are there though nobody was told", async () => {
    const host = await startSample();
    host.faults.add({ op: "append", times: 1, effect: { kind: "crash", when: "after" } });
    const told = append(host, "kept\n").then(() => "answered", () => "gone");
    await host.untilCrashed();
    expect(await told).toBe("gone");
    expect(host.readFile(LOG)).toBe("kept\n");
  });

  test("a slow write shows an empty file to whoever reads past the queue", async () => {
    const host = await startSample({ "a.md": "full" }, { watch: false, assume: { readsQueued: false } });
    host.faults.add({ op: "write", path: "a.md", effect: { kind: "truncate-first", ms: 300 } });
    const seen = await host.page.evaluate(async () => {
      const { adapter } = window.__host.app.vault;
      const writing = adapter.write("a.md", "new");
      const texts = new Set<string>();
      for (let text = "full"; text !== "new"; ) {
        text = await adapter.read("a.md");
        texts.add(text);
      }
      await writing;
      return [...texts];
    });
    expect(seen).toContain("");
    expect(seen.at(-1)).toBe("new");
  });

  test("reads wait for writes where the adapter queues them", async () => {
    const host = await startSample({ "a.md": "full" }, { watch: false });
    host.faults.add({ op: "write", path: "a.md", effect: { kind: "truncate-first", ms: 100 } });
    const seen = await host.page.evaluate(async () => {
      const { adapter } = window.__host.app.vault;
      void adapter.write("a.md", "new");
      return adapter.read("a.md");
    });
    expect(seen).toBe("new");
  });

  test("the clock stands still until the test moves it", async () => {
    const host = await startSample({}, { fakeClock: true, layoutReadyDelay: null });
    await host.page.evaluate(() => {
      window.setTimeout(() => document.body.setAttribute("data-rang", "yes"), 60_000);
    });
    await host.page.clock.runFor(59_000);
    expect(await host.page.locator("body").getAttribute("data-rang")).toBeNull();
    await host.page.clock.runFor(2_000);
    expect(await host.page.locator("body").getAttribute("data-rang")).toBe("yes");
  });
});
