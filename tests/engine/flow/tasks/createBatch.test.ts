import { describe, expect, it } from "vitest";
import type { BatchOptions } from "../../../../src/engine/index";
import { canvas, EngineWorld, settings } from "../engineWorld";

const mine = { name: "Mine", kind: "index", title: "Index {{folder}}", priority: "HIGH", items: [{ folder: "{{folder}}" }], cron: null };
const DAY_MS = 86_400_000;

function fill(world: EngineWorld): void {
  for (const path of ["Courses/Maths/limits.canvas", "Courses/Maths/series.canvas", "Old/past.canvas"]) world.vault.canvas(path, canvas([{ id: "n" }]), world.at(0));
}

describe("a batch of a template", () => {
  it("takes kind, title, priority and items from a shipped one", async () => {
    const world = new EngineWorld();
    fill(world);
    const engine = await world.open();
    const id = await engine.createBatch([], { template: "study-session", variables: { folder: "Courses/Maths" } });
    expect(engine.tasks.status(id)).toMatchObject({ kind: "steps", title: "Study session in Courses/Maths", priority: "HIGH", priorityReason: null, counts: { total: 2 } });
    await world.clock.advance(5_000);
    expect(engine.tasks.status(id)?.status).toBe("done");
    expect(engine.status().canvases).toBe(2);
  });

  it("takes a saved one as soon as the settings have it, with what the call says otherwise", async () => {
    const world = new EngineWorld();
    fill(world);
    const engine = await world.open();
    await expect(engine.createBatch([], { template: "mine", variables: { folder: "Old" } })).rejects.toThrow(/^There is no template "mine"\. There are: index-all, /);
    engine.updateSettings({ ...settings, savedTemplates: { mine } });
    const id = await engine.createBatch([], { template: "mine", variables: { folder: "Old" }, title: "The old one", priority: "low" });
    expect(engine.tasks.status(id)).toMatchObject({ kind: "index", title: "The old one", priority: "LOW", counts: { total: 1 } });
    engine.updateSettings(settings);
    await expect(engine.createBatch([], { template: "mine", variables: { folder: "Old" } })).rejects.toThrow("There is no template");
  });

  it("becomes a schedule with a time", async () => {
    const engine = await new EngineWorld().open();
    const id = await engine.createBatch([], { template: "index-all", schedule: "@daily" });
    expect(engine.schedules.list()).toMatchObject([{ id, cron: "@daily", task: { kind: "index", title: "Index all canvases", priority: "LOW", items: [{ all: true }] } }]);
    expect(engine.tasks.list()).toEqual([]);
  });

  it.each<[string, BatchOptions, string]>([
    ["without a value for a variable", { template: "study-session" }, 'The template "Study session" needs a value for {{folder}}.'],
    ["with a value for none", { template: "index-all", variables: { folder: "x" } }, 'The template "Index all canvases" has no variable {{folder}}. It has none.'],
    ["with a value that is no text", { template: "study-session", variables: { folder: 7 as unknown as string } }, "The value of {{folder}} must be a text."],
    ["with a kind beside it", { template: "index-all", kind: "index" as unknown as undefined }, "Kind and items come from the template"],
    ["that cannot be read", { template: "newer" }, 'The template "newer" cannot be read here.'],
    ["with variables and no template", { kind: "index", title: "x", variables: {} as unknown as undefined }, "Variables go with a template"],
  ])("is refused %s", async (_, options, reason) => {
    const world = new EngineWorld();
    fill(world);
    const engine = await world.open();
    engine.updateSettings({ ...settings, savedTemplates: { newer: { version: 9 } } });
    await expect(engine.createBatch([], options)).rejects.toThrow(RangeError);
    await expect(engine.createBatch([], options)).rejects.toThrow(reason);
    expect(engine.tasks.list()).toEqual([]);
  });

  it("is refused with items of its own", async () => {
    const engine = await new EngineWorld().open();
    await expect(engine.createBatch([{ all: true }], { template: "index-all" })).rejects.toThrow("give no items");
  });
});

describe("a batch without a priority", () => {
  it("gets the one that reviews and work there suggest, says why, also after a restart, and no more once a person sets another", async () => {
    const world = new EngineWorld();
    fill(world);
    world.vault.note("Courses/Maths/limits.md", { "sr-due": new Date(world.clock.now() - DAY_MS).toISOString().slice(0, 10) }, world.clock.now());
    const first = await world.open();
    await first.scan();
    const id = await first.createBatch([{ folder: "Courses/" }], { kind: "index", title: "Courses" });
    const reason = "A review is due. You worked there within the last day.";
    expect(first.tasks.status(id)).toMatchObject({ priority: "HIGH", priorityReason: reason });
    const engine = await world.reopen();
    expect(engine.tasks.status(id)).toMatchObject({ priority: "HIGH", priorityReason: reason });
    const other = await engine.createBatch([{ canvas: "Courses/Maths/series.canvas" }], { kind: "index", title: "Series" });
    expect(engine.tasks.status(other)?.priorityReason).toBe(reason);
    await engine.tasks.setPriority(other, "NORMAL");
    expect(engine.tasks.status(other)).toMatchObject({ priority: "NORMAL", priorityReason: null });
  });

  it("waits behind others where nothing is due and nobody worked for long", async () => {
    const world = new EngineWorld();
    fill(world);
    const engine = await world.open();
    await engine.scan();
    const id = await engine.createBatch([{ folder: "Old" }], { kind: "index", title: "Old" });
    expect(engine.tasks.status(id)).toMatchObject({ priority: "LOW", priorityReason: "No review is planned. You worked there more than a month ago." });
  });

  it("is an ordinary one where it is about everything, or about places that nothing is known of, or says its priority", async () => {
    const world = new EngineWorld();
    fill(world);
    const engine = await world.open();
    const batches: readonly (readonly [Parameters<typeof engine.createBatch>[0], BatchOptions])[] = [
      [[{ folder: "Old" }], { kind: "index", title: "Not read yet" }],
      [[{ all: true }], { kind: "index", title: "All" }],
      [[{}], { kind: "drain", title: "Send" }],
    ];
    for (const [items, options] of batches) {
      const id = await engine.createBatch(items, options);
      expect(engine.tasks.status(id)).toMatchObject({ priority: "NORMAL", priorityReason: null });
    }
    await engine.scan();
    const said = await engine.createBatch([{ folder: "Old" }], { kind: "index", title: "Old", priority: "immediate" });
    expect(engine.tasks.status(said)).toMatchObject({ priority: "CRITICAL", priorityReason: null });
  });
});
