import type { Setting, SettingGroupItem } from "obsidian";
import { strings } from "../../panel/text/strings";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;

export interface ConnectionRows {
  /** Draws the choice of the password. */
  password(setting: Setting): void;
  /** Draws the test. */
  test(setting: Setting): void;
}

export function connectionItems(host: FieldHost, rows: ConnectionRows): SettingGroupItem[] {
  return [
    fieldRow(host, { key: "neo4j.enabled", name: words.enabled, desc: words.enabledHelp, control: { kind: "toggle" }, aliases: [words.connectAlias] }),
    fieldRow(host, { key: "neo4j.uri", name: words.uri, desc: words.uriHelp, control: { kind: "text", placeholder: "bolt://localhost:7687" }, aliases: ["URI", "URL", "Bolt"] }),
    { type: "page", name: words.schemes, desc: words.schemesHelp, items: schemeItems() },
    fieldRow(host, { key: "neo4j.user", name: words.user, desc: words.userHelp, control: { kind: "text", placeholder: "neo4j" } }),
    { name: words.password, desc: words.passwordHelp, render: (setting) => rows.password(setting) },
    fieldRow(host, { key: "neo4j.database", name: words.database, desc: words.databaseHelp, control: { kind: "text", placeholder: "neo4j" } }),
    { name: words.test, desc: words.testHelp, render: (setting) => rows.test(setting) },
  ];
}

function schemeItems(): SettingGroupItem[] {
  return (["bolt", "boltS", "neo4j", "neo4jS"] as const).map((scheme) => ({ name: words.schemeNames[scheme], desc: words.schemeTexts[scheme] }));
}
