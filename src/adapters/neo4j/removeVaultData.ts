import type { Signal, StoreFailure } from "../../engine/index";
import type { Neo4jConnection } from "./connection";

/** Small enough for a server's memory limit for one transaction, with texts of some kilobytes each. */
const chunk = 2_000;

/**
 * What to delete, in order. The vault's row goes first: from then on no writer of this connection's target can add
 * anything, and an interrupted removal is never taken for a complete copy of the journal.
 */
const steps: readonly { readonly text: string; readonly counts: boolean }[] = [
  { text: step("MATCH (x:Vault {id: $vault})", "DETACH DELETE x"), counts: false },
  { text: step("MATCH ()-[x:CONNECTS_TO {vault: $vault}]->()", "DELETE x"), counts: true },
  ...["LearningEvent", "CanvasNode", "Canvas", "Note", "Concept"].map((label) => ({
    text: step(`MATCH (x:${label} {vault: $vault})`, "DETACH DELETE x"),
    counts: true,
  })),
];

/** Deletes in many small transactions, so that a big vault meets no time or memory limit. May be repeated any time. */
export async function removeVaultData(
  connection: Neo4jConnection,
  vault: string,
  deadlineMs: number,
  signal: Signal,
): Promise<{ readonly kind: "removed"; readonly entities: number } | StoreFailure> {
  let entities = 0;
  for (const { text, counts } of steps) {
    for (let deleted = chunk; deleted === chunk;) {
      const ran = await connection.run({ text, parameters: () => ({ vault }), deadlineMs }, signal);
      if (ran.kind === "failed") return ran;
      deleted = Number(ran.records[0]?.deleted ?? 0);
      if (counts) entities += deleted;
    }
  }
  return { kind: "removed", entities };
}

function step(match: string, remove: string): string {
  return `${match} WITH x LIMIT ${chunk} ${remove} RETURN count(*) AS deleted`;
}
