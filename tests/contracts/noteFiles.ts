import { describe, expect, it } from "vitest";
import type { NoteFiles } from "../../src/engine/index";

/** One vault for one test, and a way round the port to look at its notes. */
export interface NoteVault {
  readonly files: NoteFiles;
  readonly put: (path: string, text: string) => void;
  readonly peek: (path: string) => string | null;
}

/** What every host of notes must do. `open` gives an empty vault for each test. */
export function noteFilesContract(name: string, open: () => NoteVault): void {
  describe(`note files: ${name}`, () => {
    it("reads a note as it is, and nothing where there is none", async () => {
      const { files, put } = open();
      put("a/b.md", "Grüße\r\n漢");
      expect([await files.read("a/b.md"), await files.read("none.md"), await files.read("a")]).toEqual(["Grüße\r\n漢", null, null]);
    });

    it("takes a note away that is the one which is meant", async () => {
      const { files, peek, put } = open();
      put("a.md", "mine");
      expect(await files.discard("a.md", (text) => text === "mine")).toBe(true);
      expect(peek("a.md")).toBeNull();
    });

    it("leaves one that somebody changed, and is at ease with one that is gone", async () => {
      const { files, peek, put } = open();
      put("a.md", "mine and yours");
      expect(await files.discard("a.md", (text) => text === "mine")).toBe(false);
      expect(peek("a.md")).toBe("mine and yours");
      expect(await files.discard("none.md", () => true)).toBe(false);
    });
  });
}
