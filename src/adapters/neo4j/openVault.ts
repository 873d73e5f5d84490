import { isPrivacyLevel, privacyStep } from "../../engine/index";
import type { PrivacyChoice, Random, Signal, StoreFailure, StoredPrivacy } from "../../engine/index";
import type { Address } from "./address";
import type { Neo4jConnection, Ran } from "./connection";
import { removeVaultRows } from "./removeVaultData";
import { storeFailure } from "./storeFailure";

export interface OpenVaultParts {
  readonly connection: Neo4jConnection;
  readonly place: Address;
  readonly vault: string;
  readonly privacy: PrivacyChoice;
  readonly random: Random;
  readonly deadlineMs: number;
}

export type OpenedVault = { readonly kind: "opened"; readonly epoch: string } | StoreFailure;

// A vault row from before there were levels has none: everything was sent under `full`.
const look = `MERGE (v:Vault {id: $vault})
ON CREATE SET v.level = $level, v.levelSince = $since
SET v.epoch = coalesce(v.epoch, $epoch)
RETURN v.epoch AS epoch, coalesce(v.level, 'full') AS level, coalesce(v.levelSince, 0) AS since, coalesce(v.clearing, false) AS clearing`;

// The other epoch stops every writer of the old level, and `clearing` tells the next one to go on where this one ends.
const begin = `MATCH (v:Vault {id: $vault}) WHERE v.epoch = $known
SET v.epoch = $epoch, v.level = $level, v.levelSince = $since, v.clearing = true
RETURN v.epoch AS epoch`;

const end = "MATCH (v:Vault {id: $vault}) WHERE v.epoch = $known SET v.epoch = $epoch REMOVE v.clearing RETURN v.epoch AS epoch";

/**
 * The vault's epoch in the database. Where the vault was written under another level, all of it goes before: rows and
 * events that are there are never written anew, so that texts would stay in them.
 */
export async function openVault(parts: OpenVaultParts, signal: Signal): Promise<OpenedVault> {
  const looked = await ask(parts, look, signal);
  if (looked.kind === "failed") return looked;
  const found = looked.records[0];
  const known = String(found?.epoch);
  switch (privacyStep(parts.privacy, storedPrivacy(found))) {
    case "fits":
      return { kind: "opened", epoch: known };
    case "refused":
      return storeFailure("other-level", "OTHER_LEVEL", parts.place);
    case "clear":
      return clear(parts, known, signal);
  }
}

async function clear(parts: OpenVaultParts, known: string, signal: Signal): Promise<OpenedVault> {
  const begun = epochOf(parts, await ask(parts, begin, signal, known));
  if (begun.kind === "failed") return begun;
  // A batch that was under way when the epoch changed may still be kept behind the pass that would have removed it.
  for (let left = 1; left > 0;) {
    const removed = await removeVaultRows(parts.connection, parts.vault, parts.deadlineMs, signal);
    if (removed.kind === "failed") return removed;
    left = removed.entities;
  }
  return epochOf(parts, await ask(parts, end, signal, begun.epoch));
}

/** No row comes back where another device was faster: the next try finds out what it chose. */
function epochOf({ place }: OpenVaultParts, ran: Ran): OpenedVault {
  if (ran.kind === "failed") return ran;
  const epoch = ran.records[0]?.epoch;
  return typeof epoch === "string" ? { kind: "opened", epoch } : storeFailure("other-target", "OTHER_TARGET", place);
}

function ask({ connection, deadlineMs, privacy, random, vault }: OpenVaultParts, text: string, signal: Signal, known = ""): Promise<Ran> {
  const { level, since } = privacy;
  const epoch = random.uuid();
  return connection.run({ text, parameters: (toInteger) => ({ vault, level, since: toInteger(since), epoch, known }), deadlineMs }, signal);
}

// Somebody may have changed the properties by hand. A level that nobody knows may stand for any text.
function storedPrivacy(found: Readonly<Record<string, unknown>> | undefined): StoredPrivacy {
  const level = found?.level;
  const since = Number(found?.since ?? 0);
  return { level: isPrivacyLevel(level) ? level : "full", since: Number.isFinite(since) ? since : 0, clearing: found?.clearing === true };
}
