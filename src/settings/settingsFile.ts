import type { DataFolder, JsonObject } from "../engine/index";
import { isJsonObject } from "../engine/index";
import { keepAside } from "./keepAside";
import { readSettings, uuid } from "./readSettings";
import { defaultSettings } from "./schema";
import type { Settings } from "./schema";

const NAME = "data.json";
const COPY = "data.json.broken";
const HELP =
  "The settings file data.json is damaged, so nothing is read and nothing is saved. Repair it, or restore it from a backup; " +
  "removing it loses the settings.";

export interface SettingsFileParts {
  /** What the file holds; anything but an object where it is damaged or not there. */
  load(): Promise<unknown>;
  save(settings: Settings): Promise<void>;
  /** The plugin's folder, where the file lies. */
  readonly folder: Pick<DataFolder, "read" | "write">;
  mintVault(): string;
  /** The vault's UUID as the journals in the folder have it; null when there is none. */
  journaledVault(): Promise<string | null>;
}

/** What a start finds. */
export type FoundSettings =
  | { readonly kind: "read"; readonly settings: Settings }
  /** Defaults for the vault that the journals name, not saved yet. `copy` is the file that has the damaged text now. */
  | { readonly kind: "recovered"; readonly settings: Settings; readonly copy: string }
  /** Nobody knows which vault this is: these settings are for show only, and nothing is saved. */
  | { readonly kind: "refused"; readonly settings: Settings };

/** What a later look finds. */
export type ReloadedSettings =
  | { readonly kind: "read"; readonly settings: Settings }
  /** Damaged or gone: what is in use is better. `first` is false when the look before found the same. */
  | { readonly kind: "unreadable"; readonly first: boolean };

/**
 * The file of the settings. Other programs may tear it at any time, and it alone says which vault this is and what the
 * user keeps out, so a damaged one is never taken for an empty one.
 */
export class SettingsFile {
  private refusal: string | null = null;
  private unreadable = false;
  /** Saves that were begun, and what settles when none of them is under way. */
  private saves = 0;
  private saved: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: SettingsFileParts) {}

  /** Why nothing may be captured or saved, or null. */
  get refused(): string | null {
    return this.refusal;
  }

  /** The settings at start, written back where they had to be made, migrated or repaired, but never over a damaged file. */
  async open(): Promise<FoundSettings> {
    const loaded = await this.parts.load();
    if (isJsonObject(loaded) && namesVault(loaded)) return this.tidy(loaded, "");
    try {
      const text = isJsonObject(loaded) ? null : await this.parts.folder.read(NAME);
      return text === null ? await this.tidy(loaded, await this.vaultOfJournals()) : await this.recover(text);
    } catch (error) {
      return this.refuse(`${HELP} (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  /** The settings as somebody else may have changed them while they are in use here, in the vault with this UUID. */
  async reload(vault: string): Promise<ReloadedSettings> {
    const loaded = await this.loadSaved();
    const first = !this.unreadable;
    this.unreadable = !isJsonObject(loaded);
    if (!isJsonObject(loaded)) return { kind: "unreadable", first };
    this.refusal = null;
    return { kind: "read", settings: readSettings(loaded, () => vault) };
  }

  /** Rejects, and leaves the file alone, while it may not be replaced. */
  async save(settings: Settings): Promise<void> {
    if (this.refusal !== null) throw new Error(this.refusal);
    const saving = this.parts.save(settings);
    this.saves += 1;
    this.saved = Promise.allSettled([this.saved, saving]);
    await saving;
  }

  // A text from before a save that is under way would take back what the user has just set, and the next save keep it so.
  private async loadSaved(): Promise<unknown> {
    for (;;) {
      await this.saved;
      const { saves } = this;
      const loaded = await this.parts.load();
      if (saves === this.saves) return loaded;
    }
  }

  // A file that was lost, or the UUID in it, must not part the vault from its history.
  private async vaultOfJournals(): Promise<string> {
    const vault = await this.parts.journaledVault();
    return vault !== null && uuid.test(vault) ? vault : this.parts.mintVault();
  }

  private async tidy(loaded: unknown, vault: string): Promise<FoundSettings> {
    const settings = readSettings(loaded, () => vault);
    if (JSON.stringify(settings) !== JSON.stringify(loaded)) await this.parts.save(settings);
    return { kind: "read", settings };
  }

  private async recover(text: string): Promise<FoundSettings> {
    const vault = await this.parts.journaledVault();
    if (vault === null || !uuid.test(vault)) return this.refuse(HELP);
    const copy = await keepAside(this.parts.folder, COPY, text);
    return { kind: "recovered", settings: { ...defaultSettings(vault), indexConsent: "unknown" }, copy };
  }

  private refuse(reason: string): FoundSettings {
    this.refusal = reason;
    return { kind: "refused", settings: defaultSettings("") };
  }
}

function namesVault({ vault }: JsonObject): boolean {
  return typeof vault === "string" && uuid.test(vault);
}
