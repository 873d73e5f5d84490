import { createHash } from "node:crypto";
import type { CanvasRow, ConceptRow, EdgeRow, EventRow, NodeRow, NoteRow, StoreBatch } from "../../src/engine/index";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, nodeRow, noteRow } from "../contracts/graphRows";
import type { Cypher, Row } from "./cypher";

/** Every row of a vault, read back from labels, properties and relationships. Stand-ins are no rows. */
export async function readVault(cypher: Cypher, vault: string): Promise<StoreBatch> {
  const entities = async (label: string): Promise<readonly Row[]> => {
    const found = await cypher.run(
      `MATCH (n:${label} {vault: $vault}) WHERE n.hlc IS NOT NULL RETURN properties(n) AS n`,
      { vault },
    );
    return found.map((row) => row.n as Row);
  };
  const edges = await cypher.run(
    "MATCH (a)-[x:CONNECTS_TO {vault: $vault}]->(b) RETURN properties(x) AS x, a.uid AS from, b.uid AS to",
    { vault },
  );
  const events = await cypher.run(
    "MATCH (e:LearningEvent {vault: $vault})-[:ON]->(about) RETURN properties(e) AS e, about.uid AS about",
    { vault },
  );
  return batchOf(vault, {
    canvases: (await entities("Canvas")).map((found) => whole<CanvasRow>(canvasRow("", ""), found)),
    nodes: (await entities("CanvasNode")).map((found) => whole<NodeRow>(nodeRow("", "", ""), found)),
    notes: (await entities("Note")).map((found) => whole<NoteRow>(noteRow("", ""), found)),
    concepts: (await entities("Concept")).map((found) => whole<ConceptRow>(conceptRow("", ""), found)),
    edges: edges.map(({ x, from, to }) => whole<EdgeRow>(edgeRow("", "", "", ["", ""]), { ...(x as Row), from, to })),
    events: events.map(({ e, about }) => whole<EventRow>(eventRow("", "", ""), { ...(e as Row), about })),
  });
}

/** The found values, with null for each property of the template that is not there. */
function whole<T extends object>(template: T, found: Row): T {
  const lacking = Object.fromEntries(Object.keys(template).map((key) => [key, null]));
  return { ...lacking, ...found } as T;
}

export interface VaultHash {
  readonly nodes: number;
  readonly relationships: number;
  /** SHA-256 over all labels, properties with their types, and relationships with their ends. */
  readonly hash: string;
}

const typedProperties = "[key IN keys(x) | key + ':' + valueType(x[key]) + '=' + toString(x[key])] AS properties";

/** Everything that the database holds of a vault. The vault's own id is left out, so that vaults can be compared. */
export async function vaultHash(cypher: Cypher, vault: string): Promise<VaultHash> {
  const nodes = await cypher.run(`MATCH (x) WHERE x.vault = $vault RETURN labels(x) AS kind, ${typedProperties}`, {
    vault,
  });
  const relationships = await cypher.run(
    `MATCH (a)-[x]->(b) WHERE a.vault = $vault
     RETURN type(x) AS kind, coalesce(a.uid, a.id) AS from, coalesce(b.uid, b.id) AS to, ${typedProperties}`,
    { vault },
  );
  const lines = [...nodes, ...relationships].map((row) => {
    const properties = [...(row.properties as readonly string[])].sort();
    return JSON.stringify({ ...row, properties }).replaceAll(vault, "vault");
  });
  const hash = createHash("sha256").update(lines.sort().join("\n")).digest("hex");
  return { nodes: nodes.length, relationships: relationships.length, hash };
}
