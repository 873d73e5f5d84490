import type { Setting, SettingGroupItem } from "obsidian";
import { modelLimitRange, styleNames } from "../../engine/index";
import { strings } from "../../panel/text/strings";
import { checkField } from "../../settings/fields";
import type { NodeFieldKey } from "../../settings/nodeFields";
import { defaultNodeSections } from "../../settings/nodeSettings";

const words = strings.nodes.settings;

/** `showSecret` adds the choice of a secret to its row. */
export function nodeItems(showSecret: (setting: Setting) => void): SettingGroupItem[] {
  const { max, min } = modelLimitRange;
  const limit = key("model.limitS");
  const styles = Object.fromEntries(styleNames.map((style) => [style, strings.nodes.styles[style]]));
  return [
    { name: words.generator, desc: words.generatorHelp, control: { type: "dropdown", key: key("nodes.generator"), options: { ...words.generators } } },
    { name: words.style, desc: words.styleHelp, control: { type: "dropdown", key: key("nodes.style"), options: styles } },
    text("nodes.folder", words.folder, words.folderHelp, defaultNodeSections.nodes.folder),
    text("nodes.templateNote", words.template, words.templateHelp, "Templates/Explanation.md"),
    text("model.url", words.url, words.urlHelp, defaultNodeSections.model.url),
    text("model.name", words.name, words.nameHelp, "llama3.2"),
    { name: words.secret, desc: words.secretHelp, render: showSecret },
    {
      name: words.limit,
      desc: words.limitHelp,
      control: { type: "number", key: limit, min, max, step: 1, defaultValue: defaultNodeSections.model.limitS, validate: (value) => checkField(limit, value) ?? "" },
    },
  ];
}

function text(field: NodeFieldKey, name: string, desc: string, placeholder: string): SettingGroupItem {
  return { name, desc, control: { type: "text", key: key(field), placeholder, validate: (value) => checkField(field, value) ?? "" } };
}

/** Only known fields become keys of controls. */
function key(field: NodeFieldKey): NodeFieldKey {
  return field;
}
