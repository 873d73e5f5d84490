import { existsSync } from "node:fs";
import { NodeCanvasFiles } from "../adapters/node/nodeCanvasFiles";
import { NodeDataFolder } from "../adapters/node/nodeDataFolder";
import { deviceFor, devicesFile, knownDevice } from "../adapters/node/nodeDevice";
import { NodeExportFiles } from "../adapters/node/nodeExportFiles";
import { nodeHasher } from "../adapters/node/nodeHasher";
import { nodeHmac } from "../adapters/node/nodeHmac";
import { NodeVaultFiles } from "../adapters/node/nodeVaultFiles";
import { isFolder, mintVaultId, pluginFolder, readPluginData, readVaultId } from "../adapters/node/nodeVaultIdentity";
import { createNeo4jGraphStore } from "../adapters/neo4j/neo4jGraphStore";
import { createConsoleLogger } from "../adapters/system/consoleLogger";
import { createLoggedNotices } from "../adapters/system/loggedNotices";
import { createSystemClock } from "../adapters/system/systemClock";
import { createSystemRandom } from "../adapters/system/systemRandom";
import { createWebhookPost } from "../adapters/system/webhookPost";
import { journaledVault, openEngine, viewEngine } from "../engine/index";
import type { DataFolder, Engine, EngineSettings, EngineView, GraphStore, PrivacyChoice } from "../engine/index";
import { isCaptured } from "../settings/folderFilter";
import { readSettings } from "../settings/readSettings";
import { engineSettings } from "../settings/engineSettings";
import type { Settings } from "../settings/schema";
import { UsageError, type HostOptions, type StoreOptions } from "./arguments";
import { holdLock } from "./holdLock";

/** A vault whose journal this process writes. */
export interface WritableVault {
  readonly engine: Engine;
  /** Whether the vault's settings let a path be read. */
  readonly captured: (path: string) => boolean;
  /** Rejects with LockHeld when another process takes the vault over. Never resolves. */
  readonly lost: Promise<never>;
  /** Flushes and lets go of the vault. */
  close(): Promise<void>;
}

const clock = createSystemClock();
const random = createSystemRandom();
// Standard output carries results only.
const sink = { debug: console.error, warn: console.error, error: console.error };
const logger = createConsoleLogger(() => (process.env["CANVAS_ENGRAM_DEBUG"] === undefined ? "error" : "debug"), sink);

/** Opens a vault to write its journal. Rejects with LockHeld when another headless writer has it. */
export async function openToWrite(host: HostOptions): Promise<WritableVault> {
  await requireVault(host.vault);
  // Data that cannot be read ends this before anything is made.
  await readVaultId(host.vault);
  const device = await deviceFor(host.vault, devicesFile(process.env));
  const folder = new NodeDataFolder(pluginFolder(host.vault), host.vault);
  const steps = [() => folder.close()];
  try {
    const lock = await holdLock(folder, device, clock, random);
    steps.unshift(() => lock.release());
    // Under the lock: two processes would mint two ids.
    const vault = await mintVaultId(host.vault, () => journaledVault({ folder, device, hasher: nodeHasher, logger }));
    const settings = await settingsOf(host.vault, vault);
    const { capture } = settings;
    const engine = await open(host, lock.folder, { vault, device, settings });
    steps.unshift(() => engine.stop());
    // Whoever works with the vault has waited for the store as long as it wanted to: the end waits for it no more.
    if (host.neo4j !== null) steps.unshift(() => engine.useStore(null));
    return { engine, captured: (path) => isCaptured(path, capture), lost: lock.lost, close: () => closeAll(steps) };
  } catch (error) {
    await closeAll(steps);
    throw error;
  }
}

/** Opens a vault to write, does the work, flushes and lets go of it. Rejects with LockHeld also when the vault is lost. */
export async function withVault<T>(host: HostOptions, work: (vault: WritableVault) => Promise<T>): Promise<T> {
  const vault = await openToWrite(host);
  try {
    return await Promise.race([work(vault), vault.lost]);
  } finally {
    await vault.close();
  }
}

export interface ViewedVault {
  readonly view: EngineView;
  /** This machine's id for the vault; empty when it never wrote there. */
  readonly device: string;
  close(): Promise<void>;
}

/** A device id that is never minted: a look by a machine without one finds only what others journaled. */
const NOBODY = "new";

/** Opens a vault to look: nothing in it changes, and no lock is taken. */
export async function openToRead(host: HostOptions): Promise<ViewedVault> {
  await requireVault(host.vault);
  const known = await knownDevice(host.vault, devicesFile(process.env));
  const folder = new NodeDataFolder(pluginFolder(host.vault), host.vault);
  const journaled = { folder, device: known ?? NOBODY, hasher: nodeHasher, logger };
  const vault = (await readVaultId(host.vault)) ?? (await journaledVault(journaled)) ?? "";
  const { capture, privacy } = await settingsOf(host.vault, vault);
  const vaultFiles = new NodeVaultFiles(host.vault, (path) => isCaptured(path, capture));
  const storeAddress = host.neo4j === null ? null : neo4jStore(host.neo4j, host, vault, privacy).address;
  const view = await viewEngine({ clock, hasher: nodeHasher, logger, folder, vaultFiles, vault, device: known ?? NOBODY, storeAddress });
  return { view, device: known ?? "", close: () => folder.close() };
}

async function requireVault(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const what = existsSync(path) ? `${path} is a file` : `there is no folder ${path}`;
  throw new UsageError(`${what}; give the folder of an Obsidian vault`);
}

/** What Obsidian's settings of this vault say: both hosts must see the same files, give colours the same meaning, and send no more. */
async function settingsOf(folder: string, vault: string): Promise<Settings> {
  return readSettings(await readPluginData(folder), () => vault);
}

interface Identity {
  readonly vault: string;
  readonly device: string;
  readonly settings: Settings;
}

async function open(host: HostOptions, folder: DataFolder, { vault, device, settings }: Identity): Promise<Engine> {
  const engine = await openEngine({
    clock,
    hasher: nodeHasher,
    random,
    logger,
    folder,
    vaultFiles: new NodeVaultFiles(host.vault, (path) => isCaptured(path, settings.capture)),
    canvasFiles: new NodeCanvasFiles(host.vault),
    exportFiles: new NodeExportFiles(host.vault),
    outlets: {
      notifier: createLoggedNotices(logger),
      notices: () => settings.notices,
      webhook: {
        settings: () => settings.webhook,
        secret: () => process.env["CANVAS_ENGRAM_WEBHOOK_SECRET"] ?? null,
        post: createWebhookPost(fetch),
        hmac: nodeHmac,
      },
      startJitterMs: () => settings.schedules.startJitterS * 1_000,
    },
    vault,
    device,
    settings: hostSettings(host, settings),
  });
  if (host.neo4j !== null) await engine.useStore(neo4jStore(host.neo4j, host, vault, settings.privacy));
  return engine;
}

function neo4jStore(store: StoreOptions, { concurrency }: HostOptions, vault: string, privacy: PrivacyChoice): GraphStore {
  return createNeo4jGraphStore({ ...store, vault, privacy, concurrency, clock, random });
}

/** What Obsidian's settings of the vault say, but for what has options of its own here. */
function hostSettings({ concurrency, batchSize, lingerMs }: HostOptions, settings: Settings): EngineSettings {
  return { ...engineSettings(settings), concurrency, batchSize, lingerMs };
}

async function closeAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: Error[] = [];
  for (const step of steps) {
    await step().catch((error: unknown) => failures.push(error instanceof Error ? error : new Error(String(error))));
  }
  const [first] = failures;
  if (first !== undefined) throw first;
}
