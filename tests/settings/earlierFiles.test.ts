import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { engineSettings } from "../../src/settings/engineSettings";
import { checkField, fieldKeys, readField } from "../../src/settings/fields";
import { readSettings } from "../../src/settings/readSettings";
import { defaultSettings } from "../../src/settings/schema";

const folder = join(dirname(fileURLToPath(import.meta.url)), "earlierFiles");
const read = (name: string): Record<string, Record<string, unknown>> => JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, Record<string, unknown>>;

/** One file of every shape that settings ever had, and one of a version that is still to come. */
describe.each(readdirSync(folder))("the settings file %s", (name) => {
  const file = read(name);
  const settings = readSettings(file, () => "minted");

  it("loads with everything that it says, and the defaults for what it does not", () => {
    expect(settings).toMatchObject(file);
    for (const key of fieldKeys(settings)) expect(checkField(key, readField(settings, key)), key).toBeNull();
    expect(settings.vault).toBe("11111111-2222-4333-8444-555555555555");
    expect(engineSettings(settings)).toMatchObject({ records: true, retry: { attempts: 5 } });
    expect(settings.privacy).toMatchObject(defaultSettings("").privacy);
  });

  it("is written back with nothing lost, and reads the same again", () => {
    const back = JSON.parse(JSON.stringify(settings)) as unknown;
    expect(back).toMatchObject(file);
    expect(readSettings(back, () => "minted")).toEqual(settings);
  });
});
