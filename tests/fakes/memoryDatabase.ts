import type {
  CanvasRow,
  ConceptRow,
  EdgeRow,
  EventRow,
  NodeRow,
  NoteRow,
  StoreBatch,
} from "../../src/engine/graph/rows";
import { sorted } from "../contracts/graphRows";

interface Tables {
  readonly canvases: Map<string, CanvasRow>;
  readonly nodes: Map<string, NodeRow>;
  readonly edges: Map<string, EdgeRow>;
  readonly notes: Map<string, NoteRow>;
  readonly concepts: Map<string, ConceptRow>;
  readonly events: Map<string, EventRow>;
}

/** What MemoryGraphStores share, as the clients of one server do. Vaults are told apart by the rows' own `vault`. */
export class MemoryDatabase {
  private readonly tables = new Map<string, Tables>();
  private readonly epochs = new Map<string, string>();
  private minted = 0;

  /** The vault's epoch, made at the first look. */
  epoch(vault: string): string {
    const known = this.epochs.get(vault);
    if (known !== undefined) return known;
    this.minted += 1;
    const epoch = `epoch-${String(this.minted).padStart(4, "0")}`;
    this.epochs.set(vault, epoch);
    return epoch;
  }

  /** Whether a store that read this epoch still writes to the same data. */
  hasEpoch(vault: string, epoch: string): boolean {
    return this.epochs.get(vault) === epoch;
  }

  /** Whole rows, greater clocks only; events once. All at once, as a transaction. */
  write(batch: StoreBatch): void {
    checkUids(batch);
    const tables = this.tablesOf(batch.vault);
    replaceOlder(tables.canvases, batch.canvases);
    replaceOlder(tables.nodes, batch.nodes);
    replaceOlder(tables.edges, batch.edges);
    replaceOlder(tables.notes, batch.notes);
    replaceOlder(tables.concepts, batch.concepts);
    for (const event of batch.events) if (!tables.events.has(event.id)) tables.events.set(event.id, event);
  }

  snapshot(vault: string): StoreBatch {
    const tables = this.tablesOf(vault);
    return {
      vault,
      canvases: byUid(tables.canvases),
      nodes: byUid(tables.nodes),
      edges: byUid(tables.edges),
      notes: byUid(tables.notes),
      concepts: byUid(tables.concepts),
      events: sorted([...tables.events.values()], (event) => `${event.hlc} ${event.id}`),
    };
  }

  /** Deletes a vault, its epoch too, and says how many rows there were. */
  wipe(vault: string): number {
    const tables = this.tablesOf(vault);
    this.tables.delete(vault);
    this.epochs.delete(vault);
    const { canvases, nodes, edges, notes, concepts, events } = tables;
    return canvases.size + nodes.size + edges.size + notes.size + concepts.size + events.size;
  }

  private tablesOf(vault: string): Tables {
    const known = this.tables.get(vault);
    if (known !== undefined) return known;
    const tables: Tables = {
      canvases: new Map(),
      nodes: new Map(),
      edges: new Map(),
      notes: new Map(),
      concepts: new Map(),
      events: new Map(),
    };
    this.tables.set(vault, tables);
    return tables;
  }
}

function replaceOlder<Row extends { readonly uid: string; readonly hlc: string }>(
  table: Map<string, Row>,
  rows: readonly Row[],
): void {
  for (const row of rows) {
    const known = table.get(row.uid);
    if (known === undefined || known.hlc < row.hlc) table.set(row.uid, row);
  }
}

function byUid<Row extends { readonly uid: string }>(table: ReadonlyMap<string, Row>): readonly Row[] {
  return sorted([...table.values()], (row) => row.uid);
}

/** In a real statement the later of two rows of one uid wins whatever its clock: a mistake of the caller. */
function checkUids(batch: StoreBatch): void {
  for (const rows of [batch.canvases, batch.nodes, batch.edges, batch.notes, batch.concepts]) {
    if (new Set(rows.map((row) => row.uid)).size !== rows.length) throw new Error("a uid stands twice in one batch");
  }
  if (new Set(batch.events.map((event) => event.id)).size !== batch.events.length)
    throw new Error("an event stands twice in one batch");
}
