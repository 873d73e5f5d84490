import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neverAborted, type WebhookPost } from "../../src/engine/index";
import { webhookPostContract } from "../contracts/webhookPost";
import { WebhookReceiver } from "../contracts/webhookReceiver";
import { removeVault, tempVault } from "./fixtures/tempVault";
import type WebhookPlugin from "./fixtures/webhookPlugin";
import { launchHost } from "./launch";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { bundlePlugin } from "./node/bundle";

const ID = "webhook-out";

describe.skipIf(!browserAvailable())("the plugin in a browser window", { timeout: 90_000 }, () => {
  let host: ObsidianHost | null = null;
  let calls = 0;
  const vaultDir = tempVault({});

  beforeAll(async () => {
    const mainJs = await bundlePlugin(join(fileURLToPath(new URL(".", import.meta.url)), "fixtures", "webhookPlugin.ts"));
    const manifest = { id: ID, name: "Webhook", version: "1.0.0", minAppVersion: "1.13.0", description: "A sample." };
    host = await launchHost({ vaultDir, plugin: { manifest, mainJs } });
    await host.enablePlugin();
  });
  afterAll(async () => {
    await host?.close();
    await closeBrowser();
    removeVault(vaultDir);
  });

  const page = (): ObsidianHost["page"] => {
    if (host === null) throw new Error("the host did not start");
    return host.page;
  };
  const post: WebhookPost = {
    async post(request, signal) {
      calls += 1;
      const call = calls;
      const end = (): void => {
        page()
          .evaluate(([id, number]) => (window.__host.app.plugins.getPlugin(id) as unknown as WebhookPlugin).end(number), [ID, call] as const)
          // The page is gone, and the call with it.
          .catch(() => undefined);
      };
      const undo = signal.onAbort(end);
      try {
        return await page().evaluate(
          ([id, number, given]) => (window.__host.app.plugins.getPlugin(id) as unknown as WebhookPlugin).post(number, given),
          [ID, call, request] as const,
        );
      } finally {
        undo();
      }
    },
  };

  webhookPostContract("a window's fetch", () => post, { cors: true });

  it("cannot reach a receiver that does not let the app's origin in, and says so", async () => {
    const receiver = new WebhookReceiver();
    const url = `${await receiver.open()}/status/200`;
    const answer = await post.post({ url, headers: { "X-Canvas-Engram-Delivery": "d1" }, body: "{}" }, neverAborted);
    expect(answer).toEqual({ kind: "unreachable", reason: expect.stringContaining("must also allow the app's origin") as string });
    expect(receiver.received).toEqual([]);
    await receiver.close();
  });
});
