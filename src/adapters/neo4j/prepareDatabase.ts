import type { Signal, StoreFailure } from "../../engine/index";
import type { Neo4jConnection } from "./connection";
import { awaitIndexes, listIndexes, schemaStatements } from "./schema";

/** Several devices may connect to a new database at once; the server then picks one and refuses the others. */
const rounds = 8;

type Prepared = { readonly kind: "prepared" } | StoreFailure;

/**
 * Makes the constraints and indexes that are missing, and waits until all of them work. `deadlineMs` is for each
 * statement. An index that needs longer goes on being built by the server, and a later call finds it.
 */
export async function prepareDatabase(
  connection: Neo4jConnection,
  deadlineMs: number,
  signal: Signal,
): Promise<Prepared> {
  let prepared = await makeMissing(connection, deadlineMs, signal);
  for (let round = 1; round < rounds && isContention(prepared); round += 1) {
    // No pause is needed: the refusal came after waiting for the other one's lock, and what it made is there now.
    prepared = await makeMissing(connection, deadlineMs, signal);
  }
  return prepared;
}

async function makeMissing(connection: Neo4jConnection, deadlineMs: number, signal: Signal): Promise<Prepared> {
  const listed = await connection.run({ text: listIndexes, deadlineMs }, signal);
  if (listed.kind === "failed") return listed;
  const online = new Set(listed.records.filter((index) => index.state === "ONLINE").map((index) => index.name));
  const missing = [...schemaStatements].filter(([name]) => !online.has(name)).map(([, text]) => text);
  if (missing.length === 0) return { kind: "prepared" };
  // One after the other: changes of the schema lock each other out.
  for (const text of [...missing, awaitIndexes]) {
    const made = await connection.run({ text, deadlineMs }, signal);
    if (made.kind === "failed") return made;
  }
  return { kind: "prepared" };
}

function isContention(prepared: Prepared): boolean {
  return prepared.kind === "failed" && prepared.class === "contention";
}
