import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe } from "vitest";
import type { CanvasFiles, KeepOld, ProcessOutcome } from "../../src/engine/index";
import { canvasFilesContract } from "../contracts/canvasFiles";
import { ChangeServer } from "./fixtures/changeServer";
import type { Change, Changed } from "./fixtures/changeServer";
import { removeVault, tempVault } from "./fixtures/tempVault";
import { launchHost } from "./launch";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { bundlePlugin } from "./node/bundle";

const ID = "canvas-files";

type Reply<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "failed"; readonly name: string; readonly message: string };

/** The plugin's canvas files in the page, with changes that are functions of the test. */
class PageCanvasFiles implements CanvasFiles {
  constructor(
    private readonly host: ObsidianHost,
    private readonly changes: ChangeServer,
  ) {}

  async read(path: string): Promise<string | null> {
    return valueOf(
      await this.host.page.evaluate(
        async ([id, at]): Promise<Reply<string | null>> => {
          const { files } = window.__host.app.plugins.getPlugin(id) as unknown as { files: CanvasFiles };
          try {
            return { kind: "done", value: await files.read(at) };
          } catch (error) {
            const { name, message } = error as Error;
            return { kind: "failed", name, message };
          }
        },
        [ID, path] as const,
      ),
    );
  }

  async process(path: string, change: Change, keep: KeepOld = () => Promise.resolve()): Promise<ProcessOutcome> {
    const thrown: unknown[] = [];
    const noted = (error: unknown): never => {
      thrown.push(error);
      throw error;
    };
    const changing = this.changes.offer((text) => {
      try {
        return change(text as string);
      } catch (error) {
        return noted(error);
      }
    });
    const keeping = this.changes.offer(async (texts) => {
      const [before, after] = texts as [string, string];
      await keep(before, after).catch(noted);
      return "kept";
    });
    const reply = await this.host.page.evaluate(
      async ([id, at, changeUrl, keepUrl]): Promise<Reply<ProcessOutcome>> => {
        const { files } = window.__host.app.plugins.getPlugin(id) as unknown as { files: CanvasFiles };
        const send = (url: string, asked: unknown, isAsync: boolean): XMLHttpRequest => {
          const request = new XMLHttpRequest();
          request.open("POST", url, isAsync);
          request.send(JSON.stringify(asked));
          return request;
        };
        const answerOf = (request: XMLHttpRequest): string => {
          const answer = (JSON.parse(request.responseText) as Changed).text;
          if (answer === null) throw new Error("the test threw");
          return answer;
        };
        const ask = (text: string): string => answerOf(send(changeUrl, text, false));
        const keepOld = async (before: string, after: string): Promise<void> => {
          const request = send(keepUrl, [before, after], true);
          await new Promise((resolve) => request.addEventListener("loadend", resolve));
          answerOf(request);
        };
        try {
          return { kind: "done", value: await files.process(at, ask, keepOld) };
        } catch (error) {
          const { name, message } = error as Error;
          return { kind: "failed", name, message };
        }
      },
      [ID, path, changing, keeping] as const,
    );
    if (thrown.length > 0 && reply.kind === "failed") throw thrown[0];
    return valueOf(reply);
  }
}

function valueOf<T>(reply: Reply<T>): T {
  if (reply.kind === "done") return reply.value;
  throw Object.assign(new Error(reply.message), { name: reply.name });
}

describe.skipIf(!browserAvailable())("in Obsidian's vault", { timeout: 60_000 }, () => {
  let host: ObsidianHost;
  let changes: ChangeServer;
  let vaultDir: string;

  beforeAll(async () => {
    changes = await ChangeServer.start();
    vaultDir = tempVault({});
    const mainJs = await bundlePlugin(fileURLToPath(new URL("fixtures/canvasFilesPlugin.ts", import.meta.url)));
    const manifest = { id: ID, name: ID, version: "1.0.0", minAppVersion: "1.13.0", description: "A sample.", author: "Sample" };
    host = await launchHost({ vaultDir, plugin: { manifest, mainJs }, watch: false });
    await host.enablePlugin();
  });

  afterAll(async () => {
    await host.close();
    changes.close();
    removeVault(vaultDir);
    await closeBrowser();
  });

  const visible = (): readonly string[] => readdirSync(vaultDir).filter((name) => name !== ".obsidian");

  canvasFilesContract("ObsidianCanvasFiles", async () => {
    for (const name of visible()) rmSync(join(vaultDir, name), { recursive: true });
    await host.reconcile();
    return {
      files: new PageCanvasFiles(host, changes),
      put: async (path, text) => {
        host.writeFile(path, text);
        await host.reconcile();
      },
      peek: async (path) => (existsSync(join(vaultDir, path)) ? readFileSync(join(vaultDir, path), "utf8") : null),
      paths: async () => visible(),
    };
  });
});
