import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe } from "vitest";
import type { ChatAnswer, ChatModel, Clock } from "../../src/engine/index";
import { chatModelContract } from "../contracts/chatModel";
import type ChatPlugin from "./fixtures/chatPlugin";
import { removeVault, tempVault } from "./fixtures/tempVault";
import { launchHost } from "./launch";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { bundlePlugin } from "./node/bundle";

const ID = "chat-out";

describe.skipIf(!browserAvailable())("the plugin in a browser window", { timeout: 90_000 }, () => {
  let host: ObsidianHost | null = null;
  let calls = 0;
  const vaultDir = tempVault({});

  beforeAll(async () => {
    const mainJs = await bundlePlugin(join(fileURLToPath(new URL(".", import.meta.url)), "fixtures", "chatPlugin.ts"));
    const manifest = { id: ID, name: "Chat", version: "1.0.0", minAppVersion: "1.13.0", description: "A sample." };
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

  const inWindow = (clock: Clock): ChatModel => ({
    async ask(request, signal): Promise<ChatAnswer> {
      calls += 1;
      const call = calls;
      const tell = (what: "end" | "expire"): void => {
        page()
          .evaluate(([id, number, name]) => (window.__host.app.plugins.getPlugin(id) as unknown as ChatPlugin)[name](number), [ID, call, what] as const)
          // The page is gone, and the call with it.
          .catch(() => undefined);
      };
      const undo = signal.onAbort(() => tell("end"));
      const cancel = clock.after(request.limitMs, () => tell("expire"));
      try {
        return await page().evaluate(
          ([id, number, given]) => (window.__host.app.plugins.getPlugin(id) as unknown as ChatPlugin).ask(number, given),
          [ID, call, request] as const,
        );
      } finally {
        undo();
        cancel();
      }
    },
  });

  chatModelContract("a window's fetch", inWindow);
});
