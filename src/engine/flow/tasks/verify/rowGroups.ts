import type { GraphView } from "../../../graph/differences";
import { canvasRows, conceptRows, noteRows, type ExpectedRow } from "../../../graph/expectedRows";
import type { Uids } from "../../../graph/uids";

/** Rows that are compared together. A canvas stays in one piece, so a group may be as large as the largest one. */
const GROUP = 5_000;

/** What a store should have of these canvases, by id. Rejects with StorageError where one cannot be read. */
export async function* canvasGroups(graph: GraphView, uids: Uids, ids: readonly string[]): AsyncGenerator<readonly ExpectedRow[], void, undefined> {
  let group: ExpectedRow[] = [];
  for (const id of ids) {
    const contents = await graph.contents(id);
    const row = graph.canvases.get(id);
    if (row === undefined) continue;
    for (const one of canvasRows(uids, row, contents)) group.push(one);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** What it should have of notes and concepts. */
export function* subjectGroups(graph: GraphView, uids: Uids): Generator<readonly ExpectedRow[], void, undefined> {
  for (const rows of [noteRows(uids, graph.notes), conceptRows(uids, graph.concepts)]) {
    let group: ExpectedRow[] = [];
    for (const row of rows) {
      group.push(row);
      if (group.length < GROUP) continue;
      yield group;
      group = [];
    }
    if (group.length > 0) yield group;
  }
}
