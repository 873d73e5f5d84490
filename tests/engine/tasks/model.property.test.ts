import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryItemRunner } from "../../fakes/memoryItemRunner";
import { HeldKind, identity, numbers, resultsOf, settle, started, type Run, type World } from "./deskWorld";
import { TaskModel, type ModelTask } from "./taskModel";

/** The real thing, with what a test has to know of it: which runs of this process may still be ended. */
class Real {
  world!: World;
  readonly ids: string[] = [];
  readonly kinds = [new HeldKind("again", true), new HeldKind("once", false)] as const;

  async begin(world: World): Promise<void> {
    this.world = world;
    await settle(world, 8);
  }

  openRuns(): readonly Run[] {
    return this.kinds.flatMap((kind) => kind.runs).filter((run) => !this.ended.has(run));
  }

  readonly ended = new Set<Run>();

  find(index: number, model: TaskModel): { readonly id: string; readonly task: ModelTask } | null {
    const at = this.ids.length === 0 ? -1 : index % this.ids.length;
    const id = this.ids[at];
    const task = model.tasks[at];
    return id === undefined || task === undefined ? null : { id, task };
  }
}

type Command = fc.AsyncCommand<TaskModel, Real>;

async function compare(model: TaskModel, real: Real): Promise<void> {
  await settle(real.world, 8);
  for (const run of real.openRuns()) {
    const at = real.ids.indexOf(run.context.task);
    const task = model.tasks[at];
    if (task !== undefined) task.started = true;
  }
  const views = real.world.desk.list();
  expect(views.map(({ title }) => title)).toEqual(model.tasks.map(({ title }) => title));
  for (const [index, view] of views.entries()) {
    const task = model.tasks[index] ?? expect.fail("no task");
    const { waiting, running, ...counts } = view.counts;
    expect({ ...counts, open: waiting + running }).toEqual(model.countsOf(task));
    expect(identity(view)).toBe(0);
    expect(view.status).toBe(model.statusOf(task));
    expect(view.priority).toBe(task.priority);
    expect(view.endedAt !== null).toBe(model.isOver(task));
    const runs = real.openRuns().filter(({ context }) => context.task === view.id);
    expect(running).toBe(runs.length);
  }
}

/** Ends a run of this process that is under way. */
function endRun(which: number, how: "done" | "failed"): Command {
  return {
    check: () => true,
    async run(model, real) {
      const runs = real.openRuns();
      const run = runs[which % Math.max(1, runs.length)];
      if (run === undefined) return;
      real.ended.add(run);
      const task = model.tasks[real.ids.indexOf(run.context.task)] ?? expect.fail("no task");
      if (how === "done") run.done(run.context.item);
      else run.fail("no");
      model.end(task, run.context.item, how);
      await compare(model, real);
    },
    toString: () => `${how} ${which}`,
  };
}

function create(count: number, repeatable: boolean, priority: "low" | "NORMAL" | "HIGH"): Command {
  return {
    check: (model) => model.tasks.length < 6,
    async run(model, real) {
      const title = `Task ${model.tasks.length}`;
      const { id } = await real.world.desk.create(numbers(count), { kind: repeatable ? "again" : "once", title, priority });
      real.ids.push(id);
      const task: ModelTask = {
        title,
        repeatable,
        items: numbers(count).map(() => "open"),
        priority: priority.toUpperCase(),
        paused: false,
        cancelled: false,
        started: false,
        ends: count === 0 ? 1 : 0,
      };
      model.tasks.push(task);
      await compare(model, real);
    },
    toString: () => `create ${count} ${repeatable} ${priority}`,
  };
}

/** What a person does to one task. */
function act(name: "pause" | "resume" | "cancel" | "retry" | "priority", index: number): Command {
  return {
    check: (model) => model.tasks.length > 0,
    async run(model, real) {
      const found = real.find(index, model) ?? expect.fail("no task");
      const { id, task } = found;
      const { desk } = real.world;
      const wasOver = model.isOver(task);
      if (name === "pause") {
        expect((await desk.pause({ id })).kind).toBe(wasOver ? "not-now" : "changed");
        if (!wasOver) task.paused = true;
      } else if (name === "resume") {
        expect((await desk.resume({ id })).kind).toBe(wasOver || model.allPaused ? "not-now" : "changed");
        if (!wasOver && !model.allPaused) task.paused = false;
      } else if (name === "cancel") {
        expect((await desk.cancel({ id })).kind).toBe(wasOver ? "not-now" : "changed");
        model.cancel(task);
        for (const run of real.openRuns()) if (run.context.task === id) real.ended.add(run);
      } else if (name === "priority") {
        expect((await desk.setPriority(id, "CRITICAL")).kind).toBe(wasOver ? "not-now" : "changed");
        if (!wasOver) task.priority = "CRITICAL";
      } else {
        const some = index % 2 === 0 ? undefined : [0, 2];
        const retried = model.retry(task, (item) => some?.includes(item) ?? true);
        expect((await desk.retryFailed(id, some)).kind).toBe(retried ? "changed" : "not-now");
      }
      await compare(model, real);
    },
    toString: () => `${name} ${index}`,
  };
}

function actOnAll(name: "pause" | "resume" | "cancel"): Command {
  return {
    check: () => true,
    async run(model, real) {
      await real.world.desk[name]("all");
      if (name === "cancel") {
        for (const task of model.tasks) model.cancel(task);
        for (const run of real.openRuns()) real.ended.add(run);
      } else {
        model.allPaused = name === "pause";
        if (name === "resume") for (const task of model.tasks) if (!model.isOver(task)) task.paused = false;
      }
      await compare(model, real);
    },
    toString: () => `${name} all`,
  };
}

/** The process dies, or stops with no time to wait; another one goes on with the same files. */
function restart(how: "crash" | "stop", seed: number): Command {
  return {
    check: () => true,
    async run(model, real) {
      const { folder, clock, desk, ends } = real.world;
      if (how === "stop") {
        const stopping = desk.stop(0);
        await clock.advance(0);
        await stopping;
      }
      for (const run of real.openRuns()) {
        real.ended.add(run);
        const task = model.tasks[real.ids.indexOf(run.context.task)] ?? expect.fail("no task");
        if (!task.repeatable) model.end(task, run.context.item, "failed");
      }
      const next = await started({ folder: folder.copy(), clock, kinds: real.kinds, runner: new MemoryItemRunner(3), seed });
      next.ends.unshift(...ends);
      await real.begin(next);
      await compare(model, real);
    },
    toString: () => how,
  };
}

const index = fc.nat({ max: 11 });
const commands = [
  fc.tuple(fc.nat({ max: 5 }), fc.boolean(), fc.constantFrom("low" as const, "NORMAL" as const, "HIGH" as const)).map((args) => create(...args)),
  index.map((which) => endRun(which, "done")),
  index.map((which) => endRun(which, "done")),
  index.map((which) => endRun(which, "failed")),
  fc.tuple(fc.constantFrom("pause" as const, "resume" as const, "cancel" as const, "retry" as const, "priority" as const), index).map((args) => act(...args)),
  fc.constantFrom("pause" as const, "resume" as const, "resume" as const, "cancel" as const).map(actOnAll),
  fc.tuple(fc.constantFrom("crash" as const, "stop" as const), fc.integer({ min: 2, max: 99_999 })).map((args) => restart(...args)),
];

it("does what a naive reference says, whatever people, items and crashes do", async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 40, size: "max" }), async (steps) => {
      const model = new TaskModel();
      const real = new Real();
      await real.begin(await started({ kinds: real.kinds, runner: new MemoryItemRunner(3) }));
      await fc.asyncModelRun(() => ({ model, real }), steps);
      await settle(real.world, 8);
      for (const [at, task] of model.tasks.entries()) {
        const id = real.ids[at] ?? "";
        expect(real.world.ends.filter((view) => view.id === id).length).toBe(task.ends);
        if (!model.isOver(task)) continue;
        const last = new Map((await resultsOf(real.world.desk, id)).map((result) => [result.item, result.status]));
        expect(numbers(task.items.length).map((item) => last.get(item))).toEqual(task.items);
      }
      await real.world.clock.advance(10_000);
      expect(real.world.clock.pending).toBe(0);
    }),
    { numRuns: 40 },
  );
}, 60_000);
