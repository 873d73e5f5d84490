import { describe, expect, it } from "vitest";
import { checkField, readField, writeField } from "../../src/settings/fields";
import { defaultSettings } from "../../src/settings/schema";

const vault = "11111111-2222-4333-8444-555555555555";
const settings = defaultSettings(vault);

describe("fields of the settings", () => {
  it("shows the defaults", () => {
    expect(readField(settings, "neo4j.enabled")).toBe(false);
    expect(readField(settings, "engine.concurrency")).toBe(10);
    expect(readField(settings, "engine.batchSize")).toBe(200);
    expect(readField(settings, "engine.lingerMs")).toBe(100);
    expect(readField(settings, "engine.adaptive")).toBe(true);
    expect(readField(settings, "engine.queueEvents")).toBe(1_000);
    expect(readField(settings, "engine.domainLimits")).toBe("");
    expect(readField(settings, "capture.foldersIn")).toBe("");
    expect(readField(settings, "properties.due")).toBe("sr-due");
    expect(readField(settings, "mastery.4")).toBe("understood");
  });

  it.each([
    ["engine.concurrency", 0, /from 1 to 50/],
    ["engine.concurrency", 51, /from 1 to 50/],
    ["engine.concurrency", 1.5, /whole number/],
    ["engine.concurrency", "10", /whole number/],
    ["engine.concurrency", Number.NaN, /whole number/],
    ["engine.batchSize", 2001, /from 1 to 2000/],
    ["engine.lingerMs", -1, /from 0 to 10000/],
    ["engine.adaptive", "yes", /on or off/],
    ["engine.queueEvents", 9, /from 10 to 100000/],
    ["engine.workersMax", 11, /from 0 to 10/],
    ["engine.domainLimits", "neo4j", /one domain a line/],
    ["engine.domainLimits", "rps=4", /one domain a line/],
    ["engine.domainLimits", "neo4j rps=fast", /Expected rps of neo4j to be a number from 0.01 to 1000, got "fast"\.$/],
    ["engine.domainLimits", "neo4j concurrency=", /Expected concurrency of neo4j to be a whole number/],
    ["engine.domainLimits", "neo4j speed=4", /no limit speed/],
    ["engine.domainLimits", "neo4j rps=4\nneo4j rps=5", /one line only/],
    ["engine.domainLimits", 5, /text/],
    ["neo4j.enabled", "yes", /on or off/],
    ["neo4j.user", "  ", /Enter the user/],
    ["neo4j.database", "", /Enter the database/],
    ["neo4j.database", "a b", /letters, digits, dots and dashes/],
    ["neo4j.uri", "http://localhost:7474", /web page/],
    ["neo4j.uri", 5, /text/],
    ["capture.foldersIn", "Courses\\Maths", /as the vault shows it/],
    ["capture.foldersOut", "Courses/../Secret", /as the vault shows it/],
    ["mastery.1", "expert", /one of the levels/],
    ["diagnostics.logLevel", "chatty", /one of the levels/],
  ])("refuses %s = %j", (key, value, message) => {
    expect(checkField(key, value)).toMatch(message);
    expect(() => writeField(settings, key, value as string)).toThrow(message);
  });

  it("writes one field and leaves the others and the old value alone", () => {
    const changed = writeField(settings, "neo4j.uri", " bolt://localhost:7688 ");
    expect(changed).toEqual({ ...settings, neo4j: { ...settings.neo4j, uri: "bolt://localhost:7688" } });
    expect(settings.neo4j.uri).toBe("bolt://localhost:7687");
  });

  it("keeps folders one a line, cleaned and each once", () => {
    const changed = writeField(settings, "capture.foldersIn", "/Courses/Maths/\n\n Courses/Maths \nExams");
    expect(changed.capture.foldersIn).toEqual(["Courses/Maths", "Exams"]);
    expect(readField(changed, "capture.foldersIn")).toBe("Courses/Maths\nExams");
  });

  it("keeps limits one domain a line, also of a folder with spaces in its name", () => {
    const lines = "neo4j concurrency=4 rps=2.5\n\n My notes  concurrency=2 ";
    const changed = writeField(settings, "engine.domainLimits", lines);
    expect(changed.engine.domainLimits).toEqual({
      neo4j: { concurrency: 4, rps: 2.5, burst: 3 },
      "My notes": { concurrency: 2, rps: null, burst: 1 },
    });
    const shown = readField(changed, "engine.domainLimits");
    expect(shown).toBe("neo4j concurrency=4 rps=2.5 burst=3\nMy notes concurrency=2");
    expect(writeField(settings, "engine.domainLimits", shown).engine.domainLimits).toEqual(changed.engine.domainLimits);
  });

  it("turns adaptive sending off", () => {
    expect(writeField(settings, "engine.adaptive", false).engine).toEqual({ ...settings.engine, adaptive: false });
  });

  it("takes the level of a colour away", () => {
    const changed = writeField(settings, "mastery.6", "");
    expect(Object.keys(changed.capture.masteryTable)).not.toContain("6");
    expect(readField(changed, "mastery.6")).toBe("");
    expect(writeField(changed, "mastery.6", "mastered").capture.masteryTable["6"]).toBe("mastered");
  });

  it("changes how much is logged", () => {
    expect(readField(settings, "diagnostics.logLevel")).toBe("warn");
    const changed = writeField(settings, "diagnostics.logLevel", "debug");
    expect(changed).toEqual({ ...settings, diagnostics: { logLevel: "debug" } });
  });

  it("lets a property be watched no more", () => {
    expect(writeField(settings, "properties.score", "").capture.properties.score).toBe("");
  });

  it.each(["vault", "neo4j", "neo4j.password", "engine.__proto__", "__proto__.x", "mastery.7", "constructor.name"])(
    "knows no field %s",
    (key) => {
      expect(() => readField(settings, key)).toThrow(/there is no setting/);
      expect(() => writeField(settings, key, "x")).toThrow(/there is no setting/);
    },
  );
});
