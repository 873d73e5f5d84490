import { mkdirSync, renameSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { endHostsAfterTests, expectNoErrors, sampleLog, startSample } from "./fixtures/sampleHost";
import type { LaunchOptions, ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";

/** The sample plugin watches; the system's watcher does not: the test says when the disk is looked at. */
async function watched(files: Record<string, string>, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  const host = await startSample(files, { watch: false, ...options });
  await host.enablePlugin();
  return host;
}

/** The events after the sample plugin was ready. */
async function events(host: ObsidianHost): Promise<string[]> {
  const lines = await sampleLog(host);
  const ready = lines.findIndex((line) => line.startsWith("ready"));
  return lines.slice(ready + 1).filter((line) => !line.startsWith("early"));
}

describe.skipIf(!browserAvailable())("the vault on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("changes by other programs become events, with the real size and time", async () => {
    const host = await watched({ "a.md": "a" });
    host.writeFile("b.md", "bb");
    host.writeFile("a.md", "aaa", 1_700_000_000_000);
    await host.reconcile();
    host.removeFile("b.md");
    await host.reconcile();
    expect(await events(host)).toEqual(["modify a.md 3", "create b.md 2", "delete b.md 2"]);
    const mtime = await host.page.evaluate(() => window.__host.app.vault.getFileByPath("a.md")?.stat.mtime);
    expect(mtime).toBe(1_700_000_000_000);
  });

  test("the system's watcher does the same without being asked", async () => {
    const host = await startSample({ "a.md": "a" });
    await host.enablePlugin();
    host.writeFile("a.md", "aaa");
    await expect.poll(() => events(host)).toEqual(["modify a.md 3"]);
    renameSync(path.join(host.vaultDir, "a.md"), path.join(host.vaultDir, "b.md"));
    const sorted = async (): Promise<string[]> => (await events(host)).sort();
    await expect.poll(sorted).toEqual(["create b.md 3", "delete a.md 3", "modify a.md 3"]);
    await expectNoErrors(host);
  });

  test("a write that only touches nothing is no event: same time and same size", async () => {
    const host = await watched({});
    host.writeFile("a.md", "aaa", 1_700_000_000_000);
    await host.reconcile();
    host.writeFile("a.md", "bbb", 1_700_000_000_000);
    await host.reconcile();
    expect(await events(host)).toEqual(["create a.md 3"]);
  });

  test("a file replaced by rename is modified, not deleted and created", async () => {
    const host = await watched({ "a.canvas": "{}" });
    host.writeFile("a.canvas.tmp", '{"nodes":[]}');
    renameSync(path.join(host.vaultDir, "a.canvas.tmp"), path.join(host.vaultDir, "a.canvas"));
    await host.reconcile();
    expect(await events(host)).toEqual(["modify a.canvas 12"]);
  });

  test("hidden files give raw and nothing else", async () => {
    const host = await watched({});
    await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const raw: string[] = [];
      (window as unknown as { raw: string[] }).raw = raw;
      vault.on("raw", (file: string) => {
        if (file.endsWith(".txt")) raw.push(file);
      });
      await vault.adapter.write(".obsidian/plugins/sample-plugin/x.txt", "1");
      await vault.adapter.append(".obsidian/plugins/sample-plugin/x.txt", "2");
    });
    expect(await host.page.evaluate(() => (window as unknown as { raw: string[] }).raw)).toEqual([
      ".obsidian/plugins/sample-plugin/x.txt",
      ".obsidian/plugins/sample-plugin/x.txt",
    ]);
    const known = await host.page.evaluate(() => window.__host.app.vault.getAllLoadedFiles().map((file) => file.path));
    expect(known).toEqual(["/"]);
    expect(await events(host)).toEqual([]);
    expect(host.readFile(".obsidian/plugins/sample-plugin/x.txt")).toBe("12");
  });

  test("process with an equal result writes nothing and tells nobody", async () => {
    const host = await watched({ "a.md": "a" });
    const texts = await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const file = vault.getFileByPath("a.md");
      if (file === null) throw new Error("no file");
      return [await vault.process(file, (text) => text), await vault.process(file, (text) => `${text}!`)];
    });
    expect(texts).toEqual(["a", "a!"]);
    expect(host.fsLog.filter((entry) => entry.op === "write" && entry.path === "a.md")).toHaveLength(1);
    expect(await events(host)).toEqual(["modify a.md 2"]);
  });

  test("processes on one file do not lose each other's work", async () => {
    const host = await watched({ "a.md": "" });
    await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const file = vault.getFileByPath("a.md");
      if (file === null) throw new Error("no file");
      await Promise.all(Array.from({ length: 20 }, (_, n) => vault.process(file, (text) => `${text}${n},`)));
    });
    expect(host.readFile("a.md")).toBe(`${Array.from({ length: 20 }, (_, n) => n).join(",")},`);
  });

  test("a folder that is renamed gives an event for itself and for each thing in it", async () => {
    const host = await watched({ "f/a.md": "a", "f/g/b.canvas": "{}" });
    await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const folder = vault.getFolderByPath("f");
      if (folder !== null) await vault.rename(folder, "h");
    });
    expect(await events(host)).toEqual([
      "rename f -> h",
      "rename f/a.md -> h/a.md 1",
      "rename f/g -> h/g",
      "rename f/g/b.canvas -> h/g/b.canvas 2",
    ]);
    const parents = await host.page.evaluate(() =>
      window.__host.app.vault.getFiles().map((file) => `${file.parent?.path ?? ""} > ${file.path}`));
    expect(parents.sort()).toEqual(["h > h/a.md", "h/g > h/g/b.canvas"]);
  });

  test("where only the folder is told, the children have moved all the same", async () => {
    const host = await watched({ "f/a.md": "a" }, { assume: { folderRenameEvents: "folder-only" } });
    await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const folder = vault.getFolderByPath("f");
      if (folder !== null) await vault.rename(folder, "h");
    });
    expect(await events(host)).toEqual(["rename f -> h"]);
    const paths = await host.page.evaluate(() => window.__host.app.vault.getFiles().map((file) => file.path));
    expect(paths).toEqual(["h/a.md"]);
  });

  test("a file keeps its object through a rename, and nothing is overwritten by one", async () => {
    const host = await watched({ "a.md": "a", "b.md": "b" });
    const outcome = await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const file = vault.getFileByPath("a.md");
      if (file === null) throw new Error("no file");
      const refused = await vault.rename(file, "b.md").then(() => "renamed", (error: Error) => error.message);
      await vault.rename(file, "c.md");
      return [refused, file.path, vault.getFileByPath("c.md") === file];
    });
    expect(outcome).toEqual(["Destination file already exists!", "c.md", true]);
    expect(host.readFile("b.md")).toBe("b");
  });

  test("create, createFolder, trash and delete do what they say", async () => {
    const host = await watched({});
    const outcome = await host.page.evaluate(async () => {
      const { vault, fileManager } = window.__host.app;
      await vault.createFolder("f");
      const file = await vault.create("f/a.md", "a");
      const twice = await vault.create("f/a.md", "b").then(() => "made", (error: Error) => error.message);
      const codeOf = (error: { code?: string }): string => error.code ?? "none";
      const orphan = await vault.create("nowhere/a.md", "b").then(() => "made", codeOf);
      await fileManager.trashFile(file);
      return [file.path, twice, orphan, file.deleted];
    });
    expect(outcome).toEqual(["f/a.md", "File already exists.", "ENOENT", true]);
    expect(host.readFile(".trash/a.md")).toBe("a");
    expect(await events(host)).toEqual(["create f", "create f/a.md 1", "delete f/a.md 1"]);
  });

  test("paths that are not normalised or leave the vault are refused", async () => {
    const host = await watched({});
    const messages = await host.page.evaluate(async () => {
      const { adapter } = window.__host.app.vault;
      const tries = ["/a.md", "a//b.md", "../a.md", "a\\b.md", "a/"].map((one) =>
        adapter.write(one, "x").then(() => "written", (error: Error) => error.name));
      return Promise.all(tries);
    });
    expect(messages).toEqual(Array(5).fill("HostError"));
    await host.clearErrors();
  });

  test("a byte order mark is not part of what is read, and cachedRead may be old", async () => {
    const host = await watched({ "a.md": "\ufeffone" });
    const read = async (): Promise<string[]> => host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const file = vault.getFileByPath("a.md");
      if (file === null) throw new Error("no file");
      return [await vault.cachedRead(file), await vault.read(file)];
    });
    expect(await read()).toEqual(["one", "one"]);
    host.writeFile("a.md", "two!");
    const [cached, fresh] = await read();
    expect([cached, fresh]).toEqual(["one", "two!"]);
  });

  test("front matter is parsed, and changed follows modify", async () => {
    const host = await watched({ "a.md": "---\nscore: 80\ntags: [x]\n---\n# T\n" });
    await host.page.evaluate(() => {
      const { app } = window.__host;
      const seen: string[] = [];
      (window as unknown as { seen: string[] }).seen = seen;
      app.vault.on("modify", (file: { path: string }) => seen.push(`modify ${file.path}`));
      app.metadataCache.on("changed", (file: { path: string }, _data: string, cache: { frontmatter?: unknown }) =>
        seen.push(`changed ${file.path} ${JSON.stringify(cache.frontmatter ?? null)}`));
      app.metadataCache.on("deleted", (file: { path: string }, before: { frontmatter?: unknown } | null) =>
        seen.push(`deleted ${file.path} ${JSON.stringify(before?.frontmatter ?? null)}`));
    });
    const first = await host.page.evaluate(() => window.__host.app.metadataCache.getCache("a.md")?.frontmatter);
    expect(first).toEqual({ score: 80, tags: ["x"] });
    host.writeFile("a.md", "---\nscore: 95\n---\n");
    await host.reconcile();
    host.writeFile("a.md", "---\nscore: [broken\n---\nlonger");
    await host.reconcile();
    host.removeFile("a.md");
    await host.reconcile();
    expect(await host.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
      "modify a.md",
      'changed a.md {"score":95}',
      "modify a.md",
      "changed a.md null",
      "deleted a.md null",
    ]);
  });

  test("processFrontMatter changes the properties and leaves the body alone", async () => {
    const host = await watched({ "a.md": "---\nb: 1\na: 2\n---\nbody\n" });
    await host.page.evaluate(async () => {
      const { vault, fileManager } = window.__host.app;
      const file = vault.getFileByPath("a.md");
      if (file === null) throw new Error("no file");
      await fileManager.processFrontMatter(file, (properties) => Object.assign(properties, { c: "x" }));
    });
    expect(host.readFile("a.md")).toBe("---\nb: 1\na: 2\nc: x\n---\nbody\n");
  });

  test("mkdir makes one level, and does not mind one that is there", async () => {
    const host = await watched({});
    const outcome = await host.page.evaluate(async () => {
      const { adapter } = window.__host.app.vault;
      const deep = await adapter.mkdir(".obsidian/x/y").then(() => "made", (error: { code?: string }) => error.code);
      await adapter.mkdir(".obsidian/x");
      await adapter.mkdir(".obsidian/x");
      return [deep, await adapter.exists(".obsidian/x"), await adapter.stat(".obsidian/none")];
    });
    expect(outcome).toEqual(["ENOENT", true, null]);
    mkdirSync(path.join(host.vaultDir, "made-outside"));
    await host.reconcile();
    expect(await events(host)).toEqual(["create made-outside"]);
  });

  test("binary appends reach the disk byte by byte", async () => {
    const host = await watched({});
    await host.page.evaluate(async () => {
      const { adapter } = window.__host.app.vault;
      await adapter.writeBinary("a.bin", new Uint8Array([0, 255]).buffer);
      await adapter.appendBinary("a.bin", new Uint8Array([128]).buffer);
      const back = new Uint8Array(await adapter.readBinary("a.bin"));
      if ([...back].join() !== "0,255,128") throw new Error([...back].join());
    });
    expect(await events(host)).toEqual(["create a.bin 2", "modify a.bin 3"]);
  });
});
