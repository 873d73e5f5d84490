import { Notice, PluginSettingTab, SecretComponent } from "obsidian";
import type { Setting, SettingDefinitionItem, SettingGroupItem } from "obsidian";
import type { ScheduleView } from "../../engine/index";
import { fill, strings } from "../../panel/text/strings";
import { trialText } from "../../panel/view/trialText";
import { withCustomColor, withoutColor } from "../../settings/customColors";
import { readField, withDefaultWork, writeField } from "../../settings/fields";
import type { FieldKey, FieldValue } from "../../settings/fields";
import type { Settings } from "../../settings/schema";
import { captureItems } from "./captureSettingItems";
import { colorPage } from "./colorSettingItems";
import { backUp } from "./commands";
import type { CommandHost } from "./commands";
import { confirm } from "./confirmModal";
import { connectionItems } from "./connectionSettingItems";
import { diagnosticsItems } from "./diagnosticsSettingItems";
import { engineItems } from "./engineSettingItems";
import { PANEL_ICON } from "./engramPanel";
import { exportInto } from "./exportInto";
import type { FieldHost } from "./fieldRow";
import { keepPlace } from "./keepPlace";
import { nodeItems } from "./nodeSettingItems";
import { openDataFolder } from "./openDataFolder";
import { privacyItems } from "./privacySettingItems";
import { reported } from "./reported";
import { scheduleRows } from "./scheduleSettingItems";
import { SettingWatch } from "./settingWatch";
import { storageItems } from "./storageSettingItems";
import { allowSystemNotices } from "./systemNotices";
import { rebuild } from "./taskCommands";
import { noticeItems, scheduleItems, webhookItems } from "./taskSettingItems";
import { editTemplate, newSchedule, removeTemplate, runTemplate } from "./templateCommands";
import { templateItems } from "./templateSettingItems";

const words = strings.settings;
/** Fields that hold the name of a secret. */
type SecretField = "neo4j.passwordSecretId" | "webhook.secretId" | "model.secretId";

/** The settings as Obsidian's own declarative form: searchable, checked at the field, kept through the session. */
export class SettingsTab extends PluginSettingTab {
  override icon = PANEL_ICON;

  private readonly session: CommandHost["session"];
  private readonly format: CommandHost["format"];
  private readonly fields: FieldHost;

  constructor(private readonly host: CommandHost) {
    super(host.plugin.app, host.plugin);
    this.session = host.session;
    this.format = host.format;
    const watch = new SettingWatch(host.session);
    host.plugin.register(() => watch.end());
    this.fields = { watch, read: (key) => readField(this.session.currentSettings, key), write: (key, value) => this.write(key, value) };
  }

  /** What a person needs first stands first: where to, what of, and how much. */
  override getSettingDefinitions(): SettingDefinitionItem[] {
    const { fields, format, session } = this;
    const secret = (field: SecretField) => (setting: Setting) => this.showSecret(setting, field);
    const ready = (): boolean => session.current() !== null;
    const connection = connectionItems(fields, { password: secret("neo4j.passwordSecretId"), test: (setting) => this.showTest(setting) });
    const example = { level: () => session.currentSettings.privacy.level, ready, example: (level: Settings["privacy"]["level"]) => session.current()?.sentExample(level) ?? null };
    const storage = {
      ready,
      sizes: () => session.current()?.storageSizes() ?? null,
      export: (what: "events" | "graph" | "stats") => reported(() => exportInto(this.host, what)),
      backUp: () => reported(() => backUp(this.host)),
      rebuild: () => reported(() => rebuild(this.host)),
      openFolder: () => reported(() => openDataFolder(this.host.plugin)),
    };
    return [
      { type: "group", heading: words.neo4j, items: connection },
      { type: "group", heading: words.capture, items: captureItems(fields, this.colors()) },
      { type: "group", heading: words.privacyHeading, items: privacyItems(fields, example) },
      { type: "group", heading: words.sending, items: engineItems(fields, format, () => void reported(() => this.resetWork())) },
      { type: "group", heading: words.schedules, items: scheduleItems(fields, this.scheduleRows(), this.templateItems()) },
      { type: "group", heading: strings.nodes.settings.heading, items: nodeItems(fields, secret("model.secretId")) },
      { type: "group", heading: strings.storage.heading, items: storageItems(fields, format, storage) },
      { type: "group", heading: words.notices, items: noticeItems(fields) },
      { type: "group", heading: words.webhook, items: webhookItems(fields, secret("webhook.secretId")) },
      { type: "group", heading: words.diagnostics, items: diagnosticsItems(fields, this.host) },
    ];
  }

  private async write(key: FieldKey, value: FieldValue): Promise<void> {
    if (key === "notices.system" && value === true && !(await this.mayTellSystem())) return;
    await this.change((settings) => writeField(settings, key, value, Date.now()));
  }

  private change(make: (settings: Settings) => Settings): Promise<void> {
    return reported(() => this.session.update(make(this.session.currentSettings)));
  }

  private redraw(): void {
    keepPlace(this.containerEl, () => this.update());
  }

  private colors(): SettingGroupItem {
    const table = (): Settings["capture"]["masteryTable"] => this.session.currentSettings.capture.masteryTable;
    const changed = async (masteryTable: Settings["capture"]["masteryTable"]): Promise<void> => {
      await this.change((settings) => ({ ...settings, capture: { ...settings.capture, masteryTable } }));
      this.redraw();
    };
    return colorPage(this.fields, table, {
      add: (color) => void changed(withCustomColor(table(), color, "learning")),
      remove: (color) => void changed(withoutColor(table(), color)),
      changed: () => this.redraw(),
    });
  }

  private async resetWork(): Promise<void> {
    const question = { title: words.resetAll, lines: [words.resetAllText], yes: words.resetAllYes, no: strings.confirm.cancel, destructive: true };
    if (!(await confirm(this.app, this.host.modals, question))) return;
    await this.change(withDefaultWork);
  }

  private templateItems(): SettingGroupItem[] {
    const { saved } = this.session.currentSettings.templates;
    return templateItems(saved, {
      start: (template) => void reported(() => runTemplate(this.host, template)),
      edit: (template) => editTemplate(this.host, template, () => this.redraw()),
      remove: (id, name) =>
        void reported(async () => {
          if (await removeTemplate(this.host, id, name)) this.redraw();
        }),
    });
  }

  private scheduleRows(): SettingGroupItem[] {
    const schedules = this.session.current()?.schedules ?? null;
    const list = (): readonly ScheduleView[] => this.session.current()?.schedules.list() ?? [];
    const change = (apply: () => Promise<unknown> | undefined): void =>
      void reported(async () => {
        await apply();
        this.redraw();
      });
    return scheduleRows(list(), this.format, {
      add: () => void reported(() => newSchedule(this.host, () => this.redraw())),
      pause: (id) => change(() => schedules?.pause(id)),
      resume: (id) => change(() => schedules?.resume(id)),
      remove: (schedule) => change(() => this.removeSchedule(schedule)),
      // A run moves its schedule's next time, and nobody else says so.
      watch: () => this.fields.watch.addText(() => JSON.stringify(list()), () => this.redraw()),
    });
  }

  private async removeSchedule({ id, task }: ScheduleView): Promise<void> {
    const rows = strings.scheduleRows;
    const question = { title: rows.removeTitle, lines: [fill(rows.removeText, { title: task.title })], yes: rows.remove, no: strings.confirm.cancel, destructive: true };
    if (await confirm(this.app, this.host.modals, question)) await this.session.current()?.schedules.remove(id);
  }

  private showSecret(setting: Setting, field: SecretField): void {
    setting.addComponent((element) =>
      new SecretComponent(this.app, element).setValue(String(this.fields.read(field))).onChange((name) => this.write(field, name)),
    );
  }

  private async mayTellSystem(): Promise<boolean> {
    const allowed = await allowSystemNotices();
    if (!allowed) new Notice(words.systemRefused);
    return allowed;
  }

  private showTest(setting: Setting): void {
    const said = setting.infoEl.createDiv({ cls: "setting-item-description canvas-engram-tested", attr: { "aria-live": "polite" } });
    setting.addButton((button) =>
      button.setButtonText(words.testButton).onClick(() =>
        reported(async () => {
          button.setDisabled(true).setButtonText(words.testing);
          said.setText("");
          try {
            const trial = await this.session.testConnection();
            setting.setErrorMessage(trial.kind === "connected" ? null : trial.message);
            if (trial.kind !== "connected") return;
            said.setText(trialText(trial, this.format));
            new Notice(trialText(trial, this.format));
          } finally {
            button.setDisabled(false).setButtonText(words.testButton);
          }
        }),
      ),
    );
  }
}
