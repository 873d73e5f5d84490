import { Notice, PluginSettingTab, SecretComponent } from "obsidian";
import type { Setting, SettingDefinitionItem, SettingGroupItem } from "obsidian";
import type { ScheduleView } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import { trialText } from "../../panel/view/trialText";
import { checkField, logLevels, masteryLevels, readField, writeField } from "../../settings/fields";
import type { FieldKey, FieldValue, FolderField } from "../../settings/fields";
import { defaultSettings, ranges } from "../../settings/schema";
import type { CommandHost } from "./commands";
import { confirm } from "./confirmModal";
import { PANEL_ICON } from "./engramPanel";
import { nodeItems } from "./nodeSettingItems";
import { reported } from "./reported";
import { scheduleRows } from "./scheduleSettingItems";
import { allowSystemNotices } from "./systemNotices";
import { noticeItems, scheduleItems, webhookItems } from "./taskSettingItems";
import { editTemplate, newSchedule, removeTemplate, runTemplate } from "./templateCommands";
import { templateItems } from "./templateSettingItems";

const words = strings.settings;
/** Fields that hold the name of a secret. */
type SecretField = "neo4j.passwordSecretId" | "webhook.secretId" | "model.secretId";

const colors = ["1", "2", "3", "4", "5", "6"] as const;

/** The settings as Obsidian's own declarative form: searchable, checked at the field, kept through the session. */
export class SettingsTab extends PluginSettingTab {
  override icon = PANEL_ICON;

  private readonly session: CommandHost["session"];
  private readonly format: CommandHost["format"];

  constructor(private readonly host: Pick<CommandHost, "plugin" | "session" | "format" | "modals" | "notices">) {
    super(host.plugin.app, host.plugin);
    this.session = host.session;
    this.format = host.format;
  }

  override getSettingDefinitions(): SettingDefinitionItem[] {
    return [
      { type: "group", heading: words.neo4j, items: this.neo4jItems() },
      { type: "group", heading: words.sending, items: sendingItems() },
      { type: "group", heading: words.capture, items: captureItems() },
      { type: "group", heading: strings.nodes.settings.heading, items: nodeItems((setting) => this.showSecret(setting, "model.secretId")) },
      { type: "group", heading: words.schedules, items: scheduleItems(this.scheduleRows(), this.templateItems()) },
      { type: "group", heading: words.notices, items: noticeItems() },
      { type: "group", heading: words.webhook, items: webhookItems((setting) => this.showSecret(setting, "webhook.secretId")) },
      { type: "group", heading: words.diagnostics, items: [logLevelItem()] },
    ];
  }

  override getControlValue(key: string): FieldValue {
    return readField(this.session.currentSettings, key);
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    if (checkField(key, value) !== null) return;
    if (key === "notices.system" && value === true && !(await this.mayTellSystem())) return;
    await reported(() => this.session.update(writeField(this.session.currentSettings, key, value as FieldValue)));
    this.refreshDomState();
  }

  private neo4jItems(): SettingGroupItem[] {
    return [
      { name: words.enabled, desc: words.enabledHelp, control: { type: "toggle", key: key("neo4j.enabled") } },
      textItem("neo4j.uri", words.uri, words.uriHelp, "bolt://localhost:7687"),
      textItem("neo4j.user", words.user, words.userHelp, "neo4j"),
      { name: words.password, desc: words.passwordHelp, render: (setting) => this.showSecret(setting, "neo4j.passwordSecretId") },
      textItem("neo4j.database", words.database, words.databaseHelp, "neo4j"),
      { name: words.test, desc: words.testHelp, render: (setting) => this.showTest(setting) },
    ];
  }

  private templateItems(): SettingGroupItem[] {
    const { saved } = this.session.currentSettings.templates;
    return templateItems(saved, {
      start: (template) => void reported(() => runTemplate(this.host, template)),
      edit: (template) => editTemplate(this.host, template, () => this.update()),
      remove: (id, name) =>
        void reported(async () => {
          if (await removeTemplate(this.host, id, name)) this.update();
        }),
    });
  }

  private scheduleRows(): SettingGroupItem[] {
    const schedules = this.session.current()?.schedules ?? null;
    const change = (apply: () => Promise<unknown> | undefined): void =>
      void reported(async () => {
        await apply();
        this.update();
      });
    return scheduleRows(schedules?.list() ?? [], this.format, {
      add: () => void reported(() => newSchedule(this.host, () => this.update())),
      pause: (id) => change(() => schedules?.pause(id)),
      resume: (id) => change(() => schedules?.resume(id)),
      remove: (schedule) => change(() => this.removeSchedule(schedule)),
    });
  }

  private async removeSchedule({ id, task }: ScheduleView): Promise<void> {
    const rows = strings.scheduleRows;
    const question = { title: rows.removeTitle, lines: [fill(rows.removeText, { title: task.title })], yes: rows.remove, no: strings.confirm.cancel, destructive: true };
    if (await confirm(this.app, this.host.modals, question)) await this.session.current()?.schedules.remove(id);
  }

  private showSecret(setting: Setting, field: SecretField): void {
    setting.addComponent((element) =>
      new SecretComponent(this.app, element)
        .setValue(String(this.getControlValue(field)))
        .onChange((name) => this.setControlValue(field, name)),
    );
  }

  private async mayTellSystem(): Promise<boolean> {
    const allowed = await allowSystemNotices();
    if (!allowed) new Notice(words.systemRefused);
    this.refreshDomState();
    return allowed;
  }

  private showTest(setting: Setting): void {
    setting.addButton((button) =>
      button.setButtonText(words.testButton).onClick(() =>
        reported(async () => {
          button.setDisabled(true).setButtonText(words.testing);
          try {
            const trial = await this.session.testConnection();
            setting.setErrorMessage(trial.kind === "connected" ? null : trial.message);
            if (trial.kind === "connected") new Notice(trialText(trial, this.format));
          } finally {
            button.setDisabled(false).setButtonText(words.testButton);
          }
        }),
      ),
    );
  }
}

function sendingItems(): SettingGroupItem[] {
  return [
    numberItem("concurrency", words.concurrency, words.concurrencyHelp),
    numberItem("batchSize", words.batchSize, words.batchSizeHelp),
    numberItem("lingerMs", words.linger, words.lingerHelp),
    { name: words.adaptive, desc: words.adaptiveHelp, control: { type: "toggle", key: key("engine.adaptive") } },
    numberItem("targetLatencyMs", words.targetLatency, words.targetLatencyHelp),
    {
      type: "page",
      name: words.limits,
      desc: words.limitsHelp,
      items: [
        numberItem("queueEvents", words.queueEvents, words.queueEventsHelp),
        numberItem("ageingMs", words.ageing, words.ageingHelp),
        numberItem("journalLimitMb", words.journalLimit, words.journalLimitHelp),
        numberItem("workersMin", words.workersMin, words.workersMinHelp),
        numberItem("workersMax", words.workersMax, words.workersMaxHelp),
        linesItem("engine.domainLimits", words.domainLimits, words.domainLimitsHelp),
      ],
    },
  ];
}

function captureItems(): SettingGroupItem[] {
  return [
    linesItem("capture.foldersIn", words.foldersIn, words.foldersInHelp),
    linesItem("capture.foldersOut", words.foldersOut, words.foldersOutHelp),
    {
      type: "page",
      name: words.properties,
      desc: words.propertiesHelp,
      items: [
        textItem("properties.score", words.propertyScore, ""),
        textItem("properties.mastery", words.propertyMastery, ""),
        textItem("properties.due", words.propertyDue, ""),
        textItem("properties.interval", words.propertyInterval, ""),
        textItem("properties.ease", words.propertyEase, ""),
      ],
    },
    { type: "page", name: words.mastery, desc: words.masteryHelp, items: colors.map(colorItem) },
  ];
}

function textItem(field: FieldKey, name: string, desc: string, placeholder = ""): SettingGroupItem {
  return { name, desc, control: { type: "text", key: key(field), placeholder, validate: (value) => checkField(field, value) ?? "" } };
}

function numberItem(field: keyof typeof ranges, name: string, desc: string): SettingGroupItem {
  const fieldKey: FieldKey = `engine.${field}`;
  const defaultValue = defaultSettings("").engine[field];
  const { min, max } = ranges[field];
  return {
    name,
    desc,
    control: { type: "number", key: key(fieldKey), min, max, step: 1, defaultValue, validate: (value) => checkField(fieldKey, value) ?? "" },
  };
}

function linesItem(field: FolderField | "engine.domainLimits", name: string, desc: string): SettingGroupItem {
  return { name, desc, control: { type: "textarea", key: key(field), validate: (value) => checkField(field, value) ?? "" } };
}

function colorItem(color: (typeof colors)[number]): SettingGroupItem {
  const options = Object.fromEntries(masteryLevels.map((level) => [level, words.levels[level]]));
  return {
    name: words.colors[color],
    control: { type: "dropdown", key: key(`mastery.${color}`), options: { "": words.levels.none, ...options } },
  };
}

function logLevelItem(): SettingGroupItem {
  const options = Object.fromEntries(logLevels.map((level) => [level, words.logLevels[level]]));
  return { name: words.logLevel, desc: words.logLevelHelp, control: { type: "dropdown", key: key("diagnostics.logLevel"), options } };
}

/** Only known fields become keys of controls. */
function key(field: FieldKey): FieldKey {
  return field;
}
