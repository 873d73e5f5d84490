/** What a database needs before the first batch: name → statement. The prefix keeps the names apart from others. */
export const schemaStatements: ReadonlyMap<string, string> = new Map([
  ...(
    [
      ["vault", "Vault", "id"],
      ["canvas", "Canvas", "uid"],
      ["node", "CanvasNode", "uid"],
      ["note", "Note", "uid"],
      ["concept", "Concept", "uid"],
      ["event", "LearningEvent", "id"],
    ] as const
  ).map(([name, label, key]) => uniqueNode(`canvas_engram_${name}`, label, key)),
  [
    "canvas_engram_edge",
    "CREATE CONSTRAINT canvas_engram_edge IF NOT EXISTS FOR ()-[r:CONNECTS_TO]-() REQUIRE r.uid IS UNIQUE",
  ],
  ["canvas_engram_event_at", "CREATE INDEX canvas_engram_event_at IF NOT EXISTS FOR (n:LearningEvent) ON (n.at)"],
  [
    "canvas_engram_node_canvas",
    "CREATE INDEX canvas_engram_node_canvas IF NOT EXISTS FOR (n:CanvasNode) ON (n.canvas)",
  ],
]);

/** Constraints are indexes too, so one look tells what is there and ready. */
export const listIndexes = "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'canvas_engram_' RETURN name, state";

/** Seconds. Less than a statement may take, so that the server itself says that its indexes are not ready yet. */
export const awaitIndexes = "CALL db.awaitIndexes(15)";

function uniqueNode(name: string, label: string, key: string): [string, string] {
  return [name, `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${key} IS UNIQUE`];
}
