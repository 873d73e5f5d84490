import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkField } from "../../src/settings/fields";
import { readSettings } from "../../src/settings/readSettings";
import { defaultSettings } from "../../src/settings/schema";

const minted = "11111111-2222-4333-8444-555555555555";
const kept = "99999999-2222-4333-8444-555555555555";
const read = (data: unknown): ReturnType<typeof readSettings> => readSettings(data, () => minted);

describe("readSettings", () => {
  it.each([null, undefined, "text", 7, [], {}])("makes the defaults of %j", (data) => {
    expect(read(data)).toEqual(defaultSettings(minted));
  });

  it("mints the vault's UUID once: what was written is read back as it is", () => {
    const first = read(null);
    const again = readSettings(JSON.parse(JSON.stringify(first)), () => {
      throw new Error("minted again");
    });
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });

  it("mints a new UUID where the old one is none", () => {
    expect(read({ vault: "../../etc" }).vault).toBe(minted);
    expect(read({ vault: kept }).vault).toBe(kept);
  });

  it("falls back field by field and moves numbers to the nearest end of their range", () => {
    const settings = read({
      neo4j: { enabled: "yes", uri: 5, user: "", database: "a b", passwordSecretId: 3 },
      engine: { concurrency: 900, batchSize: -4, lingerMs: "fast", adaptive: 1, queueEvents: 1e9, domainLimits: { neo4j: { rps: -1 } } },
      capture: { foldersIn: ["/Courses/", 3], foldersOut: "x", properties: { score: "points", due: 4 }, masteryTable: { "4": "mastered", "#FF8800": "learning", "1": "expert" } },
      diagnostics: { logLevel: "chatty" },
      indexConsent: "maybe",
    });
    expect(settings.diagnostics).toEqual({ logLevel: "warn" });
    expect(read({ diagnostics: { logLevel: "debug" } }).diagnostics).toEqual({ logLevel: "debug" });
    expect(settings.neo4j).toEqual(defaultSettings(minted).neo4j);
    const { engine } = defaultSettings(minted);
    expect(settings.engine).toEqual({ ...engine, concurrency: 50, batchSize: 1, queueEvents: 100_000 });
    expect(settings.capture).toEqual({
      canvases: true,
      notes: true,
      records: true,
      foldersIn: ["Courses"],
      foldersOut: [],
      properties: { ...defaultSettings(minted).capture.properties, score: "points" },
      masteryTable: { "4": "mastered", "#ff8800": "learning" },
    });
    expect(settings.indexConsent).toBe("unasked");
  });

  it("takes a level that it does not know for the strictest, and none for the default", () => {
    expect(read({}).privacy).toEqual({ level: "full", since: 0 });
    expect(read({ privacy: { level: "titles", since: 12 } }).privacy).toEqual({ level: "titles", since: 12 });
    expect(read({ privacy: { level: "hashes", since: 12, salt: "x" } }).privacy).toEqual({ level: "ids", since: 12, salt: "x" });
    expect(read({ privacy: { level: 7, since: -1 } }).privacy).toEqual({ level: "ids", since: 0 });
  });

  it("keeps an address that cannot work, for the person to correct, but never one with a password", () => {
    expect(read({ neo4j: { uri: "http://localhost:7474" } }).neo4j.uri).toBe("http://localhost:7474");
    const settings = read({ neo4j: { uri: "bolt://neo4j:hunter22@localhost" } });
    expect(JSON.stringify(settings)).not.toContain("hunter22");
  });

  it("keeps what it does not know, and the version of a newer one", () => {
    const data = { version: 7, vault: kept, later: { a: 1 }, neo4j: { fleet: [1] }, engine: { rate: 5 }, diagnostics: { trace: true }, capture: { privacy: "ids" } };
    expect(read(data)).toMatchObject(data);
  });

  it("never throws, and all it gives is valid", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withDate: true }), fc.string(), (section, name) => {
        const settings = read({ neo4j: section, engine: section, capture: section, [name]: section });
        for (const field of ["concurrency", "batchSize", "lingerMs", "adaptive", "queueEvents", "workersMax"] as const) {
          expect(checkField(`engine.${field}`, settings.engine[field])).toBeNull();
        }
        expect(settings.capture.foldersIn.every((folder) => typeof folder === "string")).toBe(true);
        expect(typeof settings.neo4j.uri).toBe("string");
      }),
    );
  });
});
