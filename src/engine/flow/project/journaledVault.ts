import type { Hasher } from "../../kernel/hash";
import type { Logger } from "../../kernel/logger";
import { readEvent } from "../../learning/readEvent";
import type { DataFolder } from "../../journal/port";
import { readJournal } from "../../journal/readJournal";
import { readOnlyFolder } from "./readOnlyFolder";

export interface JournaledVaultParts {
  /** The plugin's folder. */
  readonly folder: DataFolder;
  readonly device: string;
  readonly hasher: Hasher;
  readonly logger: Logger;
}

/**
 * The UUID of the vault that the journals are about: what this device's last event says, else another device's; null
 * where there is no event. Changes nothing. Rejects with StorageError.
 */
export async function journaledVault({ folder, device, hasher, logger }: JournaledVaultParts): Promise<string | null> {
  const journal = await readJournal({ folder: readOnlyFolder(folder), device, logger, codec: { hasher, readEvent } });
  for (const one of journal.devices()) {
    const { last } = journal.present(one);
    if (last === null) continue;
    for await (const event of journal.read({ device: one, from: last })) return event.vault;
  }
  return null;
}
