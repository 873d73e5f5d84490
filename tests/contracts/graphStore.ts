import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSignal, neverAborted } from "../../src/engine/kernel/signal";
import type { GraphStore } from "../../src/engine/graph/port";
import type { PrivacyChoice } from "../../src/engine/graph/privacyLevel";
import { emptyBatch, type StoreBatch } from "../../src/engine/graph/rows";
import { storedKinds, type StoredKind, type StoredRow } from "../../src/engine/graph/storedRows";
import { batchOf, canvasRow, conceptRow, edgeRow, eventRow, hlc, nodeRow, noteRow } from "./graphRows";

const randomUUID = (): string => crypto.randomUUID();

/** One database for all tests of a suite. */
export interface GraphStoreHarness {
  /** A store for this vault, not yet connected. */
  open(vault: string, privacy?: PrivacyChoice): Promise<GraphStore>;
  /** Everything that the database holds of the vault, as whole rows in the order of a batch. */
  snapshot(vault: string): Promise<StoreBatch>;
  /** Takes the vault's data and epoch away behind the stores' back. */
  wipe(vault: string): Promise<void>;
  close(): Promise<void>;
}

/** What every GraphStore promises, whatever keeps the data. Each test uses a vault of its own. */
export function graphStoreContract(name: string, setUp: () => Promise<GraphStoreHarness>): void {
  describe(`graph store ${name}`, () => {
    let harness: GraphStoreHarness;

    beforeAll(async () => {
      harness = await setUp();
    });

    afterAll(() => harness.close());

    async function connected(vault: string): Promise<GraphStore> {
      const store = await harness.open(vault);
      expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
      return store;
    }

    async function writeAll(store: GraphStore, batches: readonly StoreBatch[]): Promise<void> {
      for (const batch of batches) expect(await store.write(batch, neverAborted)).toEqual({ kind: "stored" });
    }

    test("keeps its epoch for a vault and has another one for another vault", async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      const epochs: string[] = [];
      for (const vault of [one, one, other]) {
        const store = await harness.open(vault);
        const answer = await store.connect(neverAborted);
        if (answer.kind === "failed") throw new Error(answer.message);
        expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
        expect(answer.address).toBe(store.address);
        epochs.push(answer.epoch);
        await store.close();
      }
      expect(epochs[0]).not.toBe("");
      expect(epochs[1]).toBe(epochs[0]);
      expect(epochs[2]).not.toBe(epochs[0]);
    });

    test("stores an empty batch and adds nothing", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      await writeAll(store, [emptyBatch(vault)]);
      expect(await harness.snapshot(vault)).toEqual(emptyBatch(vault));
      await store.close();
    });

    test("keeps each row of each kind exactly as given", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      await writeAll(store, [everyKind(vault)]);
      expect(await harness.snapshot(vault)).toEqual(everyKind(vault));
      await store.close();
    });

    test("takes a whole row with a greater clock and ignores a lower or equal one", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const versions = [
        { ms: 20, text: "second" },
        { ms: 10, text: "first" },
        { ms: 20, text: "second again" },
        { ms: 30, text: null },
      ];
      const seen: (string | null | undefined)[] = [];
      for (const { ms, text } of versions) {
        const canvas = canvasRow(vault, `${vault}/c`, { title: text ?? "", hlc: hlc(ms) });
        const nodes = [nodeRow(vault, canvas.uid, "n", { text, hlc: hlc(ms) })];
        const notes = [noteRow(vault, "n.md", { mastery: text, hlc: hlc(ms) })];
        const concepts = [conceptRow(vault, "k", { mastery: text, hlc: hlc(ms) })];
        await writeAll(store, [batchOf(vault, { canvases: [canvas], nodes, notes, concepts })]);
        const kept = await harness.snapshot(vault);
        seen.push(kept.nodes[0]?.text);
        expect([kept.notes[0]?.mastery, kept.concepts[0]?.mastery]).toEqual([seen.at(-1), seen.at(-1)]);
        expect(kept.canvases[0]?.title).toBe(seen.at(-1) ?? "");
      }
      expect(seen).toEqual(["second", "second", "second", null]);
      await store.close();
    });

    test("is the same after each batch once, twice and in any order", async () => {
      const orders = [
        [0, 1, 2, 3, 4, 5],
        [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
        [5, 4, 3, 2, 1, 0],
        [3, 5, 0, 2, 4, 1, 3, 0],
      ];
      const results: unknown[] = [];
      for (const order of orders) {
        const vault = randomUUID();
        const store = await connected(vault);
        const batches = history(vault);
        await writeAll(
          store,
          order.flatMap((index) => batches[index] ?? []),
        );
        results.push(JSON.parse(JSON.stringify(await harness.snapshot(vault)).replaceAll(vault, "vault")));
        await store.close();
      }
      expect(results[0]).toMatchObject({ nodes: { length: 7 }, events: { length: 6 } });
      for (const result of results) expect(result).toEqual(results[0]);
    });

    test("never changes an event", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvases = [canvasRow(vault, `${vault}/c`)];
      const event = eventRow(vault, `${vault}/e`, `${vault}/c`, { aboutKind: "canvas", canvas: `${vault}/c` });
      const changed = { ...event, data: '{"changed":true}', hlc: hlc(9) };
      await writeAll(store, [
        batchOf(vault, { canvases, events: [event] }),
        batchOf(vault, { canvases, events: [changed] }),
      ]);
      expect((await harness.snapshot(vault)).events).toEqual([event]);
      await store.close();
    });

    test("keeps an edge whose ends it does not know, and fills them in later", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`);
      const edges = [edgeRow(vault, canvas.uid, "e", ["a", "b"])];
      await writeAll(store, [batchOf(vault, { canvases: [canvas], edges })]);
      expect(await harness.snapshot(vault)).toEqual(batchOf(vault, { canvases: [canvas], edges }));
      const nodes = [nodeRow(vault, canvas.uid, "a"), nodeRow(vault, canvas.uid, "b")];
      await writeAll(store, [batchOf(vault, { canvases: [canvas], nodes })]);
      expect(await harness.snapshot(vault)).toEqual(batchOf(vault, { canvases: [canvas], nodes, edges }));
      await store.close();
    });

    test("moves an edge to other ends with a greater clock only", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`);
      const first = edgeRow(vault, canvas.uid, "e", ["a", "b"], { hlc: hlc(5) });
      const moved = edgeRow(vault, canvas.uid, "e", ["b", "c"], { hlc: hlc(6) });
      for (const [edge, kept] of [
        [first, first],
        [moved, moved],
        [first, moved],
      ] as const) {
        await writeAll(store, [batchOf(vault, { canvases: [canvas], edges: [edge] })]);
        expect((await harness.snapshot(vault)).edges).toEqual([kept]);
      }
      await store.close();
    });

    test("keeps equal node and edge ids of two canvases apart", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvases = [canvasRow(vault, `${vault}/1`), canvasRow(vault, `${vault}/2`)];
      const nodes = canvases.flatMap(({ uid }) => ["a", "b"].map((id) => nodeRow(vault, uid, id, { text: uid })));
      const edges = canvases.map(({ uid }) => edgeRow(vault, uid, "e", ["a", "b"]));
      const batch = batchOf(vault, { canvases, nodes, edges });
      await writeAll(store, [batch]);
      expect(await harness.snapshot(vault)).toEqual(batch);
      await store.close();
    });

    test("keeps foreign text, numbers and keys as they are", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`);
      const text = `quotes ' " \` and \\ $x \u0000 \u{1f600} \u202e ${"x".repeat(100_000)}`;
      const extra = '{"__proto__":1,"":{"deep":[1,"2",null]}}';
      const nodes = [
        nodeRow(vault, canvas.uid, "__proto__", { text, extra, x: 0.5, y: 2 ** 40, width: 1e300, type: "" }),
      ];
      const notes = [noteRow(vault, "n.md", { rating: "good", due: "2026-01-31", score: 99.5, ease: 2.5 })];
      const batch = batchOf(vault, { canvases: [canvas], nodes, notes });
      await writeAll(store, [batch]);
      expect(await harness.snapshot(vault)).toEqual(batch);
      await store.close();
    });

    test("agrees on one epoch when two connect for the first time at once", async () => {
      const vault = randomUUID();
      const stores = await Promise.all([harness.open(vault), harness.open(vault)]);
      const answers = await Promise.all(stores.map((store) => store.connect(neverAborted)));
      const epochs = answers.map((answer) => (answer.kind === "connected" ? answer.epoch : answer.message));
      expect(epochs[0]).toMatch(/\S/);
      expect(epochs[1]).toBe(epochs[0]);
      await Promise.all(stores.map((store) => store.close()));
    });

    test("has another epoch after a wipe", async () => {
      const vault = randomUUID();
      const store = await harness.open(vault);
      const before = await store.connect(neverAborted);
      await harness.wipe(vault);
      const after = await store.connect(neverAborted);
      if (before.kind === "failed" || after.kind === "failed") throw new Error("could not connect");
      expect(after.epoch).not.toBe(before.epoch);
      await store.close();
    });

    test("orders clocks that list more than their latest time, from the empty one on", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`);
      const seen: unknown[] = [];
      for (const clock of [
        "",
        hlc(7),
        `${hlc(7)}+0000000000003-000000`,
        hlc(7),
        `${hlc(7)}+0000000000004-000000`,
        hlc(8),
      ]) {
        const nodes = [nodeRow(vault, canvas.uid, "n", { text: clock, hlc: clock })];
        const edges = [edgeRow(vault, canvas.uid, "e", ["n", "n"], { label: clock, hlc: clock })];
        await writeAll(store, [batchOf(vault, { canvases: [canvas], nodes, edges })]);
        const kept = await harness.snapshot(vault);
        expect(kept.edges[0]?.label).toBe(kept.nodes[0]?.text);
        seen.push(kept.nodes[0]?.text);
      }
      const both = `${hlc(7)}+0000000000003-000000`;
      expect(seen).toEqual(["", hlc(7), both, both, `${hlc(7)}+0000000000004-000000`, hlc(8)]);
      await store.close();
    });

    test("keeps an edge from a node to itself and two edges between the same nodes", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`);
      const nodes = ["a", "b"].map((id) => nodeRow(vault, canvas.uid, id));
      const ends = [
        ["a", "a"],
        ["a", "b"],
        ["a", "b"],
      ] as const;
      const edges = ends.map((pair, index) => edgeRow(vault, canvas.uid, `e${index}`, pair));
      const batch = batchOf(vault, { canvases: [canvas], nodes, edges });
      await writeAll(store, [batch, batch]);
      expect(await harness.snapshot(vault)).toEqual(batch);
      await store.close();
    });

    test("ends in the same state when batches are written at once", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      store.setConcurrency(6);
      await Promise.all(history(vault).map((batch) => sentUntilStored(store, batch)));
      const atOnce = await harness.snapshot(vault);
      await writeAll(store, history(vault));
      expect(await harness.snapshot(vault)).toEqual(atOnce);
      expect(atOnce.events.length).toBe(6);
      await store.close();
    });

    test("removes one vault, says how much, and counts as another store afterwards", async () => {
      const [gone, kept] = [randomUUID(), randomUUID()];
      const keeping = await connected(kept);
      await writeAll(keeping, [everyKind(kept)]);
      const store = await harness.open(gone);
      const before = await store.connect(neverAborted);
      await writeAll(store, [everyKind(gone)]);
      const { canvases, nodes, edges, notes, concepts, events } = everyKind(gone);
      const entities = [canvases, nodes, edges, notes, concepts, events].reduce((sum, list) => sum + list.length, 0);
      expect(await store.removeVault(gone, neverAborted)).toEqual({ kind: "removed", entities });
      expect(await store.removeVault(gone, neverAborted)).toEqual({ kind: "removed", entities: 0 });
      expect(await harness.snapshot(gone)).toEqual(emptyBatch(gone));
      expect(await harness.snapshot(kept)).toEqual(everyKind(kept));
      const after = await store.connect(neverAborted);
      expect(after).toMatchObject({ kind: "connected" });
      expect(after).not.toMatchObject({ epoch: before.kind === "connected" ? before.epoch : "" });
      await store.close();
      await keeping.close();
    });

    test("writes nothing to a database that was wiped behind its back, until it connects anew", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      await writeAll(store, [everyKind(vault)]);
      await harness.wipe(vault);
      expect(await store.write(everyKind(vault), neverAborted)).toMatchObject({ kind: "failed", class: "unavailable" });
      expect(await harness.snapshot(vault)).toEqual(emptyBatch(vault));
      expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
      await writeAll(store, [everyKind(vault)]);
      expect(await harness.snapshot(vault)).toEqual(everyKind(vault));
      await store.close();
    });

    test("says what it has of each kind, row by row, and whose it is", async () => {
      const [vault, other] = [randomUUID(), randomUUID()];
      const store = await connected(vault);
      for (const kind of storedKinds) expect(await pagesOf(store, kind, 1_000)).toEqual([]);
      const neighbour = await connected(other);
      await writeAll(neighbour, [everyKind(other)]);
      for (const kind of storedKinds) expect(await pagesOf(store, kind, 1_000)).toEqual([]);
      await writeAll(store, [everyKind(vault)]);
      const canvas = `${vault}/c`;
      const row = (key: string, name: string, over: Partial<StoredRow> = {}): StoredRow => ({ key, clock: hlc(1), canvas: null, name, linked: true, ...over });
      expect(await pagesOf(store, "canvas", 1_000)).toEqual([row(canvas, `${canvas}.canvas`)]);
      expect(await pagesOf(store, "node", 1_000)).toEqual([row(`${canvas}#a`, "a", { canvas }), row(`${canvas}#b`, "b", { canvas })]);
      expect(await pagesOf(store, "edge", 1_000)).toEqual([row(`${canvas}#e`, "e", { canvas })]);
      expect(await pagesOf(store, "note", 1_000)).toEqual([row(`${vault}/note.md`, "note.md")]);
      expect(await pagesOf(store, "concept", 1_000)).toEqual([row(`${vault}/limits`, "limits")]);
      const events = ["node_created", "node_created", "score_submitted", "custom:seen"];
      expect(await pagesOf(store, "event", 1_000)).toEqual(events.map((type, at) => row(`${vault}/${at + 1}`, type, { clock: hlc(at + 1) })));
      await Promise.all([store.close(), neighbour.close()]);
    });

    test("gives every row on exactly one page, whatever lies between and however many fit", async () => {
      const [vault, other] = [randomUUID(), randomUUID()];
      const store = await connected(vault);
      const neighbour = await connected(other);
      // The shared beginning puts the rows of the two vaults in between each other.
      const common = randomUUID();
      const nodes = Array.from({ length: 12 }, (_, index) => nodeRow(vault, `${common}/c`, `n${10 + index}`));
      const foreign = Array.from({ length: 12 }, (_, index) => nodeRow(other, `${common}/c`, `n${10 + index}+`));
      await writeAll(store, [batchOf(vault, { nodes })]);
      await writeAll(neighbour, [batchOf(other, { nodes: foreign })]);
      for (const limit of [1, 5, 6, 11, 12, 13, 24, 25]) {
        const found = await pagesOf(store, "node", limit);
        expect(found.map((row) => row.key)).toEqual(nodes.map((row) => row.uid));
      }
      await Promise.all([store.close(), neighbour.close()]);
    });

    test("ends after a full last page of each kind", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      await writeAll(store, [everyKind(vault)]);
      for (const kind of storedKinds) {
        const whole = await pagesOf(store, kind, 1_000);
        expect(await pagesOf(store, kind, 1)).toEqual(whole);
        expect(await pagesOf(store, kind, whole.length)).toEqual(whole);
      }
      await store.close();
    });

    test("finds rows by their keys: those that are there, of this vault, with their clock of now", async () => {
      const [vault, other] = [randomUUID(), randomUUID()];
      const store = await connected(vault);
      const neighbour = await connected(other);
      await writeAll(store, [everyKind(vault)]);
      await writeAll(neighbour, [everyKind(other)]);
      const canvas = `${vault}/c`;
      const keys = [`${canvas}#b`, `${canvas}#nothing`, `${other}/c#a`, `${canvas}#a`];
      const later = nodeRow(vault, canvas, "b", { hlc: `${hlc(9)}+0000000000003-000000` });
      await writeAll(store, [batchOf(vault, { canvases: [canvasRow(vault, canvas)], nodes: [later] })]);
      const found = await store.read({ kind: "node", keys }, neverAborted);
      if (found.kind === "failed") throw new Error(found.message);
      expect(new Map(found.rows.map((row) => [row.key, row.clock]))).toEqual(new Map([[`${canvas}#a`, hlc(1)], [later.uid, later.hlc]]));
      expect(found.next).toBeNull();
      expect(await store.read({ kind: "event", keys: [] }, neverAborted)).toEqual({ kind: "rows", rows: [], next: null });
      for (const kind of storedKinds) {
        const [first] = await pagesOf(store, kind, 1_000);
        expect(await store.read({ kind, keys: [first?.key ?? ""] }, neverAborted)).toEqual({ kind: "rows", rows: [first], next: null });
      }
      await Promise.all([store.close(), neighbour.close()]);
    });

    test("has no row of what it only heard of, and an empty clock where nothing is known", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      const canvas = canvasRow(vault, `${vault}/c`, { hlc: "" });
      await writeAll(store, [batchOf(vault, { canvases: [canvas], edges: [edgeRow(vault, canvas.uid, "e", ["a", "b"])] })]);
      expect(await pagesOf(store, "node", 1_000)).toEqual([]);
      expect(await pagesOf(store, "canvas", 1_000)).toMatchObject([{ key: canvas.uid, clock: "" }]);
      await store.close();
    });

    test("reads nothing where it was wiped or another one took its place, until it connects anew", async () => {
      const vault = randomUUID();
      const store = await connected(vault);
      await writeAll(store, [everyKind(vault)]);
      await harness.wipe(vault);
      const unavailable = { kind: "failed", class: "unavailable" };
      expect(await store.read({ kind: "node", after: null, limit: 10 }, neverAborted)).toMatchObject(unavailable);
      await store.connect(neverAborted);
      expect(await pagesOf(store, "node", 10)).toEqual([]);
      await store.close();
    });

    test("settles as unavailable when it is not connected, stopped or closed", async () => {
      const vault = randomUUID();
      const unavailable = { kind: "failed", class: "unavailable" };
      const store = await harness.open(vault);
      expect(await store.write(emptyBatch(vault), neverAborted)).toMatchObject(unavailable);
      expect(await store.read({ kind: "node", after: null, limit: 10 }, neverAborted)).toMatchObject(unavailable);
      await store.connect(neverAborted);
      const stop = createSignal();
      stop.abort();
      expect(await store.write(emptyBatch(vault), stop.signal)).toMatchObject(unavailable);
      expect(await store.read({ kind: "event", keys: ["e"] }, stop.signal)).toMatchObject(unavailable);
      store.setConcurrency(3);
      await writeAll(store, [emptyBatch(vault)]);
      await store.close();
      await store.close();
      expect(await store.write(emptyBatch(vault), neverAborted)).toMatchObject(unavailable);
      expect(await store.read({ kind: "node", after: null, limit: 10 }, neverAborted)).toMatchObject(unavailable);
      expect(await store.connect(neverAborted)).toMatchObject(unavailable);
      expect(await store.removeVault(vault, neverAborted)).toMatchObject(unavailable);
    });
  });
}

/** All rows of a kind, page by page, by key. */
async function pagesOf(store: GraphStore, kind: StoredKind, limit: number): Promise<readonly StoredRow[]> {
  const rows: StoredRow[] = [];
  let after: string | null = null;
  do {
    const page = await store.read({ kind, after, limit }, neverAborted);
    if (page.kind === "failed") throw new Error(page.message);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  expect(rows.map((row) => row.key)).toEqual([...new Set(rows.map((row) => row.key))].sort());
  return rows;
}

/** Batches that touch the same rows at once may meet a lock; sending them again is the caller's part. */
async function sentUntilStored(store: GraphStore, batch: StoreBatch): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const outcome = await store.write(batch, neverAborted);
    if (outcome.kind === "stored") return;
    expect(outcome.class).toBe("contention");
  }
  throw new Error("still contended after 50 attempts");
}

/** One batch with every kind of row and an event about each. */
function everyKind(vault: string): StoreBatch {
  const canvas = canvasRow(vault, `${vault}/c`, { deleted: true });
  const review = { score: 80, rating: 3, due: 1_760_000_000_000, interval: 4, ease: 2.5 };
  const nodes = [
    nodeRow(vault, canvas.uid, "a", { color: "4", level: "understood", concept: "limits", ...review }),
    nodeRow(vault, canvas.uid, "b", { type: "file", text: null, file: "note.md", x: null, y: -20, deleted: true }),
  ];
  const edges = [
    edgeRow(vault, canvas.uid, "e", ["a", "b"], { label: "leads to", color: "#ff0000", fromSide: "right" }),
  ];
  const note = noteRow(vault, "note.md", { score: 55, mastery: "learning", rating: "hard", due: "2026-02-03" });
  const concept = conceptRow(vault, "limits", { score: 12.5 });
  const event = (id: string, about: string, over: Parameters<typeof eventRow>[3]) =>
    eventRow(vault, `${vault}/${id}`, about, over);
  const levels = { oldLevel: "learning", newLevel: "mastered" };
  return batchOf(vault, {
    canvases: [canvas],
    nodes,
    edges,
    notes: [note],
    concepts: [concept],
    events: [
      event("1", canvas.uid, { aboutKind: "canvas", canvas: canvas.uid, canvasPath: "c.canvas", hlc: hlc(1) }),
      event("2", `${canvas.uid}#a`, { aboutKind: "node", canvas: canvas.uid, hlc: hlc(2), ...levels }),
      event("3", note.uid, {
        aboutKind: "note",
        type: "score_submitted",
        score: 55,
        data: '{"score":55}',
        hlc: hlc(3),
      }),
      event("4", concept.uid, { aboutKind: "concept", type: "custom:seen", hlc: hlc(4) }),
    ],
  });
}

/** Six batches that change the same entities at rising clocks, each with whole rows and an event of its own. */
function history(vault: string): readonly StoreBatch[] {
  return [1, 2, 3, 4, 5, 6].map((ms) => {
    const clock = { hlc: hlc(ms) };
    const canvas = canvasRow(vault, `${vault}/c`, { title: `title ${ms}`, deleted: ms === 6, ...clock });
    const text = ms % 2 === 0 ? null : `text ${ms}`;
    return batchOf(vault, {
      canvases: [canvas],
      nodes: [nodeRow(vault, canvas.uid, "a", { text, ...clock }), nodeRow(vault, canvas.uid, `only ${ms}`, clock)],
      edges: [edgeRow(vault, canvas.uid, "e", ["a", `only ${ms}`], { deleted: ms === 4, ...clock })],
      notes: [noteRow(vault, "n.md", { score: ms, hlc: hlc(10 - ms) })],
      concepts: [conceptRow(vault, "k", { score: ms, ...clock })],
      events: [eventRow(vault, `${vault}/${ms}`, `${canvas.uid}#a`, { canvas: canvas.uid, ...clock })],
    });
  });
}
