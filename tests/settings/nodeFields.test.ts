import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkField, readField, writeField } from "../../src/settings/fields";
import { nodeTaskSettings } from "../../src/settings/nodeSettings";
import { readSettings } from "../../src/settings/readSettings";
import { defaultSettings } from "../../src/settings/schema";

const vault = "11111111-2222-4333-8444-555555555555";
const settings = defaultSettings(vault);
const read = (data: unknown): ReturnType<typeof readSettings> => readSettings(data, () => vault);
const fields = ["nodes.generator", "nodes.folder", "nodes.templateNote", "nodes.style", "model.url", "model.name", "model.limitS", "model.secretId"];

describe("the settings of tasks on cards", () => {
  it("ask no model unless a person wants it, and have agreed to nothing", () => {
    expect(readField(settings, "nodes.generator")).toBe("template");
    expect(nodeTaskSettings(settings)).toEqual({
      generator: "template",
      folder: "Explanations",
      templateNote: "",
      style: "plain-words",
      model: { url: "http://localhost:11434/v1", name: "", limitS: 120, agreed: "" },
    });
  });

  it.each([
    ["nodes.generator", "oracle", /one of the two/],
    ["nodes.style", "loud", /one of the styles/],
    ["nodes.folder", "../outside", /leads out of the vault/],
    ["nodes.folder", ".hidden", /hidden/],
    ["nodes.templateNote", "Template.txt", /Choose a note/],
    ["model.url", "http://192.168.1.4/v1", /Use https/],
    ["model.url", "https://me:hunter22@example.com/v1", /Leave user and password out/],
    ["model.name", 4, /text/],
    ["model.limitS", 4, /from 5 to 3600/],
  ])("refuse %s = %j", (key, value, message) => {
    expect(checkField(key, value)).toMatch(message);
    expect(() => writeField(settings, key, value as string)).toThrow(message);
  });

  it("have no field for what only the dialog may say", () => {
    expect(() => checkField("model.agreed", "https://example.com")).toThrow("there is no setting model.agreed");
  });

  it("forget no consent when another field changes, and an address that changes is another one", () => {
    const agreed = { ...settings, model: { ...settings.model, agreed: "http://localhost:11434/v1/chat/completions" } };
    expect(writeField(agreed, "model.name", " llama3.2 ").model).toEqual({ ...agreed.model, name: "llama3.2" });
  });

  it("are read field by field, and what is not known rides along", () => {
    const found = read({
      nodes: { generator: "model", folder: 3, style: "comparison", later: true },
      model: { url: "https://me:hunter22@example.com/v1", name: "m", limitS: 1e9, agreed: 7, later: 1 },
    });
    expect(found.nodes).toEqual({ generator: "model", folder: "Explanations", templateNote: "", style: "comparison", later: true });
    expect(found.model).toEqual({ url: "http://localhost:11434/v1", name: "m", limitS: 3_600, secretId: "", agreed: "", later: 1 });
  });

  it("are usable whatever the file holds", () => {
    fc.assert(
      fc.property(fc.anything(), (section) => {
        const found = read({ nodes: section, model: section });
        for (const key of ["nodes.generator", "nodes.style", "model.limitS", "model.secretId"]) expect(checkField(key, readField(found, key))).toBeNull();
        expect(fields.every((key) => readField(found, key) !== undefined)).toBe(true);
      }),
    );
  });
});
