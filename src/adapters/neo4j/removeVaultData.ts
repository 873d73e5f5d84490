import type { Signal, StoreFailure } from "../../engine/index";
import type { Neo4jConnection } from "./connection";

/** Small enough for a server's memory limit for one transaction, with texts of some kilobytes each. */
const chunk = 2_000;

const vaultStep = step("MATCH (x:Vault {id: $vault})", "DETACH DELETE x");

const rowSteps: readonly string[] = [
  step("MATCH ()-[x:CONNECTS_TO {vault: $vault}]->()", "DELETE x"),
  ...["LearningEvent", "CanvasNode", "Canvas", "Note", "Concept"].map((label) =>
    step(`MATCH (x:${label} {vault: $vault})`, "DETACH DELETE x"),
  ),
];

type Removed = { readonly kind: "removed"; readonly entities: number } | StoreFailure;

/**
 * Deletes in many small transactions, so that a big vault meets no time or memory limit. May be repeated any time. The
 * vault's row goes first: from then on no writer of this connection's target can add anything, and an interrupted
 * removal is never taken for a complete copy of the journal.
 */
export async function removeVaultData(connection: Neo4jConnection, vault: string, deadlineMs: number, signal: Signal): Promise<Removed> {
  const gone = await removeAll(connection, vaultStep, vault, deadlineMs, signal);
  return gone.kind === "failed" ? gone : removeVaultRows(connection, vault, deadlineMs, signal);
}

/** The same for everything but the vault's own row. */
export async function removeVaultRows(connection: Neo4jConnection, vault: string, deadlineMs: number, signal: Signal): Promise<Removed> {
  let entities = 0;
  for (const text of rowSteps) {
    const removed = await removeAll(connection, text, vault, deadlineMs, signal);
    if (removed.kind === "failed") return removed;
    entities += removed.entities;
  }
  return { kind: "removed", entities };
}

async function removeAll(connection: Neo4jConnection, text: string, vault: string, deadlineMs: number, signal: Signal): Promise<Removed> {
  let entities = 0;
  for (let deleted = chunk; deleted === chunk;) {
    const ran = await connection.run({ text, parameters: () => ({ vault }), deadlineMs }, signal);
    if (ran.kind === "failed") return ran;
    deleted = Number(ran.records[0]?.deleted ?? 0);
    entities += deleted;
  }
  return { kind: "removed", entities };
}

function step(match: string, remove: string): string {
  return `${match} WITH x LIMIT ${chunk} ${remove} RETURN count(*) AS deleted`;
}
