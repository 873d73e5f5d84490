import { describe, expect, it } from "vitest";
import { english } from "../../../src/panel/text/en/english";
import { spokenIn } from "../../../src/panel/text/languages";
import { isPluralForms } from "../../../src/panel/text/pluralForms";
import type { PluralForms } from "../../../src/panel/text/pluralForms";
import { chinese } from "../../../src/panel/text/zh/chinese";

type Leaf = readonly [key: string, text: string | PluralForms];

function leavesOf(table: object, path = ""): readonly Leaf[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): readonly Leaf[] => {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string" || isPluralForms(value)) return [[name, value]];
    return typeof value === "object" && value !== null ? leavesOf(value, name) : [];
  });
}

function textsOf(leaf: string | PluralForms): readonly string[] {
  return typeof leaf === "string" ? [leaf] : Object.values(leaf);
}

/** `{{title}}` is a variable of a template, which people type: it stays as it is. */
function placesOf(text: string): readonly string[] {
  return [...new Set(text.replaceAll(/\{\{\w+\}\}/g, "").match(/\{\w+\}/g) ?? [])].sort();
}

const languages = [
  ["English", "en", english],
  ["Chinese", "zh-CN", chinese],
] as const;

const ofEnglish = new Map(leavesOf(english));

/** The same in every language: names, and formats that are called so everywhere. */
const names = new Set(["title", "connection.title", "settings.neo4j", "settings.webhook", "exportForm.formats.json", "notices.failed", "settings.units.mb", "settings.addColorExample"]);
const isName = (key: string): boolean => names.has(key) || key.startsWith("settings.schemeNames.");

describe.each(languages)("%s", (_, locale, table) => {
  const leaves = leavesOf(table);

  it("has every text and no other", () => {
    expect(leaves.length).toBeGreaterThan(400);
    expect(leaves.map(([key]) => key).sort()).toEqual([...ofEnglish.keys()].sort());
  });

  it("has no empty text, and none with a space at its ends", () => {
    const wrong = leaves.filter(([key, leaf]) => !key.endsWith(".joint") && textsOf(leaf).some((text) => text === "" || text !== text.trim()));
    expect(wrong).toEqual([]);
  });

  it("fills in the same places", () => {
    const wrong = leaves.flatMap(([key, leaf]) => {
      const own = textsOf(leaf).map(placesOf);
      const wanted = textsOf(ofEnglish.get(key) ?? "").map(placesOf)[0] ?? [];
      return own.every((places) => JSON.stringify(places) === JSON.stringify(wanted)) ? [] : [`${key}: ${JSON.stringify(own)} instead of ${JSON.stringify(wanted)}`];
    });
    expect(wrong).toEqual([]);
  });

  it("has the plural forms of the language, all of them and no other", () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const plurals = leaves.flatMap(([key, leaf]) => (typeof leaf === "string" ? [] : [[key, Object.keys(leaf).sort()] as const]));
    expect(plurals.length).toBeGreaterThan(8);
    expect(plurals.filter(([, own]) => JSON.stringify(own) !== JSON.stringify([...forms].sort()))).toEqual([]);
  });
});

describe("Chinese", () => {
  const texts = leavesOf(chinese).flatMap(([key, leaf]) => textsOf(leaf).map((text) => [key, text] as const));
  const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

  it("leaves no English text as it is", () => {
    const kept = texts.filter(([key, text]) => /[a-z]{2}/i.test(text.replaceAll(/\{\w+\}/g, "")) && !isChinese(text) && !isName(key));
    expect(kept).toEqual([]);
  });

  it("has the punctuation of Chinese", () => {
    const plain = texts.filter(([, text]) => isChinese(text) && /[\p{Script=Han}}][,;:!?]|\p{Script=Han}\.(?!\p{L})|[\p{Script=Han}]\(|\.\.\./u.test(text));
    expect(plain).toEqual([]);
  });
});

describe("the language that is spoken", () => {
  it.each([
    ["zh", chinese, "zh-CN"],
    ["zh-CN", chinese, "zh-CN"],
    ["zh-TW", english, "en"],
    ["en", english, "en"],
    ["en-GB", english, "en-GB"],
    ["de", english, "en"],
    ["", english, "en"],
  ] as const)("where the app speaks %j", (code, texts, locale) => {
    expect(spokenIn(code)).toEqual({ texts, locale });
  });
});
