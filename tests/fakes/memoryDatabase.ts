import type {
  CanvasRow,
  ConceptRow,
  EdgeRow,
  EventRow,
  NodeRow,
  NoteRow,
  StoreBatch,
} from "../../src/engine/graph/rows";
import type { StoredKind, StoredPage, StoredRow, StoreQuestion } from "../../src/engine/graph/storedRows";
import { defaultPrivacy, privacyStep, type PrivacyChoice, type StoredPrivacy } from "../../src/engine/graph/privacyLevel";
import { sorted } from "../contracts/graphRows";

export interface Tables {
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
  /** Keys of rows whose ties to the rest a test took away; writing the row ties it again. */
  readonly loose = new Set<string>();
  private readonly epochs = new Map<string, string>();
  private readonly privacies = new Map<string, StoredPrivacy>();
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

  /** Opens a vault under a level: its epoch, a new one where what was written under another level went; null: refused. */
  open(vault: string, privacy: PrivacyChoice): string | null {
    const stored = this.privacies.get(vault) ?? { ...(this.epochs.has(vault) ? defaultPrivacy : privacy), clearing: false };
    const step = privacyStep(privacy, stored);
    if (step === "refused") return null;
    if (step === "clear") this.wipe(vault);
    this.privacies.set(vault, { ...(step === "clear" ? privacy : stored), clearing: false });
    return this.epoch(vault);
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
    for (const row of batch.nodes) this.loose.delete(row.uid);
    for (const event of batch.events) this.loose.delete(event.id);
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

  rows(vault: string, question: StoreQuestion): StoredPage {
    const all = this.storedRows(vault, question.kind);
    if ("keys" in question) {
      const keys = new Set(question.keys);
      return { kind: "rows", rows: all.filter((row) => keys.has(row.key)), next: null };
    }
    const { after, limit } = question;
    const rows = all.filter((row) => after === null || row.key > after).slice(0, limit);
    return { kind: "rows", rows, next: rows.length < limit ? null : (rows.at(-1)?.key ?? null) };
  }

  /** The vault's rows themselves, to damage them behind the stores' back. */
  tablesOf(vault: string): Tables {
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

  /** Deletes a vault, its epoch too, and says how many rows there were. */
  wipe(vault: string): number {
    const tables = this.tablesOf(vault);
    this.tables.delete(vault);
    this.epochs.delete(vault);
    this.privacies.delete(vault);
    const { canvases, nodes, edges, notes, concepts, events } = tables;
    return canvases.size + nodes.size + edges.size + notes.size + concepts.size + events.size;
  }

  private storedRows(vault: string, kind: StoredKind): readonly StoredRow[] {
    const tables = this.tablesOf(vault);
    const plain = { canvas: null, linked: true };
    const rowsOf: Readonly<Record<StoredKind, () => readonly StoredRow[]>> = {
      canvas: () => [...tables.canvases.values()].map((row) => ({ ...plain, key: row.uid, clock: row.hlc, name: row.path })),
      node: () => [...tables.nodes.values()].map((row) => ({ ...plain, key: row.uid, clock: row.hlc, canvas: row.canvas, name: row.id })),
      edge: () => [...tables.edges.values()].map((row) => ({ ...plain, key: row.uid, clock: row.hlc, canvas: row.canvas, name: row.id })),
      note: () => [...tables.notes.values()].map((row) => ({ ...plain, key: row.uid, clock: row.hlc, name: row.path })),
      concept: () => [...tables.concepts.values()].map((row) => ({ ...plain, key: row.uid, clock: row.hlc, name: row.name })),
      event: () => [...tables.events.values()].map((row) => ({ ...plain, key: row.id, clock: row.hlc, name: row.type })),
    };
    return sorted(rowsOf[kind](), (row) => row.key).map((row) => ({ ...row, linked: !this.loose.has(row.key) }));
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
