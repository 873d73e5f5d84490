import type { SettingGroupItem } from "obsidian";
import { strings } from "../../panel/text/strings";
import type { FieldKey } from "../../settings/fields";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;

/** `colors`: the page of the colours. */
export function captureItems(host: FieldHost, colors: SettingGroupItem): SettingGroupItem[] {
  const toggle = (key: FieldKey, name: string, desc: string): SettingGroupItem => fieldRow(host, { key, name, desc, control: { kind: "toggle" } });
  const property = (key: FieldKey, name: string): SettingGroupItem => fieldRow(host, { key, name, desc: "", control: { kind: "text" } });
  return [
    fieldRow(host, { key: "capture.foldersIn", name: words.foldersIn, desc: words.foldersInHelp, control: { kind: "lines", placeholder: words.foldersExample } }),
    fieldRow(host, { key: "capture.foldersOut", name: words.foldersOut, desc: words.foldersOutHelp, control: { kind: "lines" } }),
    colors,
    toggle("capture.canvases", words.canvases, words.canvasesHelp),
    toggle("capture.notes", words.notes, words.notesHelp),
    toggle("capture.records", words.records, words.recordsHelp),
    {
      type: "page",
      name: words.properties,
      desc: words.propertiesHelp,
      items: [
        property("properties.score", words.propertyScore),
        property("properties.mastery", words.propertyMastery),
        property("properties.due", words.propertyDue),
        property("properties.interval", words.propertyInterval),
        property("properties.ease", words.propertyEase),
      ],
    },
  ];
}
