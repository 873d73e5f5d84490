import { describe, expect, it } from "vitest";
import type { CanvasFiles } from "../../src/engine/canvas/port";

/** One vault for one test, and a way round the port to look at its files. */
export interface CanvasFilesVault {
  readonly files: CanvasFiles;
  /** Writes a file as another program would, making folders as needed. */
  readonly put: (path: string, text: string) => Promise<void>;
  /** The file's text as another program would read it, byte order mark included; null when there is none. */
  readonly peek: (path: string) => Promise<string | null>;
  /** Every file of the vault. */
  readonly paths: () => Promise<readonly string[]>;
}

/** What every host of canvas files must do. `open` gives an empty vault for each test. */
export function canvasFilesContract(name: string, open: () => Promise<CanvasFilesVault>): void {
  describe(`canvas files: ${name}`, () => {
    it.each([
      ["Obsidian's layout", '{\n\t"nodes":[],\n\t"edges":[]\n}'],
      ["a byte order mark and CRLF", "\uFEFF{\r\n}\r\n"],
      ["characters of every size", '{"a":"ä€漢😀\u2028"}'],
      ["nothing", ""],
    ])("gives and keeps %s as it is", async (_, text) => {
      const { files, put, peek } = await open();
      await put("folder/a.canvas", text);
      expect(await files.read("folder/a.canvas")).toBe(text);
      expect(await files.process("folder/a.canvas", (now) => `${now} `)).toEqual({ kind: "written" });
      expect(await peek("folder/a.canvas")).toBe(`${text} `);
    });

    it("says that a file is missing and makes none, nor a folder", async () => {
      const { files, paths } = await open();
      let called = false;
      expect(await files.read("new/a.canvas")).toBeNull();
      expect(await files.process("new/a.canvas", () => ((called = true), "text"))).toEqual({ kind: "missing" });
      expect([called, await paths()]).toEqual([false, []]);
    });

    it("says that nothing changed when the text is the same", async () => {
      const { files, put, peek } = await open();
      await put("a.canvas", "text");
      expect(await files.process("a.canvas", (now) => now)).toEqual({ kind: "unchanged" });
      expect(await peek("a.canvas")).toBe("text");
    });

    it("gives a change the newest text", async () => {
      const { files, put, peek } = await open();
      await put("a.canvas", "old");
      await files.read("a.canvas");
      await put("a.canvas", "new");
      await files.process("a.canvas", (now) => `${now}er`);
      expect(await peek("a.canvas")).toBe("newer");
    });

    it("loses no change of those that come at once", async () => {
      const { files, put, peek } = await open();
      await put("a.canvas", "");
      const marks = Array.from({ length: 20 }, (_, index) => `[${index}]`);
      await Promise.all(marks.map((mark) => files.process("a.canvas", (now) => now + mark)));
      const text = (await peek("a.canvas")) ?? "";
      expect(text).toHaveLength(marks.join("").length);
      expect(marks.filter((mark) => !text.includes(mark))).toEqual([]);
    });

    it("passes an error of the change on and leaves the file", async () => {
      const { files, put, peek, paths } = await open();
      await put("a.canvas", "text");
      const failed = files.process("a.canvas", () => {
        throw new Error("no");
      });
      await expect(failed).rejects.toThrow("no");
      expect(await peek("a.canvas")).toBe("text");
      expect(await paths()).toEqual(["a.canvas"]);
      expect(await files.process("a.canvas", (now) => `${now}!`)).toEqual({ kind: "written" });
    });

    it("has the old text kept before it writes the new one", async () => {
      const { files, put, peek } = await open();
      await put("a.canvas", "old");
      const kept: unknown[] = [];
      const keep = async (before: string, after: string): Promise<void> => void kept.push([before, after, await peek("a.canvas")]);
      expect(await files.process("a.canvas", (now) => `${now}er`, keep)).toEqual({ kind: "written" });
      expect([kept, await peek("a.canvas")]).toEqual([[["old", "older", "old"]], "older"]);
    });

    it("keeps nothing where nothing changes", async () => {
      const { files, put } = await open();
      await put("a.canvas", "old");
      const kept: string[] = [];
      const keep = (before: string): Promise<void> => Promise.resolve(void kept.push(before));
      await files.process("a.canvas", (now) => now, keep);
      await files.process("b.canvas", (now) => `${now}!`, keep);
      expect(kept).toEqual([]);
    });

    it("writes nothing when the old text cannot be kept", async () => {
      const { files, put, peek, paths } = await open();
      await put("a.canvas", "old");
      const failed = files.process("a.canvas", (now) => `${now}!`, () => Promise.reject(new Error("full")));
      await expect(failed).rejects.toThrow("full");
      expect([await peek("a.canvas"), await paths()]).toEqual(["old", ["a.canvas"]]);
    });

    it("keeps and changes the newer text when somebody writes while the old one is kept", async () => {
      const { files, put, peek } = await open();
      await put("a.canvas", "old");
      const kept: string[] = [];
      const keep = async (before: string): Promise<void> => {
        kept.push(before);
        if (kept.length === 1) await put("a.canvas", "new");
      };
      expect(await files.process("a.canvas", (now) => `${now}!`, keep)).toEqual({ kind: "written" });
      expect([kept, await peek("a.canvas")]).toEqual([["old", "new"], "new!"]);
    });

    it.each([
      "../a.canvas",
      "/a.canvas",
      "a/../../b.canvas",
      "C:/a.canvas",
      "a\\b.canvas",
      "a\0.canvas",
      "a.md",
      ".git/a.canvas",
      "",
    ])("refuses the path %j", async (path) => {
      const { files, paths } = await open();
      await expect(files.read(path)).rejects.toMatchObject({ name: "CanvasPathRefused" });
      await expect(files.process(path, () => "text")).rejects.toMatchObject({ name: "CanvasPathRefused" });
      expect(await paths()).toEqual([]);
    });
  });
}
