import { storedKinds } from "../../engine/index";
import type { StoredKind } from "../../engine/index";

/** Two questions about the rows of one kind; the texts never change, all data are in one map, as in a batch. */
export interface ReadStatements {
  /** The rows of given keys: one seek in the key's index for each. */
  readonly byKeys: string;
  /** The next rows by key: the index gives their order and is read no further than the page needs. */
  readonly after: string;
}

interface Shape {
  readonly pattern: (key: string) => string;
  readonly key: "uid" | "id";
  readonly canvas: string;
  readonly name: string;
  readonly linked: string;
}

const shapes: Readonly<Record<StoredKind, Shape>> = {
  canvas: entity("Canvas", { name: "x.path" }),
  node: entity("CanvasNode", { name: "x.id", canvas: "x.canvas", linked: "EXISTS { (:Canvas)-[:HAS_NODE]->(x) }" }),
  edge: { ...entity("", { name: "x.id", canvas: "x.canvas" }), pattern: (key) => `()-[x:CONNECTS_TO${key}]->()` },
  note: entity("Note", { name: "x.path" }),
  concept: entity("Concept", { name: "x.name" }),
  event: { ...entity("LearningEvent", { name: "x.type", linked: "EXISTS { (x)-[:ON]->() }" }), key: "id" },
};

export const readStatements: ReadonlyMap<StoredKind, ReadStatements> = new Map(storedKinds.map((kind) => [kind, statementsOf(kind)]));

function entity(label: string, columns: Partial<Pick<Shape, "canvas" | "name" | "linked">>): Shape {
  return { pattern: (key) => `(x:${label}${key})`, key: "uid", canvas: "null", name: "''", linked: "true", ...columns };
}

function statementsOf(kind: StoredKind): ReadStatements {
  const { pattern, key, canvas, name, linked } = shapes[kind];
  const row = `{key: x.${key}, clock: x.hlc, canvas: ${canvas}, name: ${name}, linked: ${linked}}`;
  const ours = "x.vault = $question.vault AND x.hlc IS NOT NULL";
  const byKeys = `UNWIND $question.keys AS key
  MATCH ${pattern(` {${key}: key}`)} WHERE ${ours}`;
  const after = `MATCH ${pattern("")} WHERE x.${key} > $question.after AND ${ours}
  WITH x ORDER BY x.${key} LIMIT $question.limit`;
  return { byKeys: inVault(byKeys, row), after: inVault(after, row) };
}

/** No row comes back when the database is not the one that was connected to. */
function inVault(match: string, row: string): string {
  return `MATCH (v:Vault {id: $question.vault}) WHERE v.epoch = $question.epoch
CALL () {
  ${match}
  RETURN collect(${row}) AS rows
}
RETURN rows`;
}
