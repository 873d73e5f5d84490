import type { SettingGroupItem } from "obsidian";
import { fill, strings } from "../../panel/text/strings";
import type { Format } from "../../panel/text/format";
import { ranges } from "../../settings/schema";
import type { WorkSettings } from "../../settings/schema";
import { fieldRow } from "./fieldRow";
import type { FieldHost } from "./fieldRow";

const words = strings.settings;

/** A number of the engine, with its unit and its range in the help. */
export function numberItem(host: FieldHost, format: Format, name: keyof typeof ranges & keyof WorkSettings, label: string, help: string, unit = ""): SettingGroupItem {
  const { max, min } = ranges[name];
  const range = fill(words.range, { min: format.count(min), max: format.count(max) });
  return fieldRow(host, { key: `engine.${name}`, name: label, desc: `${help} ${range}`, control: { kind: "number", min, max, unit } });
}

/** `resetAll` asks first. */
export function engineItems(host: FieldHost, format: Format, resetAll: () => void): SettingGroupItem[] {
  const number = (...given: [keyof typeof ranges, string, string, string?]): SettingGroupItem => numberItem(host, format, ...given);
  const { units } = words;
  return [
    number("concurrency", words.concurrency, words.concurrencyHelp, units.batches),
    number("batchSize", words.batchSize, words.batchSizeHelp, units.events),
    number("lingerMs", words.linger, words.lingerHelp, units.ms),
    fieldRow(host, { key: "engine.adaptive", name: words.adaptive, desc: words.adaptiveHelp, control: { kind: "toggle" } }),
    number("targetLatencyMs", words.targetLatency, words.targetLatencyHelp, units.ms),
    {
      type: "page",
      name: words.limits,
      desc: words.limitsHelp,
      items: [
        number("queueEvents", words.queueEvents, words.queueEventsHelp, units.events),
        number("ageingMs", words.ageing, words.ageingHelp, units.ms),
        number("workersMin", words.workersMin, words.workersMinHelp, units.workers),
        number("workersMax", words.workersMax, words.workersMaxHelp, units.workers),
        fieldRow(host, { key: "engine.domainLimits", name: words.domainLimits, desc: words.domainLimitsHelp, control: { kind: "lines", placeholder: "neo4j concurrency=4 rps=10 burst=20" }, aliases: [words.rateAlias] }),
      ],
    },
    {
      type: "page",
      name: words.failing,
      desc: words.failingHelp,
      items: [
        number("retryAttempts", words.retryAttempts, words.retryAttemptsHelp, units.times),
        number("retryBaseMs", words.retryBase, words.retryBaseHelp, units.ms),
        number("retryMostMs", words.retryMost, words.retryMostHelp, units.ms),
        number("breakerFailures", words.breakerFailures, words.breakerFailuresHelp, units.failures),
        number("breakerFirstMs", words.breakerFirst, words.breakerFirstHelp, units.ms),
        number("breakerMostMs", words.breakerMost, words.breakerMostHelp, units.ms),
      ],
    },
    { name: words.resetAll, desc: words.resetAllHelp, action: resetAll },
  ];
}
