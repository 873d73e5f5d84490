import type { SettingGroupItem } from "obsidian";
import { strings } from "../../panel/text/strings";
import { logLevels } from "../../settings/fields";
import type { CommandHost } from "./commands";
import { copyDiagnostics } from "./copyDiagnostics";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";
import { reported } from "./reported";

const words = strings.settings;

export function diagnosticsItems(fields: FieldHost, host: Pick<CommandHost, "plugin" | "session">): SettingGroupItem[] {
  const options = Object.fromEntries(logLevels.map((level) => [level, words.logLevels[level]]));
  return [
    {
      name: strings.diagnostics.report,
      desc: strings.diagnostics.reportHelp,
      aliases: ["diagnostics", "debug"],
      render: (setting) => void setting.addButton((button) => button.setButtonText(strings.diagnostics.copy).onClick(() => reported(() => copyDiagnostics(host)))),
    },
    fieldRow(fields, { key: "diagnostics.logLevel", name: words.logLevel, desc: words.logLevelHelp, control: { kind: "choice", options } }),
  ];
}
