import { describe, expect, it } from "vitest";
import type { JsonObject, VaultPort } from "../../src/engine/index";
import { utf8Length } from "../../src/engine/kernel/utf8Length";

/** One vault for one test, and a way round the port to change its files as another program would. */
export interface VaultWorld {
  /** The user keeps out every path that begins with `out/`. */
  readonly files: VaultPort;
  /** Writes a canvas, making folders as needed. `mtime` is epoch milliseconds. */
  readonly canvas: (path: string, text: string, mtime: number) => Promise<void>;
  readonly note: (path: string, properties: JsonObject, mtime: number) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Makes something stand at a path that is there but cannot be read. */
  readonly block: (path: string) => Promise<void>;
  /** Makes links to a file and to a folder outside, and to a canvas of the vault; null where the host has none. */
  readonly links: ((file: string, folder: string, inside: readonly [from: string, to: string]) => Promise<void>) | null;
  /** Makes what lies in a folder unreadable; null where the test cannot. */
  readonly forbid: ((folder: string) => Promise<void>) | null;
}

/** What every host of a vault must do. `open` gives an empty vault for each test. */
export function vaultPortContract(name: string, open: () => Promise<VaultWorld>): void {
  describe(`vault files: ${name}`, () => {
    const at = (second: number): number => 1_700_000_000_000 + second * 1_000;
    const pathsOf = (listed: readonly { readonly path: string }[]): readonly string[] => listed.map((file) => file.path).sort();

    it("lists canvases and notes with the time and size that reading them gives", async () => {
      const { canvas, files, note } = await open();
      await canvas("a.canvas", "{}", at(1));
      await canvas("x/Ünï 📝.canvas", '{"nodes":[],"edges":[]}', at(2));
      await note("x/n.md", { score: 5 }, at(3));
      const { canvases, notes, unreadable } = await files.list();
      expect([pathsOf(canvases), pathsOf(notes), unreadable]).toEqual([["a.canvas", "x/Ünï 📝.canvas"], ["x/n.md"], []]);
      for (const { path, mtime, size } of canvases) expect(await files.readCanvas(path)).toMatchObject({ kind: "read", mtime, size });
      for (const { path, mtime, size } of notes) expect(await files.readProperties(path)).toMatchObject({ kind: "read", mtime, size });
      expect(await files.readCanvas("x/Ünï 📝.canvas")).toMatchObject({ mtime: at(2), size: 23 });
    });

    it.each([
      ["a byte order mark and CRLF", "\uFEFF{\r\n}\r\n"],
      ["characters of every size", '{"a":"ä€漢😀\u2028"}'],
      ["nothing", ""],
    ])("gives %s as it is, with its size in bytes", async (_, text) => {
      const { canvas, files } = await open();
      await canvas("a.canvas", text, at(1));
      expect(await files.readCanvas("a.canvas")).toEqual({ kind: "read", content: text, mtime: at(1), size: utf8Length(text) });
    });

    it("gives properties as plain JSON, none where there are none", async () => {
      const { files, note } = await open();
      await note("a.md", { score: 5, due: "2030-12-31", tags: ["x", null] }, at(1));
      await note("b.md", {}, at(1));
      expect(await files.readProperties("a.md")).toMatchObject({ content: { score: 5, due: "2030-12-31", tags: ["x", null] } });
      expect(await files.readProperties("b.md")).toMatchObject({ content: {} });
    });

    it("gives text, time and size of one version, however often the file is replaced meanwhile", async () => {
      const { canvas, files } = await open();
      const versions = Array.from({ length: 40 }, (_, second) => "x".repeat(second * 1_000));
      const written = (async () => {
        for (const [second, text] of versions.entries()) await canvas("a.canvas", text, at(second));
      })();
      for (let read = 0; read < 100; read += 1) {
        const file = await files.readCanvas("a.canvas");
        if (file.kind === "read") expect(file.size).toBe(file.content.length);
      }
      await written;
      expect(await files.readCanvas("a.canvas")).toMatchObject({ kind: "read", content: versions.at(-1), mtime: at(39) });
    });

    it("tells what is missing from what is there and cannot be read", async () => {
      const { block, canvas, files, remove } = await open();
      await canvas("gone.canvas", "{}", at(1));
      await remove("gone.canvas");
      await block("blocked.canvas");
      await block("blocked.md");
      for (const path of ["none.canvas", "gone.canvas", "no/folder.canvas"]) expect(await files.readCanvas(path), path).toEqual({ kind: "missing" });
      expect(await files.readProperties("none.md")).toEqual({ kind: "missing" });
      expect(await files.readCanvas("blocked.canvas")).toMatchObject({ kind: "unreadable" });
      expect(await files.readProperties("blocked.md")).toMatchObject({ kind: "unreadable" });
    });

    it("has neither hidden files and folders nor node_modules", async () => {
      const { canvas, files, note } = await open();
      const hidden = [".obsidian/a.canvas", "x/.trash/y/a.canvas", "x/node_modules/a.canvas", ".a.canvas"];
      for (const path of hidden) await canvas(path, "{}", at(1));
      await note(".obsidian/n.md", {}, at(1));
      await canvas("x/node_modules.canvas", "{}", at(1));
      const { canvases, notes } = await files.list();
      expect([pathsOf(canvases), notes]).toEqual([["x/node_modules.canvas"], []]);
      for (const path of hidden) expect(await files.readCanvas(path), path).toEqual({ kind: "missing" });
      expect(await files.readProperties(".obsidian/n.md")).toEqual({ kind: "missing" });
    });

    it("lists nothing that the user keeps out, and says so", async () => {
      const { canvas, files, note } = await open();
      await canvas("out/a.canvas", "{}", at(1));
      await note("out/n.md", {}, at(1));
      await canvas("in/a.canvas", "{}", at(1));
      const { canvases, notes, unreadable } = await files.list();
      expect([pathsOf(canvases), notes, unreadable]).toEqual([["in/a.canvas"], [], []]);
      expect([files.excludes?.("out/a.canvas"), files.excludes?.("in/a.canvas")]).toEqual([true, false]);
    });

    it("has no links, wherever they lead", async ({ skip }) => {
      const { canvas, files, links } = await open();
      if (links === null) return skip("this host has no links");
      await canvas("own.canvas", "{}", at(1));
      await links("file.canvas", "folder", ["again.canvas", "own.canvas"]);
      const { canvases, unreadable } = await files.list();
      expect([pathsOf(canvases), unreadable]).toEqual([["own.canvas"], []]);
      for (const path of ["file.canvas", "folder/secret.canvas", "again.canvas"]) expect(await files.readCanvas(path), path).toEqual({ kind: "missing" });
    });

    it("names a folder that cannot be read instead of calling it empty", async ({ skip }) => {
      const { canvas, files, forbid } = await open();
      if (forbid === null) return skip("nothing can be forbidden here");
      await canvas("x/a.canvas", "{}", at(1));
      await canvas("b.canvas", "{}", at(1));
      await forbid("x");
      const { canvases, unreadable } = await files.list();
      expect([pathsOf(canvases), pathsOf(unreadable)]).toEqual([["b.canvas"], ["x"]]);
      expect(await files.readCanvas("x/a.canvas")).toMatchObject({ kind: "unreadable" });
    });
  });
}
