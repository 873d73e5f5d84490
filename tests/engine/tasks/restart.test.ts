import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/engine/kernel/json";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { base, crashed, HeldKind, identity, numbers, quickKind, resultsOf, settle, started, until, world as made } from "./deskWorld";

/** A folder that shows what a process finds that comes after a death in each of its writes. */
class CutFolder extends MemoryDataFolder {
  readonly cuts: (() => void)[] = [];

  constructor(private readonly onCut: (found: MemoryDataFolder) => void) {
    super();
  }

  override async append(path: string, text: string): Promise<void> {
    this.tell(path, this.textOf(path) + text.slice(0, text.length / 2));
    await super.append(path, text);
    this.onCut(this.copy());
  }

  override async write(path: string, text: string): Promise<void> {
    this.tell(path, text.slice(0, text.length / 2));
    await super.write(path, text);
    this.onCut(this.copy());
  }

  override async remove(path: string): Promise<void> {
    await super.remove(path);
    this.onCut(this.copy());
  }

  private tell(path: string, torn: string): void {
    this.onCut(this.copy());
    const copy = this.copy();
    copy.put(path, torn);
    this.onCut(copy);
  }
}

interface Cut {
  readonly folder: MemoryDataFolder;
  /** What callers had been told by then. */
  readonly created: readonly string[];
  readonly paused: boolean;
  readonly ran: readonly string[];
  readonly told: readonly string[];
  /** Items whose result is on disk. */
  readonly kept: readonly string[];
}

const ENDED = /"kind":"ended","result":\{"item":(\d+)/;

function keptIn(folder: MemoryDataFolder): readonly string[] {
  return folder.paths().flatMap((path) => {
    const id = path.slice(base.length + 1, base.length + 37);
    if (!path.endsWith(".log.ndjson")) return [];
    // The last line of a cut file may be torn: only lines with their newline count here.
    const lines = folder.textOf(path).split("\n").slice(0, -1);
    return lines.flatMap((line) => (ENDED.exec(line)?.[1] === undefined ? [] : [`${id} ${ENDED.exec(line)?.[1]}`]));
  });
}

async function cutLife(repeatable: boolean): Promise<readonly Cut[]> {
  const cuts: Cut[] = [];
  const created: string[] = [];
  const ran: string[] = [];
  const told: string[] = [];
  let paused = false;
  const folder = new CutFolder((found) => {
    cuts.push({ folder: found, created: [...created], paused, ran: [...ran], told: [...told], kept: keptIn(found) });
  });
  const kind = { ...quickKind("work", (_, { task, item }) => work(task, item)), repeatable };
  const work = async (task: string, item: number): Promise<JsonValue> => {
    ran.push(`${task} ${item}`);
    if (item === 3) throw new Error("no");
    return item;
  };
  const world = await started({ folder, kinds: [kind], runner: new MemoryItemRunner(3) });
  world.desk.onEnd(({ id }) => told.push(id));
  const first = await world.desk.create(numbers(7), { kind: "work", title: "First" });
  created.push(first.id);
  await settle(world, 3);
  await world.desk.pause({ id: first.id });
  paused = true;
  const second = await world.desk.create(numbers(4), { kind: "work", title: "Second" });
  created.push(second.id);
  await settle(world, 20);
  paused = false;
  await world.desk.resume({ id: first.id });
  await settle(world, 30);
  await world.clock.advance(5_000);
  await world.desk.retryFailed(second.id);
  await settle(world, 30);
  await world.clock.advance(5_000);
  expect(world.desk.list().map(({ status }) => status)).toEqual(["failed", "failed"]);
  return cuts;
}

describe.each([true, false])("a process that dies in any write (items that may run twice: %s)", (repeatable) => {
  it("leaves all that was promised", async () => {
    const cuts = await cutLife(repeatable);
    expect(cuts.length).toBeGreaterThan(40);
    for (const cut of cuts) await check(cut, repeatable);
  }, 60_000);
});

async function check(cut: Cut, repeatable: boolean): Promise<void> {
  const again: string[] = [];
  const run = async (_: JsonValue, { task, item }: { task: string; item: number }): Promise<JsonValue> => {
    again.push(`${task} ${item}`);
    return "later";
  };
  const later = await started({ folder: cut.folder, kinds: [{ ...quickKind("work", run), repeatable }], seed: 2 });
  await settle(later, 5);
  // A creation whose promise was pending may be there or not, but never in part.
  for (const id of cut.created) expect(later.desk.status(id)).not.toBeNull();
  const [first] = cut.created;
  if (cut.paused && first !== undefined && later.desk.status(first)?.endedAt === null) {
    expect(later.desk.status(first)?.status).toBe("paused");
  }
  await later.desk.resume("all");
  await until(later, () => later.desk.list().every(({ endedAt }) => endedAt !== null));
  await settle(later, 5);
  const retried = cut.ran.filter((one, index) => cut.ran.indexOf(one) !== index);
  for (const view of later.desk.list()) {
    expect(identity(view)).toBe(0);
    const results = await resultsOf(later.desk, view.id);
    expect(new Set(results.map(({ item }) => item)).size).toBe(view.counts.total);
    const told = [...later.ends.map(({ id }) => id), ...cut.told];
    expect(told).toContain(view.id);
  }
  const unexpected = again.filter((one) => (repeatable ? cut.kept : cut.ran).includes(one) && !one.endsWith(" 3") && !retried.includes(one));
  expect(unexpected).toEqual([]);
  // Whoever comes third finds everything at its end, and nothing to tell.
  await later.clock.advance(3_000);
  const third = await crashed(later, { kinds: [{ ...quickKind("work", run), repeatable }] });
  await settle(third, 5);
  expect(third.ends).toEqual([]);
  expect(third.desk.list()).toEqual(later.desk.list());
}

it("does not bring back, and never runs again, what was being forgotten when the process died", async () => {
  const cuts: MemoryDataFolder[] = [];
  const folder = new CutFolder((found) => cuts.push(found));
  const world = await started({ folder, kinds: [quickKind()] });
  const { id } = await world.desk.create(numbers(600), { kind: "quick", title: "x" });
  await until(world, () => world.ends.length === 1);
  await world.clock.advance(5_000);
  cuts.length = 0;
  await world.desk.forget(id);
  expect(cuts.length).toBeGreaterThan(5);
  for (const [index, cut] of cuts.entries()) {
    let ran = 0;
    const later = await started({ folder: cut, kinds: [quickKind("quick", async () => (ran += 1))] });
    await settle(later, 3);
    expect(ran).toBe(0);
    // The first two cuts are before its head says that it is forgotten.
    expect(later.desk.list().map(({ status }) => status)).toEqual(index < 2 ? ["done"] : []);
    if (index >= 2) expect(later.folder.paths()).toEqual([]);
  }
});

describe("an item that ran when the process died", () => {
  it("runs again with one more attempt, where it may", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(1), { kind: "held", title: "x" });
    await settle(world);
    const later = await crashed(world, { kinds: [kind] });
    await settle(later);
    expect(kind.of(0).context.attempt).toBe(2);
    kind.of(0).done();
    await settle(later);
    expect(await resultsOf(later.desk, id)).toMatchObject([{ status: "done", attempts: 2 }]);
  });

  it("ends as failed where it may not, and says so; a person may run it again", async () => {
    const kind = new HeldKind("once", false);
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(2), { kind: "once", title: "x" });
    await settle(world);
    const later = await crashed(world, { kinds: [kind] });
    await settle(later);
    expect(later.desk.status(id)).toMatchObject({ status: "failed", counts: { failed: 2 } });
    expect(await resultsOf(later.desk, id)).toMatchObject([{ error: { code: "interrupted" }, domain: "vault" }, { item: 1 }]);
    expect(kind.runs).toHaveLength(2);
    await later.desk.retryFailed(id, [1]);
    await settle(later);
    expect(kind.runs).toHaveLength(3);
  });

  it("may not begin before its start is on disk, where it may not run twice", async () => {
    const kind = new HeldKind("once", false);
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(3), { kind: "once", title: "x" });
    world.folder.refusing = "full";
    await settle(world);
    expect(kind.runs).toEqual([]);
    expect(world.desk.status(id)?.counts.waiting).toBe(3);
    expect(world.desk.status(id)?.waitsFor).toContain("cannot be written");
    world.folder.refusing = null;
    await world.clock.advance(1_000);
    await settle(world);
    expect(kind.started).toEqual([0, 1, 2]);
    expect(world.desk.status(id)?.waitsFor).toBeNull();
  });
});

describe("a disk that takes nothing", () => {
  it("holds a task, loses none of its results and runs nothing twice", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind], runner: new MemoryItemRunner(2) });
    const { id } = await world.desk.create(numbers(6), { kind: "held", title: "x" });
    await settle(world);
    world.folder.refusing = "full";
    kind.of(0).done("kept");
    kind.of(1).done("kept");
    await settle(world);
    const starts = kind.runs.length;
    expect(world.desk.status(id)?.waitsFor).toContain("could not be kept: full");
    await world.clock.advance(10_000);
    expect(kind.runs).toHaveLength(starts);
    world.folder.refusing = null;
    await world.clock.advance(10_000);
    for (let item = 2; item < 6; item += 1) {
      await settle(world);
      kind.of(item).done("late");
    }
    await until(world, () => world.ends.length === 1);
    expect(kind.started.filter((item, index) => kind.started.indexOf(item) !== index)).toEqual([]);
    const results = await resultsOf(world.desk, id);
    expect(results.map(({ item, status }) => [item, status])).toEqual(numbers(6).map((item) => [item, "done"]));
    expect(world.log.filter((line) => line.includes("holds"))).toHaveLength(1);
  });

  it("does not let an append count twice that was cut behind its last line", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    world.folder.passNext();
    world.folder.tearNext(1_000);
    const { id } = await world.desk.create(numbers(1), { kind: "held", title: "x" });
    await settle(world);
    await world.clock.advance(1_000);
    await settle(world);
    world.folder.tearNext(1_000);
    kind.of(0).fail("no");
    await settle(world);
    await world.clock.advance(1_000);
    const log = world.folder.textOf(`${base}/${id}.log.ndjson`);
    expect(log.match(/"started"/g)).toHaveLength(2);
    expect(log.match(/"ended"/g)).toHaveLength(2);
    expect(await resultsOf(world.desk, id)).toHaveLength(1);
    // Its log is read, as its head was not written yet.
    const folder = world.folder.copy();
    for (const slot of ["a", "b"]) await folder.remove(`${base}/${id}.head.${slot}.json`);
    const later = await started({ folder });
    expect(later.desk.status(id)).toMatchObject({ status: "failed", counts: { failed: 1 } });
    expect(await later.desk.items(id, 0, 1)).toMatchObject([{ attempts: 1 }]);
  });

  it("that is slow lets no more results wait for it than a task has places", async () => {
    let ran = 0;
    const world = await started({ kinds: [quickKind("quick", async () => (ran += 1))] });
    const { id } = await world.desk.create(numbers(500), { kind: "quick", title: "x" });
    world.folder.hold();
    await settle(world);
    expect(ran).toBe(32);
    world.folder.release();
    await until(world, () => world.desk.status(id)?.status === "done");
    expect(ran).toBe(500);
  });

  it("refuses a new task, and a change that cannot be kept is said but counts", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(100), { kind: "held", title: "x" });
    await settle(world);
    world.folder.refusing = "denied";
    await expect(world.desk.create([1], { kind: "held", title: "y" })).rejects.toThrow("denied");
    expect(world.desk.list()).toHaveLength(1);
    await expect(world.desk.cancel({ id })).rejects.toThrow("denied");
    await settle(world);
    expect(world.desk.status(id)).toMatchObject({ status: "cancelled", counts: { cancelled: 100 } });
    expect(world.ends).toEqual([]);
    world.folder.refusing = null;
    await world.clock.advance(2_000);
    expect(world.ends).toHaveLength(1);
    expect((await crashed(world)).desk.status(id)?.status).toBe("cancelled");
  });

  it("does not retry an ended task by half", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(1), { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).fail("no");
    await settle(world);
    const before = world.desk.status(id);
    world.folder.refusing = "full";
    await expect(world.desk.retryFailed(id)).rejects.toThrow("full");
    await expect(world.desk.forget(id)).rejects.toThrow("full");
    await settle(world);
    expect(world.desk.status(id)).toEqual(before);
    world.folder.refusing = null;
    await world.clock.advance(5_000);
    expect(await world.desk.retryFailed(id)).toEqual({ kind: "changed" });
  });

  it("that cannot be read holds the task until it can", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    world.folder.unreadable = "gone";
    const { id } = await world.desk.create(numbers(3), { kind: "held", title: "x" });
    await settle(world);
    expect(world.desk.status(id)?.counts.waiting).toBe(3);
    expect(world.desk.status(id)?.waitsFor).toContain("cannot be read");
    world.folder.unreadable = null;
    await world.clock.advance(1_000);
    await settle(world);
    expect(kind.started).toEqual([0, 1, 2]);
  });
});

describe("a damaged file", () => {
  async function twoTasks(): Promise<{ readonly folder: MemoryDataFolder; readonly ids: readonly string[] }> {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const first = await world.desk.create(numbers(3), { kind: "held", title: "First" });
    const second = await world.desk.create(numbers(3), { kind: "held", title: "Second" });
    await settle(world);
    kind.of(0).done("x");
    await settle(world);
    return { folder: world.folder.copy(), ids: [first.id, second.id] };
  }

  function damage(folder: MemoryDataFolder, path: string, text: string): void {
    const before = folder.textOf(path);
    expect(before).toContain(text);
    folder.put(path, before.replace(text, text.replace(/.$/, "~")));
  }

  it("of items costs the items that it held", async () => {
    const { folder, ids } = await twoTasks();
    damage(folder, `${base}/${ids[0]}.items-0.ndjson`, '"item":2');
    const later = await started({ folder, kinds: [quickKind("held")] });
    await settle(later, 20);
    expect(later.desk.status(ids[0] ?? "")?.counts).toMatchObject({ done: 2, failed: 1 });
    expect(later.desk.status(ids[0] ?? "")?.lastError).toContain("cannot be read from disk");
    expect(later.desk.status(ids[1] ?? "")?.status).toBe("done");
  });

  it("with the task itself is said and kept, and the others go on", async () => {
    const { folder, ids } = await twoTasks();
    damage(folder, `${base}/${ids[0]}.items-0.ndjson`, '"title":"First"');
    const later = await started({ folder: folder.copy(), kinds: [quickKind("held")] });
    await settle(later, 20);
    expect(later.desk.list().map(({ title, status }) => [title, status])).toEqual([["Second", "done"]]);
    expect(later.log).toEqual([expect.stringContaining(`The task ${ids[0]} cannot be shown`)]);
    expect(later.folder.paths().filter((path) => path.includes(ids[0] ?? ""))).toHaveLength(2);
  });

  it("with a task that nothing had run of is said and kept too, and its crash while it was made is not", async () => {
    const world = await started({ kinds: [new HeldKind()] });
    const { id } = await world.desk.create(numbers(3), { kind: "held", title: "First" });
    const page = `${base}/${id}.items-0.ndjson`;
    const folder = new MemoryDataFolder();
    folder.put(page, world.folder.textOf(page));
    damage(folder, page, '"title":"First"');
    const later = await started({ folder: folder.copy() });
    expect(later.log).toEqual([expect.stringContaining(`The task ${id} cannot be shown`)]);
    expect(later.folder.paths()).toEqual([page]);

    const torn = new MemoryDataFolder();
    torn.put(page, world.folder.textOf(page).slice(0, -20));
    const afterCrash = await started({ folder: torn });
    expect([afterCrash.log, afterCrash.folder.paths()]).toEqual([[], []]);
  });

  it("with the pause of all tasks is said", async () => {
    const world = await started({});
    await world.desk.pause("all");
    const folder = world.folder.copy();
    for (const path of folder.paths()) damage(folder, path, '"allPaused"');
    expect((await started({ folder })).log).toEqual([expect.stringContaining("Whether all tasks were paused cannot be read any more")]);
  });

  it("of facts costs what it said, and the task goes on", async () => {
    const { folder, ids } = await twoTasks();
    const log = `${base}/${ids[1]}.log.ndjson`;
    damage(folder, log, '"kind":"started","item":0');
    const later = await started({ folder, kinds: [quickKind("held")] });
    await settle(later, 20);
    expect(later.desk.list().map(({ status, counts }) => [status, counts.done])).toEqual([["done", 3], ["done", 3]]);
    expect(later.log).toEqual([expect.stringContaining("lost 1 lines of its log")]);
  });

  it("of facts costs nothing that the head of the task has", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(3), { kind: "held", title: "x" });
    await settle(world);
    await world.desk.pause({ id });
    await world.clock.advance(3_000);
    kind.of(0).done();
    await settle(world);
    const folder = world.folder.copy();
    damage(folder, `${base}/${id}.log.ndjson`, '"kind":"paused"');
    const later = await started({ folder, kinds: [kind] });
    expect(later.desk.status(id)).toMatchObject({ status: "paused", counts: { done: 1, waiting: 2 } });
  });

  it("of facts that is gone whole does not hide what comes after it", async () => {
    const kind = new HeldKind();
    const world = await started({ kinds: [kind] });
    const { id } = await world.desk.create(numbers(3), { kind: "held", title: "x" });
    await settle(world);
    kind.of(0).done();
    kind.of(1).fail("no");
    kind.of(2).fail("no");
    await settle(world);
    const folder = world.folder.copy();
    await folder.remove(`${base}/${id}.log.ndjson`);
    const later = await started({ folder, kinds: [kind] });
    await later.desk.retryFailed(id, [1]);
    await settle(later);
    kind.of(1).done();
    await settle(later);
    await later.clock.advance(5_000);
    expect(later.desk.status(id)?.counts).toMatchObject({ done: 2, failed: 1 });
    await later.desk.retryFailed(id, [2]);
    const third = await crashed(later, { kinds: [kind] });
    await settle(third);
    expect(third.desk.status(id)?.counts).toMatchObject({ done: 2, failed: 0, running: 1 });
  });

  it("of a creation that did not come to its end is no task", async () => {
    const world = made({ kinds: [new HeldKind()] });
    await world.desk.start();
    world.folder.tearNext(400);
    await expect(world.desk.create(numbers(50), { kind: "held", title: "x" })).rejects.toThrow("could not be kept");
    expect(world.folder.paths()).toEqual([]);
    // The same, where the process dies before it can tidy up.
    const folder = new MemoryDataFolder();
    const { id } = await (await started({ folder, kinds: [new HeldKind()] })).desk.create(numbers(50), { kind: "held", title: "x" });
    const path = `${base}/${id}.items-0.ndjson`;
    folder.put(path, folder.textOf(path).slice(0, 700));
    const later = await started({ folder, kinds: [new HeldKind()] });
    expect(later.desk.list()).toEqual([]);
    expect(later.folder.paths()).toEqual([]);
  });
});
