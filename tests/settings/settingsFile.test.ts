import { beforeEach, describe, expect, it } from "vitest";
import { defaultSettings } from "../../src/settings/schema";
import type { Settings } from "../../src/settings/schema";
import { SettingsFile } from "../../src/settings/settingsFile";
import { MemoryDataFolder } from "../fakes/memoryDataFolder";

const VAULT = "11111111-2222-4333-8444-555555555555";
const MINTED = "99999999-2222-4333-8444-555555555555";
const good: Settings = { ...defaultSettings(VAULT), indexConsent: "granted" };

let folder: MemoryDataFolder;
let journaled: string | null;

beforeEach(() => {
  folder = new MemoryDataFolder();
  journaled = VAULT;
});

/** As Obsidian does it: null for no file, undefined for what is no JSON. */
function settingsFile(): SettingsFile {
  return new SettingsFile({
    load: async () => {
      const text = await folder.read("data.json");
      if (text === null) return null;
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    },
    save: (settings) => folder.write("data.json", JSON.stringify(settings)),
    folder,
    mintVault: () => MINTED,
    journaledVault: async () => journaled,
  });
}

const onDisk = (): unknown => JSON.parse(folder.textOf("data.json"));
const torn = JSON.stringify(good).slice(0, 40);

describe("at start", () => {
  it("a vault without settings gets its identity, which is saved", async () => {
    journaled = null;
    expect(await settingsFile().open()).toEqual({ kind: "read", settings: defaultSettings(MINTED) });
    expect(onDisk()).toEqual(defaultSettings(MINTED));
  });

  it.each([
    ["that lost its settings", null, defaultSettings(VAULT)],
    ["that lost its identity in them", { ...good, vault: undefined }, good],
  ])("a vault %s stays the one of its journals", async (_, left, settings) => {
    if (left !== null) folder.put("data.json", JSON.stringify(left));
    expect(await settingsFile().open()).toEqual({ kind: "read", settings });
    expect(onDisk()).toEqual(settings);
  });

  it("good settings are taken as they are, and not written", async () => {
    folder.put("data.json", JSON.stringify(good));
    folder.refusing = "full";
    expect(await settingsFile().open()).toEqual({ kind: "read", settings: good });
  });

  it.each([["cut off", torn], ["empty", ""], ["no object", "[1]"], ["the word null", "null"]])(
    "a file that is %s is left alone, and the vault stays the one of its journals",
    async (_, text) => {
      folder.put("data.json", text);
      const file = settingsFile();
      expect(await file.open()).toEqual({
        kind: "recovered",
        settings: { ...defaultSettings(VAULT), indexConsent: "unknown" },
        copy: "data.json.broken",
      });
      expect([folder.textOf("data.json"), folder.textOf("data.json.broken")]).toEqual([text, text]);
      await file.save(good);
      expect(onDisk()).toEqual(good);
      expect(folder.textOf("data.json.broken")).toBe(text);
    },
  );

  it.each([["no journal says which vault this is", null], ["the journal names no vault", "x"]])("nothing is written when %s", async (_, id) => {
    journaled = id;
    folder.put("data.json", torn);
    const file = settingsFile();
    expect((await file.open()).kind).toBe("refused");
    expect(file.refused).toMatch(/^The settings file data\.json is damaged/);
    await expect(file.save(good)).rejects.toThrow(/damaged/);
    expect(folder.paths()).toEqual(["data.json"]);
    expect(folder.textOf("data.json")).toBe(torn);
  });

  it("nothing is written when there is no room for the copy", async () => {
    folder.put("data.json", torn);
    folder.refusing = "full";
    const file = settingsFile();
    expect((await file.open()).kind).toBe("refused");
    await expect(file.save(good)).rejects.toThrow(/damaged/);
  });
});

describe("while running", () => {
  it.each([["cut off", torn], ["empty", ""], ["gone", null]])("a file that is %s changes nothing, and is told once", async (_, text) => {
    folder.put("data.json", JSON.stringify(good));
    const file = settingsFile();
    await file.open();
    if (text === null) await folder.remove("data.json");
    else folder.put("data.json", text);
    expect(await file.reload(VAULT)).toEqual({ kind: "unreadable", first: true });
    expect(await file.reload(VAULT)).toEqual({ kind: "unreadable", first: false });
    await file.save({ ...good, indexConsent: "declined" });
    expect(await file.reload(VAULT)).toEqual({ kind: "read", settings: { ...good, indexConsent: "declined" } });
    folder.put("data.json", torn);
    expect(await file.reload(VAULT)).toEqual({ kind: "unreadable", first: true });
  });

  it("settings without an identity keep the one in use", async () => {
    folder.put("data.json", JSON.stringify({ ...good, vault: "" }));
    expect(await settingsFile().reload(VAULT)).toEqual({ kind: "read", settings: good });
  });

  it("a repaired file can be written again", async () => {
    journaled = null;
    folder.put("data.json", torn);
    const file = settingsFile();
    await file.open();
    folder.put("data.json", JSON.stringify(good));
    await file.reload("");
    await file.save({ ...good, indexConsent: "declined" });
    expect(onDisk()).toMatchObject({ vault: VAULT, indexConsent: "declined" });
  });
});

describe("a look at the file while the user's own changes are being saved", () => {
  const next: Settings = { ...good, neo4j: { ...good.neo4j, uri: "bolt://db.example.org:7687" } };

  /** A file whose loads and saves end when the test says so. */
  function slowFile(): { readonly file: SettingsFile; readonly ends: (() => void)[]; readonly loads: () => number } {
    const ends: (() => void)[] = [];
    const turn = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
    let content: unknown = good;
    let loads = 0;
    const file = new SettingsFile({
      load: async () => {
        loads += 1;
        const found = content;
        await turn();
        return found;
      },
      save: async (settings) => {
        await turn();
        content = settings;
      },
      folder,
      mintVault: () => MINTED,
      journaledVault: async () => journaled,
    });
    return { file, ends, loads: () => loads };
  }

  async function endAll(ends: (() => void)[]): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      ends.shift()?.();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  }

  it("waits for the save", async () => {
    const { file, ends } = slowFile();
    const saving = file.save(next);
    const looked = file.reload(VAULT);
    await endAll(ends);
    await saving;
    expect(await looked).toEqual({ kind: "read", settings: next });
  });

  it("looks again when a save began meanwhile", async () => {
    const { file, ends, loads } = slowFile();
    const looked = file.reload(VAULT);
    await Promise.resolve();
    await Promise.resolve();
    expect(loads()).toBe(1);
    const saving = file.save(next);
    await endAll(ends);
    await saving;
    expect(await looked).toEqual({ kind: "read", settings: next });
    expect(loads()).toBe(2);
  });

  it("goes on after a save that failed", async () => {
    folder.put("data.json", JSON.stringify(good));
    const file = settingsFile();
    folder.refusing = "full";
    await expect(file.save(next)).rejects.toThrow("full");
    expect(await file.reload(VAULT)).toEqual({ kind: "read", settings: good });
  });
});
