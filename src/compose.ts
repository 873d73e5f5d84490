import { getLanguage, Notice, Platform } from "obsidian";
import type { Plugin } from "obsidian";
import { createNeo4jGraphStore } from "./adapters/neo4j/neo4jGraphStore";
import { addCliHandlers } from "./adapters/obsidian/cliHandlers";
import { addCommands } from "./adapters/obsidian/commands";
import type { CommandHost } from "./adapters/obsidian/commands";
import { addCodeBlock } from "./adapters/obsidian/codeBlock";
import { deviceId } from "./adapters/obsidian/deviceId";
import { canvasSelection, followSelection } from "./adapters/obsidian/canvasSelection";
import { EngramPanel, PANEL_TYPE } from "./adapters/obsidian/engramPanel";
import { holdDevice } from "./adapters/obsidian/holdDevice";
import { watchHost } from "./adapters/obsidian/hostEvents";
import { createObsidianCanvasFiles } from "./adapters/obsidian/obsidianCanvasFiles";
import { ObsidianExportFiles } from "./adapters/obsidian/obsidianExportFiles";
import { ObsidianDataFolder } from "./adapters/obsidian/obsidianDataFolder";
import { ObsidianNoteFiles } from "./adapters/obsidian/obsidianNoteFiles";
import { ObsidianVaultFiles } from "./adapters/obsidian/obsidianVaultFiles";
import { OpenModals } from "./adapters/obsidian/openModals";
import { openPanel } from "./adapters/obsidian/openViews";
import { perform } from "./adapters/obsidian/perform";
import { createApi } from "./adapters/obsidian/pluginApi";
import type { EngramApi } from "./adapters/obsidian/pluginApi";
import { reported } from "./adapters/obsidian/reported";
import { readSecret } from "./adapters/obsidian/secrets";
import { SettingsTab } from "./adapters/obsidian/settingsTab";
import { addRibbon } from "./adapters/obsidian/ribbon";
import { addStatusBar } from "./adapters/obsidian/statusBar";
import { createSystemNotices } from "./adapters/obsidian/systemNotices";
import { TaskNotices } from "./adapters/obsidian/taskNotices";
import { addUriHandler } from "./adapters/obsidian/uriHandler";
import { watchVault } from "./adapters/obsidian/vaultEvents";
import { createChatModel } from "./adapters/system/chatModel";
import { createConsoleLogger } from "./adapters/system/consoleLogger";
import { nobleHasher } from "./adapters/system/nobleHasher";
import { nobleHmac } from "./adapters/system/nobleHmac";
import { createSystemClock } from "./adapters/system/systemClock";
import { createSystemRandom } from "./adapters/system/systemRandom";
import { createWebhookPost } from "./adapters/system/webhookPost";
import { journaledVault, openEngine } from "./engine/index";
import type { NodeTaskHost, TaskOutlets, TaskView } from "./engine/index";
import { createFormat } from "./panel/text/format";
import type { AppAction } from "./panel/view/panelView";
import type { TabId } from "./panel/view/tabs";
import { taskNoticeText } from "./panel/view/taskNoticeText";
import { Session } from "./panel/session/session";
import type { SessionParts } from "./panel/session/session";
import type { StoreSettings } from "./panel/session/storeUse";
import { spokenIn } from "./panel/text/languages";
import { fill, speak, strings } from "./panel/text/strings";
import { engineSettings } from "./settings/engineSettings";
import type { DeviceKind } from "./settings/engineSettings";
import { nodeTaskSettings } from "./settings/nodeSettings";
import { isCaptured } from "./settings/folderFilter";
import type { Settings } from "./settings/schema";
import { SettingsFile } from "./settings/settingsFile";
import type { FoundSettings } from "./settings/settingsFile";

/** Milliseconds that an unload waits for what is under way. */
const UNLOAD_MS = 2000;

/** Milliseconds that a notice stays which says what to do. */
const LONG_NOTICE_MS = 20_000;

/** The plugin, put together. None of its promises rejects: what goes wrong is shown or logged. */
export interface Composition {
  readonly api: EngramApi;
  /** To be called when Obsidian's layout is ready: opens the engine and begins to listen to the vault. */
  start(): Promise<void>;
  openPanel(): Promise<void>;
  /** Reads `data.json` again, which another device or a person may have changed. */
  reloadSettings(): Promise<void>;
  close(): Promise<void>;
}

/** What there is before anything is shown. */
export interface Loaded {
  readonly random: ReturnType<typeof createSystemRandom>;
  readonly folder: ObsidianDataFolder;
  readonly device: ReturnType<typeof deviceId>;
  readonly settingsFile: SettingsFile;
  readonly found: FoundSettings;
}

/** Reads the settings. Registers nothing: the plugin may be unloaded meanwhile, and nobody would take it back. */
export async function loadSettings(plugin: Plugin): Promise<Loaded> {
  const { app } = plugin;
  const random = createSystemRandom();
  const logger = createConsoleLogger(() => "warn");
  const folder = new ObsidianDataFolder(app.vault.adapter, plugin.manifest.dir ?? `${app.vault.configDir}/plugins/${plugin.manifest.id}`);
  const device = deviceId(app, random);

  const settingsFile = new SettingsFile({
    load: () => plugin.loadData(),
    save: (next) => plugin.saveData(next),
    folder,
    mintVault: () => random.uuid(),
    journaledVault: () => journaledVault({ folder, device: device.id, hasher: nobleHasher, logger }),
  });
  return { random, folder, device, settingsFile, found: await settingsFile.open() };
}

/** Puts the plugin together and registers what it shows, all at once: nothing may be awaited here. */
export function compose(plugin: Plugin, { random, folder, device, settingsFile, found }: Loaded): Composition {
  const { app } = plugin;
  // Before anything is shown or registered: texts are looked up when they are shown, but names of commands only once.
  const { texts, locale } = spokenIn(getLanguage());
  speak(texts);
  const clock = createSystemClock();
  const logger = createConsoleLogger(() => session.currentSettings.diagnostics.logLevel);
  const format = createFormat(locale);

  const captured = (path: string): boolean => isCaptured(path, session.currentSettings.capture);
  const vaultFiles = new ObsidianVaultFiles(app, captured);
  const canvasFiles = createObsidianCanvasFiles(app, clock, logger);
  const exportFiles = new ObsidianExportFiles(app.vault.adapter);
  // Before the intake has decided, what the user agreed to counts.
  const mayCapture = (): boolean => session.intake.capturing || (session.intake.state.kind === "opening" && session.currentSettings.indexConsent === "granted");
  const ends = (ended: readonly TaskView[]): readonly string[] => taskNoticeText(ended, format);
  const notices = new TaskNotices({ clock, quiet: () => session.currentSettings.notices.quiet, textOf: (ended) => ends(ended).join("\n") });
  plugin.register(() => notices.hide());
  const systemNotices = createSystemNotices(() => session.currentSettings.notices.system, ends);
  const outlets: TaskOutlets = {
    notifier: {
      tell: (notice) => {
        notices.tell(notice);
        systemNotices.tell(notice);
      },
    },
    notices: () => session.currentSettings.notices,
    webhook: {
      settings: () => session.currentSettings.webhook,
      secret: () => readSecret(app, session.currentSettings.webhook.secretId),
      post: createWebhookPost((url, init) => window.fetch(url, init)),
      hmac: nobleHmac,
    },
    startJitterMs: () => session.currentSettings.schedules.startJitterS * 1_000,
  };
  const nodeTaskHost: NodeTaskHost = {
    settings: () => nodeTaskSettings(session.currentSettings),
    notes: new ObsidianNoteFiles(app),
    model: createChatModel((url, init) => window.fetch(url, init), clock),
    key: () => readSecret(app, session.currentSettings.model.secretId),
  };
  const hidden = (): boolean => document.visibilityState === "hidden";
  const store = (vault: string, { neo4j, privacy }: StoreSettings, password: string, concurrency: number): ReturnType<typeof createNeo4jGraphStore> =>
    createNeo4jGraphStore({ ...neo4j, privacy, password, concurrency, vault, clock, random });

  const scope = { window, locks: navigator.locks ?? null };
  const whereAndWho = { scope, oneWindow: Platform.isMobileApp, windowSince: performance.timeOrigin, folder, device: device.id, clock, random };

  const kind: DeviceKind = Platform.isMobile ? "phone" : "computer";
  const parts: SessionParts = {
    clock,
    logger,
    device: kind,
    settings: found.settings,
    openEngine: async (now: Settings, { lost, signal, waiting }) => {
      if (settingsFile.refused !== null) throw new Error(settingsFile.refused);
      const hold = await holdDevice({ ...whereAndWho, signal, onWait: () => waiting(true), onLost: lost });
      waiting(false);
      const release = (): Promise<void> => hold.release();
      try {
        const own = { folder: hold.folder, vault: now.vault, settings: engineSettings(now, kind) };
        const engine = await openEngine({ clock, hasher: nobleHasher, random, logger, vaultFiles, canvasFiles, exportFiles, mayCapture, hidden, outlets, nodeTaskHost, device: device.id, ...own });
        return { engine, release };
      } catch (error) {
        // A lock that stays goes stale by itself; why the engine did not open is what the user has to know.
        await release().catch((kept: unknown) => logger.warn(`The lock of this device could not be removed: ${String(kept)}`));
        throw error;
      }
    },
    openStore: store,
    tryStore: async (neo4j, password, signal) => {
      const { privacy, vault } = session.currentSettings;
      const tried = store(vault, { neo4j, privacy }, password, 1);
      try {
        const reached = await tried.reach(signal);
        return reached.kind === "reached" ? { ...reached, kind: "connected" } : reached;
      } finally {
        await tried.close();
      }
    },
    password: (secretId) => readSecret(app, secretId),
    saveSettings: (next) => settingsFile.save(next),
    selection: () => canvasSelection(app),
  };
  const session = new Session(parts);

  const act = (action: AppAction): void => void reported(() => perform(host, action));
  plugin.registerView(PANEL_TYPE, (leaf) => new EngramPanel(leaf, session, format, () => clock.now(), act));
  followSelection(plugin, session.learning);
  addCodeBlock({ plugin, session, format, clock, act });
  const showPanel = (tab: TabId | null = null): Promise<void> => reported(() => openPanel(app, tab));
  addRibbon(plugin, session, format, () => void showPanel());
  addStatusBar(plugin, session, format, () => void showPanel());
  addCliHandlers({ plugin, session, format, clock });
  addUriHandler(plugin);
  const host: CommandHost = {
    plugin,
    session,
    format,
    modals: new OpenModals(plugin),
    notices,
    openPanel: showPanel,
    removeDeviceData: () => session.startAnew(() => folder.removeFolder(`devices/${device.id}`)),
  };
  plugin.addSettingTab(new SettingsTab(host));
  addCommands(host);

  const start = async (): Promise<void> => {
    if (!device.kept) new Notice(strings.notices.deviceNotKept);
    if (found.kind === "recovered") new Notice(fill(strings.notices.settingsLost, { copy: found.copy }), LONG_NOTICE_MS);
    watchVault(plugin, captured, (change) => session.intake.pass(change));
    watchHost(plugin, { flush: () => session.flush(), wake: () => session.wake() });
    await session.start();
  };
  const reloadSettings = async (): Promise<void> => {
    const reloaded = await settingsFile.reload(session.currentSettings.vault);
    if (reloaded.kind === "read") session.adopt(reloaded.settings);
    else if (reloaded.first) new Notice(strings.notices.settingsStay);
  };

  return {
    api: createApi(session, clock, (what, error) => logger.error(`${what} failed: ${error instanceof Error ? error.message : String(error)}`)),
    start: () => reported(start),
    openPanel: () => showPanel(),
    reloadSettings: () => reported(reloadSettings),
    close: () =>
      session.close(UNLOAD_MS).catch((error: unknown) => {
        logger.error(`unloading failed, so the next start reads more of the journal: ${error instanceof Error ? error.message : String(error)}`);
      }),
  };
}
