import { describe, expect, it } from "vitest";
import type { ExportFiles, ExportTarget } from "../../src/engine/tasks/export/exportFiles";

/** One vault for one test, and a way round the port to look at its files. */
export interface ExportVault {
  readonly files: ExportFiles;
  /** Writes a file as another program would, making folders as needed. */
  readonly put: (path: string, text: string) => Promise<void>;
  /** The file's text, byte order mark included; null when there is none. */
  readonly peek: (path: string) => Promise<string | null>;
  /** Every file of the vault, sorted. */
  readonly paths: () => Promise<readonly string[]>;
}

const target: ExportTarget = { folder: "Exports/weekly", name: "events 2030-01-01", key: "a1b2", extension: "csv" };
const PATH = "Exports/weekly/events 2030-01-01 a1b2.csv";

async function* of(...chunks: readonly string[]): AsyncGenerator<string> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

async function* untouched(): AsyncGenerator<string> {
  yield await Promise.reject(new Error("the chunks were begun"));
}

/** What every host of exports must do. `open` gives an empty vault for each test. */
export function exportFilesContract(name: string, open: () => Promise<ExportVault>): void {
  describe(`export files: ${name}`, () => {
    it("writes the chunks as they are, making the folder", async () => {
      const { files, peek, paths } = await open();
      const text = "\uFEFFä€漢😀\r\n\u2028";
      expect(await files.write(target, of(text, "", "b\r\n"))).toEqual({ kind: "written", path: PATH, bytes: Buffer.byteLength(text) + 3 });
      expect([await peek(PATH), await paths()]).toEqual([`${text}b\r\n`, [PATH]]);
    });

    it("writes at the top of the vault, and an empty file", async () => {
      const { files, paths } = await open();
      expect(await files.write({ ...target, folder: "" }, of())).toEqual({ kind: "written", path: "events 2030-01-01 a1b2.csv", bytes: 0 });
      expect(await paths()).toEqual(["events 2030-01-01 a1b2.csv"]);
    });

    it("writes more than it holds at once", async () => {
      const { files, peek } = await open();
      const lines = Array.from({ length: 300 }, (_, index) => `${index} ${"漢".repeat(2_000)}\n`);
      const { bytes, path } = await files.write(target, of(...lines));
      expect(bytes).toBe(Buffer.byteLength(lines.join("")));
      expect((await peek(path)) === lines.join("")).toBe(true);
    });

    it("gives a file its name only when it is whole", async () => {
      const { files, paths } = await open();
      const seen: string[] = [];
      async function* looking(): AsyncGenerator<string> {
        for (let count = 0; count < 3; count += 1) {
          yield "x".repeat(600_000);
          seen.push(...(await paths()));
        }
      }
      await files.write(target, looking());
      expect(seen.filter((path) => !path.endsWith(".part"))).toEqual([]);
      expect(await paths()).toEqual([PATH]);
    });

    it("leaves nothing behind when the chunks fail, and rejects with their error", async () => {
      const { files, paths, peek } = await open();
      async function* failing(): AsyncGenerator<string> {
        yield* of("half");
        throw new TypeError("no more");
      }
      await expect(files.write(target, failing())).rejects.toThrow(new TypeError("no more"));
      expect(await paths()).toEqual([]);
      await files.write(target, of("whole"));
      expect([await peek(PATH), await paths()]).toEqual(["whole", [PATH]]);
    });

    it("replaces what an earlier call with this key left unfinished", async () => {
      const { files, peek, paths, put } = await open();
      await put("Exports/weekly/export a1b2.part", "a half that is longer than the whole");
      await files.write(target, of("whole"));
      expect([await peek(PATH), await paths()]).toEqual(["whole", [PATH]]);
    });

    it("leaves the file that an earlier call with this key wrote, whatever it is called and holds now", async () => {
      const { files, peek, paths } = await open();
      await files.write(target, of("first"));
      expect(await files.write(target, untouched())).toEqual({ kind: "there", path: PATH, bytes: 5 });
      expect(await files.write({ ...target, name: "events 2030-01-02" }, untouched())).toEqual({ kind: "there", path: PATH, bytes: 5 });
      expect([await peek(PATH), await paths()]).toEqual(["first", [PATH]]);
    });

    it("tells keys, folders and endings apart", async () => {
      const { files, paths } = await open();
      const targets = [target, { ...target, key: "b1b2" }, { ...target, key: "1b2" }, { ...target, folder: "Exports" }, { ...target, extension: "json" }];
      for (const one of targets) expect((await files.write(one, of("x"))).kind).toBe("written");
      expect(await paths()).toHaveLength(targets.length);
    });

    it("finds a free name where something else has it", async () => {
      const { files, peek, paths, put } = await open();
      await put(`${PATH}/inside.md`, "a folder with the name of a file");
      const path = "Exports/weekly/events 2030-01-01 (2) a1b2.csv";
      expect(await files.write(target, of("x"))).toEqual({ kind: "written", path, bytes: 1 });
      expect(await files.write(target, untouched())).toEqual({ kind: "there", path, bytes: 1 });
      expect([await peek(path), await paths()]).toEqual(["x", [path, `${PATH}/inside.md`]]);
    });

    it("keeps calls with different keys apart that come at once", async () => {
      const { files, peek, paths } = await open();
      const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
      const written = await Promise.all(keys.map((key) => files.write({ ...target, key }, of(key, " ", key))));
      expect(await Promise.all(written.map(({ path }) => peek(path)))).toEqual(keys.map((key) => `${key} ${key}`));
      expect(await paths()).toHaveLength(keys.length);
    });

    it.each(["../out", "/etc", "a/../../b", "C:/a", "a\\b", "a\0b", "a\nb", ".obsidian", "a/.git/b", "a/.. /b", "node_modules/x"])(
      "refuses the folder %j",
      async (folder) => {
        const { files, paths } = await open();
        await expect(files.write({ ...target, folder }, untouched())).rejects.toMatchObject({ name: "ExportTargetRefused" });
        expect(await paths()).toEqual([]);
      },
    );

    it.each([{ name: "a/b" }, { name: ".hidden" }, { name: "" }, { key: "../x" }, { key: "" }, { extension: "c/sv" }])("refuses the name of %j", async (part) => {
      const { files, paths } = await open();
      await expect(files.write({ ...target, ...part }, untouched())).rejects.toMatchObject({ name: "ExportTargetRefused" });
      expect(await paths()).toEqual([]);
    });
  });
}
