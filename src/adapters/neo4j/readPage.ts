import type { Signal, StoredPage, StoredRow, StoreFailure, StoreQuestion } from "../../engine/index";
import type { Neo4jConnection } from "./connection";
import { readStatements } from "./readStatement";

export interface ReadFrom {
  readonly vault: string;
  readonly epoch: string;
  readonly deadlineMs: number;
}

/** Asks one question. Null when the database is another one than the epoch says. */
export async function readPage(
  connection: Neo4jConnection,
  question: StoreQuestion,
  { vault, epoch, deadlineMs }: ReadFrom,
  signal: Signal,
): Promise<StoredPage | StoreFailure | null> {
  const statements = readStatements.get(question.kind);
  if (statements === undefined) throw new RangeError(`expected a kind of rows, got ${question.kind}`);
  const ran = await connection.run(
    "keys" in question
      ? { text: statements.byKeys, parameters: () => ({ question: { vault, epoch, keys: question.keys } }), deadlineMs }
      : {
          text: statements.after,
          parameters: (toInteger) => ({ question: { vault, epoch, after: question.after ?? "", limit: toInteger(question.limit) } }),
          deadlineMs,
        },
    signal,
  );
  if (ran.kind === "failed") return ran;
  const answer = ran.records[0];
  if (answer === undefined) return null;
  const rows = answer.rows as readonly Readonly<Record<string, unknown>>[];
  const stored = rows.map(storedRow);
  const isLast = "keys" in question || stored.length < question.limit;
  return { kind: "rows", rows: stored, next: isLast ? null : (stored.at(-1)?.key ?? null) };
}

/** Another program may have changed any property: what is no text is read as none. */
function storedRow(found: Readonly<Record<string, unknown>>): StoredRow {
  const { key, clock, canvas, name, linked } = found;
  return { key: textOf(key), clock: textOf(clock), canvas: typeof canvas === "string" ? canvas : null, name: textOf(name), linked: linked === true };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
