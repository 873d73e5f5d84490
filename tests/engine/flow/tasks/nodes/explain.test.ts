import { describe, expect, it } from "vitest";
import { readStamp } from "../../../../../src/engine/tasks/nodes/noteStamp";
import { allEvents, canvas } from "../../engineWorld";
import { LIMITS, MATHS, NodeWorld, one } from "./nodeWorld";

async function opened(): Promise<NodeWorld> {
  const world = new NodeWorld();
  await world.open();
  return world;
}

describe("explaining a card", () => {
  it("makes a note of the card and its neighbours, puts it beside the card, connects the two and journals it", async () => {
    const world = await opened();
    const started = await world.explain();
    expect(started).toMatchObject({ kind: "started", title: "Explain (plain words): Limits" });
    await world.clock.advance(1_000);
    expect(world.task(started.id)).toMatchObject({ status: "done", progress: 1, priority: "HIGH" });
    const [path = "", ...more] = world.notes.texts.keys();
    expect(more).toEqual([]);
    expect(path).toMatch(/^Explanations\/Limits – plain words [0-9a-f]{10}\.md$/);
    const text = world.notes.texts.get(path) ?? "";
    expect(text).toContain("# Limits\n\n> [!quote] On the canvas [[Maths.canvas]]\n> Limits\n> of functions\n");
    expect(text).toContain("## Connected with\n\n- → Series\n");
    const { edges, nodes } = world.document();
    const card = nodes.at(-1);
    expect(card).toMatchObject({ type: "file", file: path, x: 290, y: 0, width: 400, height: 300 });
    expect(edges.at(-1)).toMatchObject({ fromNode: LIMITS, fromSide: "right", toNode: card?.["id"], toSide: "left" });
    const event = (await allEvents(world.running)).find(({ type }) => type === "explanation_created");
    expect(event).toMatchObject({ subject: { kind: "node", id: LIMITS }, canvas: { path: MATHS }, origin: "task", priority: "NORMAL", at: readStamp(text)?.createdAt });
    expect(event?.data).toEqual({ explanation: readStamp(text)?.identity, style: "plain-words", generator: "template" });
  });

  it("takes the note behind a card, but not one that is kept out", async () => {
    const world = await opened();
    const file = (name: string): object => ({ id: name, type: "file", file: `${name}.md`, x: 0, y: 0, width: 100, height: 50 });
    world.canvases.put(MATHS, JSON.stringify({ nodes: [file("open"), file("Private")], edges: [] }));
    world.notes.texts.set("open.md", "What is written there").set("Private.md", "Nobody's business");
    world.vault.keptOut = "Private";
    world.notes.texts.set("Template.md", "{{title}}: {{note}}");
    world.settings = { ...world.settings, templateNote: "Template.md" };
    await world.explain("open");
    await world.explain("Private");
    await world.clock.advance(1_000);
    const texts = [...world.notes.texts].filter(([path]) => path.startsWith("Explanations/")).map(([, text]) => text);
    expect(texts.map((text) => text.split("---\n\n")[1])).toEqual(["open: What is written there\n", "Private:\n"]);
  });

  it("explains a connection, beside the card where it begins", async () => {
    const world = await opened();
    const { id, title } = await world.nodeTasks.start({ action: "explain", items: [{ canvas: MATHS, edge: "e1", style: "comparison" }] });
    await world.clock.advance(1_000);
    expect([title, world.task(id).status]).toEqual(["Explain (comparison): Limits and Series", "done"]);
    expect(world.document().edges.at(-1)).toMatchObject({ fromNode: LIMITS });
    expect((await allEvents(world.running)).at(-1)).toMatchObject({ type: "explanation_created", subject: { kind: "edge", id: "e1" } });
  });

  it("has one item a card for a selection", async () => {
    const world = await opened();
    const { id, title } = await world.nodeTasks.start({ action: "explain", items: [LIMITS, "series"].map((node) => ({ canvas: MATHS, node })) });
    await world.clock.advance(1_000);
    expect([title, world.task(id).counts.done]).toEqual(["Explain (plain words): 2 cards of Maths.canvas", 2]);
    expect(await world.made()).toEqual({ notes: 2, cards: 2, edges: 2, events: 2 });
  });

  it("makes one of everything of ten clicks at once, of a double click, and of later ones", async () => {
    const world = await opened();
    const clicks = await Promise.all(Array.from({ length: 10 }, () => world.explain()));
    expect(clicks.map(({ kind }) => kind).sort()).toEqual([...Array.from({ length: 9 }, () => "joined"), "started"]);
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1);
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual(one);
    const again = await world.explain();
    expect(again.kind).toBe("started");
    await world.clock.advance(1_000);
    expect(await world.value(again.id)).toMatchObject({ made: false, event: "there" });
    expect(await world.made()).toEqual(one);
  });

  it("makes one of everything of clicks through the API too, which no key makes the same", async () => {
    const world = await opened();
    const { running } = world;
    await Promise.all(Array.from({ length: 5 }, () => running.createBatch([{ canvas: MATHS, node: LIMITS }], { kind: "explain", title: "Explain" })));
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual(one);
  });

  it.each<readonly [string, (world: NodeWorld) => void]>([
    ["while the model writes", (world) => world.model.script.push("hold")],
    ["behind the note", (world) => (world.notes.onWritten = () => world.die())],
    ["behind the card", (world) => (world.canvases.onWritten = () => world.die())],
  ])("goes on where a crash broke off: %s", async (_, breakOff) => {
    const world = new NodeWorld();
    world.useModel();
    await world.open();
    breakOff(world);
    const { id } = await world.explain();
    await world.clock.advance(100);
    world.die();
    expect((await world.made()).events).toBe(0);
    world.notes.onWritten = () => undefined;
    world.canvases.onWritten = () => undefined;
    await world.open();
    const again = await world.explain();
    await world.clock.advance(5_000);
    // The answer to a question of a process that is gone comes too late for anybody.
    world.model.release();
    await world.clock.advance(5_000);
    expect([world.task(id).status, world.task(again.id).status]).toEqual(["done", "done"]);
    expect(await world.made()).toEqual(one);
  });

  it("makes one of everything of a click before and after a reload", async () => {
    const world = await opened();
    await world.explain();
    await world.running.stop();
    await world.open();
    const again = await world.explain();
    await world.clock.advance(5_000);
    expect(world.task(again.id).status).toBe("done");
    expect(await world.made()).toEqual(one);
  });

  it("makes again what a person took away, and connects anew what is left", async () => {
    const world = await opened();
    await world.explain();
    await world.clock.advance(1_000);
    const [path = "", text = ""] = [...world.notes.texts][0] ?? [];
    world.canvases.put(MATHS, canvas([{ id: LIMITS, text: "Limits\nof functions" }, { id: "series", text: "Series", x: 800 }], [["e1", LIMITS, "series"]]));
    await world.running.canvasChanged(MATHS);
    await world.explain();
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual(one);
    expect([...world.notes.texts]).toEqual([[path, text]]);
    world.notes.texts.delete(path);
    world.vault.remove(path);
    await world.explain();
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual({ ...one, events: 2 });
  });

  it("follows a note that was renamed, and a canvas that was", async () => {
    const world = await opened();
    await world.explain();
    await world.clock.advance(1_000);
    const [path = "", text = ""] = [...world.notes.texts][0] ?? [];
    world.notes.texts.delete(path);
    world.notes.texts.set("Moved.md", text);
    const moved = (world.canvases.peek(MATHS) ?? "").replace(JSON.stringify(path), '"Moved.md"');
    world.canvases.put("Analysis.canvas", moved);
    world.vault.remove(MATHS);
    await world.running.canvasRenamed(MATHS, "Analysis.canvas");
    const again = await world.nodeTasks.start({ action: "explain", items: [{ canvas: "Analysis.canvas", node: LIMITS }] });
    await world.clock.advance(1_000);
    expect(await world.value(again.id)).toMatchObject({ canvas: "Analysis.canvas", note: "Moved.md", made: false, event: "there" });
    expect([...world.notes.texts.keys()]).toEqual(["Moved.md"]);
  });

  it("does not journal where nothing may be captured", async () => {
    const world = new NodeWorld();
    world.mayCapture = false;
    await world.open();
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    expect(await world.value(id)).toMatchObject({ made: true, event: "not-captured" });
    expect(await world.made()).toEqual({ ...one, events: 0 });
  });

  it("says what is wrong, and leaves no note behind", async () => {
    const world = await opened();
    const failure = async (started: Promise<{ readonly id: string }>): Promise<string | null> => {
      const { id } = await started;
      await world.clock.advance(30_000);
      expect(world.task(id).status).toBe("failed");
      return world.task(id).lastError;
    };
    expect(await failure(world.explain("nobody"))).toBe("What this is about is not on Maths.canvas any more.");
    expect(await failure(world.nodeTasks.start({ action: "explain", items: [{ canvas: "None.canvas", node: "a" }] }))).toBe("There is no canvas None.canvas.");
    world.settings = { ...world.settings, templateNote: "Nowhere.md" };
    expect(await failure(world.explain())).toContain("There is no template note Nowhere.md.");
    world.settings = { ...world.settings, templateNote: "", folder: ".hidden" };
    expect(await failure(world.explain())).toContain("the folder is a hidden one");
    world.settings = { ...world.settings, folder: "Explanations" };
    world.canvases.busy = "a card is being edited";
    expect(await failure(world.explain())).toBe("Maths.canvas could not be written: a card is being edited.");
    expect((await world.made()).cards).toBe(0);
    world.canvases.busy = null;
    await world.running.tasks.retryFailed(world.running.tasks.list().at(-1)?.id ?? "");
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual(one);
    await expect(world.nodeTasks.start({ action: "explain", items: [{ canvas: MATHS }] })).rejects.toThrow("An item of the kind explain is");
  });

  it("takes the note back when its card went away while the model wrote", async () => {
    const world = new NodeWorld();
    world.useModel();
    await world.open();
    world.notes.onWritten = () => world.canvases.put(MATHS, canvas([{ id: "series", text: "Series" }], []));
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    expect(world.task(id)).toMatchObject({ status: "failed", lastError: "What this is about is not on Maths.canvas any more." });
    expect([...world.notes.texts.keys()]).toEqual([]);
  });
});
