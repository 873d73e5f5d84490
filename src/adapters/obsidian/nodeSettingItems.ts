import type { Setting, SettingGroupItem } from "obsidian";
import { modelLimitRange, styleNames } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import type { NodeFieldKey } from "../../settings/nodeFields";
import { defaultNodeSections } from "../../settings/nodeSettings";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.nodes.settings;

/** `showSecret` adds the choice of a secret to its row. */
export function nodeItems(host: FieldHost, showSecret: (setting: Setting) => void): SettingGroupItem[] {
  const { max, min } = modelLimitRange;
  const range = fill(strings.settings.range, { min: String(min), max: String(max) });
  const styles = Object.fromEntries(styleNames.map((style) => [style, strings.nodes.styles[style]]));
  const text = (key: NodeFieldKey, name: string, desc: string, placeholder: string): SettingGroupItem => fieldRow(host, { key, name, desc, control: { kind: "text", placeholder } });
  return [
    fieldRow(host, { key: "nodes.generator", name: words.generator, desc: words.generatorHelp, control: { kind: "choice", options: { ...words.generators } } }),
    fieldRow(host, { key: "nodes.style", name: words.style, desc: words.styleHelp, control: { kind: "choice", options: styles } }),
    text("nodes.folder", words.folder, words.folderHelp, defaultNodeSections.nodes.folder),
    text("nodes.templateNote", words.template, words.templateHelp, "Templates/Explanation.md"),
    text("model.url", words.url, words.urlHelp, defaultNodeSections.model.url),
    text("model.name", words.name, words.nameHelp, "llama3.2"),
    { name: words.secret, desc: words.secretHelp, render: showSecret },
    fieldRow(host, { key: "model.limitS", name: words.limit, desc: `${words.limitHelp} ${range}`, control: { kind: "number", min, max, unit: strings.settings.units.seconds } }),
  ];
}
