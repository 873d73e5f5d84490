/**
 * The one statement of every batch. The text never changes, so the server plans it once; all data are parameters,
 * and any list may be empty. One row comes back, or none when the database is not the one that was connected to.
 *
 * Why it is written this way:
 * - All data are in one map. The server keeps a plan for each combination of size classes of list parameters, and
 *   planning this statement takes about a second; of a list inside a map it knows no size, so there is one plan.
 * - Canvases come first, then notes and concepts. Setting `vault` to the value it always has takes the write lock
 *   before the clock is read: without a lock two writers may both read the older clock and the lower one may win.
 *   Everything of a canvas is then written under its canvas's lock. All lists arrive sorted by key, so that two batches
 *   never wait for each other in a circle.
 * - Each uid stands once in its list: the guard is evaluated for all rows before any of them is written.
 * - A row without a clock is a stand-in: it makes the entity findable for an edge or event and says nothing about it.
 * - An edge row replaces the whole relationship, because an edge may have got other ends and a relationship cannot.
 */
export const writeStatement = [
  "MATCH (v:Vault {id: $batch.vault}) WHERE v.epoch = $batch.epoch",
  upsertLocked("canvases", "Canvas"),
  upsertLocked("notes", "Note"),
  upsertLocked("concepts", "Concept"),
  `CALL () {
  UNWIND $batch.nodes AS r
  OPTIONAL MATCH (c:Canvas {uid: r.canvas})
  MERGE (n:CanvasNode {uid: r.uid})
  ON CREATE SET n.vault = $batch.vault, n.canvas = r.canvas
  FOREACH (canvas IN CASE WHEN c IS NULL THEN [] ELSE [c] END | MERGE (canvas)-[:HAS_NODE]->(n))
  WITH n, r WHERE r.hlc IS NOT NULL AND (n.hlc IS NULL OR n.hlc < r.hlc)
  SET n += r.props, n.hlc = r.hlc
}`,
  `CALL () {
  UNWIND $batch.edges AS r
  MATCH (a:CanvasNode {uid: r.from}), (b:CanvasNode {uid: r.to})
  OPTIONAL MATCH ()-[known:CONNECTS_TO {uid: r.uid}]->()
  FOREACH (_ IN CASE WHEN known IS NULL OR known.hlc < r.hlc THEN [1] ELSE [] END |
    DELETE known
    CREATE (a)-[x:CONNECTS_TO {uid: r.uid}]->(b)
    SET x += r.props, x.hlc = r.hlc)
  RETURN count(*) AS edges
}`,
  createEvents("canvasEvents", "Canvas"),
  createEvents("noteEvents", "Note"),
  createEvents("conceptEvents", "Concept"),
  createEvents("nodeEvents", "CanvasNode"),
  "RETURN edges, canvasEvents + noteEvents + conceptEvents + nodeEvents AS events",
].join("\n");

function upsertLocked(list: string, label: string): string {
  return `CALL () {
  UNWIND $batch.${list} AS r
  MERGE (n:${label} {uid: r.uid})
  SET n.vault = $batch.vault
  WITH n, r WHERE r.hlc IS NOT NULL AND (n.hlc IS NULL OR n.hlc < r.hlc)
  SET n += r.props, n.hlc = r.hlc
}`;
}

function createEvents(list: string, label: string): string {
  return `CALL () {
  UNWIND $batch.${list} AS r
  MATCH (about:${label} {uid: r.about})
  MERGE (e:LearningEvent {id: r.id})
  ON CREATE SET e += r.props
  MERGE (e)-[:ON]->(about)
  RETURN count(*) AS ${list}
}`;
}
