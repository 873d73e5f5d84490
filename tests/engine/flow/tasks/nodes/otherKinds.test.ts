import { describe, expect, it } from "vitest";
import type { JsonObject, NodeAction } from "../../../../../src/engine/index";
import { taskOwner } from "../../../../../src/engine/tasks/nodes/taskOwner";
import { undoNodeTask, type OwnerUndo } from "../../../../../src/engine/flow/tasks/nodes/undoNodeTask";
import { testHasher } from "../../../../fakes/testHasher";
import { allEvents, canvas } from "../../engineWorld";
import { LIMITS, MATHS, NodeWorld } from "./nodeWorld";

async function opened(): Promise<NodeWorld> {
  const world = new NodeWorld();
  await world.open();
  return world;
}

describe("setting the mastery of cards", () => {
  it("colours a selection by the table in one write, and leaves a colour of the same level", async () => {
    const world = await opened();
    world.canvases.put(MATHS, canvas([{ id: "a", color: "3" }, { id: "b" }, { id: "c", color: "1" }]));
    await world.running.canvasChanged(MATHS);
    const { id, title } = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: ["a", "b", "c", "gone"], level: "learning" }] });
    await world.clock.advance(1_000);
    expect(title).toBe("Set mastery to learning: 4 cards of Maths.canvas");
    expect(await world.value(id)).toMatchObject({ canvas: MATHS, cards: 3, changed: 2 });
    expect(world.document().nodes.map((node) => node["color"])).toEqual(["3", "2", "2"]);
    expect(world.canvases.writes).toEqual([MATHS]);
  });

  it("takes colours away", async () => {
    const world = await opened();
    world.canvases.put(MATHS, canvas([{ id: "a", color: "3" }, { id: "b" }]));
    const { title } = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: ["a"], level: null }] });
    await world.clock.advance(1_000);
    expect([title, world.document().nodes.map((node) => node["color"])]).toEqual(["Set mastery to none: a", [undefined, undefined]]);
  });

  it("is journaled as a change of the colour, like one by hand", async () => {
    const world = await opened();
    await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: [LIMITS], level: "mastered" }] });
    await world.clock.advance(1_000);
    await world.running.canvasChanged(MATHS);
    expect((await allEvents(world.running)).at(-1)).toMatchObject({ type: "color_changed", data: { newLevel: "mastered" } });
  });

  it("says that none of the cards is there", async () => {
    const world = await opened();
    const { id } = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: ["gone"], level: null }] });
    await world.clock.advance(1_000);
    expect(world.task(id).lastError).toBe("None of these cards is on Maths.canvas any more.");
  });
});

describe("arranging cards", () => {
  it("moves those that cover others, and has nothing to do the second time", async () => {
    const world = await opened();
    world.canvases.put(MATHS, canvas([{ id: "a" }, { id: "b", x: 20 }, { id: "c", x: 2_000 }]));
    const first = await world.nodeTasks.start({ action: "arrange", items: [{ canvas: MATHS }] });
    await world.clock.advance(1_000);
    expect(await world.value(first.id)).toMatchObject({ cards: 1, changed: 1 });
    const again = await world.nodeTasks.start({ action: "arrange", items: [{ canvas: MATHS }] });
    await world.clock.advance(1_000);
    expect(await world.value(again.id)).toMatchObject({ cards: 0, changed: 0 });
    expect(world.canvases.writes).toEqual([MATHS]);
  });

  it("moves only the chosen ones, and no group", async () => {
    const world = await opened();
    const text = canvas([{ id: "a" }, { id: "b", x: 20 }, { id: "c", x: 40 }]).replace('"nodes":[', '"nodes":[{"id":"g","type":"group","x":-50,"y":-50,"width":900,"height":400},');
    world.canvases.put(MATHS, text);
    await world.nodeTasks.start({ action: "arrange", items: [{ canvas: MATHS, nodes: ["c", "g"] }] });
    await world.clock.advance(1_000);
    const [group, a, b, c] = world.document().nodes;
    expect([group?.["x"], a?.["x"], b?.["x"]]).toEqual([-50, 0, 20]);
    expect([c?.["x"], c?.["y"]]).not.toEqual([40, 0]);
  });
});

describe("summarising a canvas", () => {
  it("makes a note of what stands there, each time it is asked for", async () => {
    const world = await opened();
    const ask = async (): Promise<string> => {
      const { id } = await world.nodeTasks.start({ action: "summarise", items: [{ canvas: MATHS }] });
      await world.clock.advance(1_000);
      return id;
    };
    const first = await ask();
    const [[path = "", text = ""] = []] = world.notes.texts;
    expect(path).toMatch(/^Explanations\/Maths summary 20\d\d-\d\d-\d\d [0-9a-f]{10}\.md$/);
    expect(text).toMatch(/^# Summary of Maths\n\n\[\[Maths\.canvas\]\]\n\n2 cards, 1 connection\.\n/);
    await ask();
    expect(world.notes.texts.size).toBe(2);
    expect(world.nodeTasks.canUndo("summarise")).toBe(true);
    expect(await world.nodeTasks.undo(first)).toEqual({ canvases: 0, notes: 1, kept: [] });
    expect([world.notes.texts.size, world.notes.texts.has(path)]).toEqual([1, false]);
  });

  it("is written by the model where that is chosen", async () => {
    const world = new NodeWorld();
    world.useModel();
    await world.open();
    await world.nodeTasks.start({ action: "summarise", items: [{ canvas: MATHS }] });
    await world.clock.advance(1_000);
    expect([...world.notes.texts.values()][0]).toContain("# Summary of Maths\n\nA limit is what is approached.\n\n*Written by the model llama3.2");
  });
});

describe("taking back what a task did", () => {
  async function explained(): Promise<{ readonly world: NodeWorld; readonly id: string; readonly path: string; readonly undo: (answer: OwnerUndo) => ReturnType<typeof undoNodeTask>; readonly asked: string[] }> {
    const world = await opened();
    const before = world.canvases.peek(MATHS) ?? "";
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    const asked: string[] = [];
    const tasks = world.running.tasks;
    const host = { settings: () => world.settings, notes: world.noteFiles, model: world.model, key: () => null };
    const undo = (answer: OwnerUndo): ReturnType<typeof undoNodeTask> =>
      undoNodeTask({ tasks, host, hasher: testHasher, canvasFiles: world.canvases, pathOf: () => null, undoOwner: async (path, owner) => {
        asked.push(`${path} ${owner}`);
        if (answer.kind === "undone") world.canvases.put(MATHS, before);
        return answer;
      } }, id);
    return { world, id, path: [...world.notes.texts.keys()][0] ?? "", undo, asked };
  }

  it.each<readonly [NodeAction, JsonObject, number]>([
    ["explain", { canvas: MATHS, node: LIMITS }, 1],
    ["mastery", { canvas: MATHS, nodes: [LIMITS, "series"], level: "mastered" }, 0],
    ["arrange", { canvas: MATHS }, 0],
  ])("gives the very canvas back: %s", async (action, item, notes) => {
    const world = await opened();
    const before = canvas([{ id: LIMITS, text: "Limits" }, { id: "series", x: 20 }]);
    world.canvases.put(MATHS, before);
    await world.running.canvasChanged(MATHS);
    const { id } = await world.nodeTasks.start({ action, items: [item] });
    await world.clock.advance(1_000);
    expect(world.canvases.peek(MATHS)).not.toBe(before);
    expect(world.nodeTasks.canUndo(action)).toBe(true);
    expect(await world.nodeTasks.undo(id)).toEqual({ canvases: 1, notes, kept: [] });
    expect([world.canvases.peek(MATHS), [...world.notes.texts]]).toEqual([before, []]);
  });

  it("leaves what the user changed since", async () => {
    const world = await opened();
    const { id } = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: [LIMITS, "series"], level: "mastered" }] });
    await world.clock.advance(1_000);
    world.canvases.put(MATHS, (world.canvases.peek(MATHS) ?? "").replace('"color":"5"', '"color":"1"'));
    expect(await world.nodeTasks.undo(id)).toMatchObject({ canvases: 1, kept: ["1 of what it did on Maths.canvas was changed since, and stays."] });
    expect(world.document().nodes.map((node) => node["color"])).toEqual(["1", undefined]);
  });

  it("takes card and edge back in the name of the task, then the note", async () => {
    const { asked, id, undo, world } = await explained();
    expect(await undo({ kind: "undone", path: MATHS, kept: [] })).toEqual({ canvases: 1, notes: 1, kept: [] });
    expect(asked).toEqual([`${MATHS} ${taskOwner(id)}`]);
    expect([...world.notes.texts]).toEqual([]);
    const again = await world.explain();
    await world.clock.advance(1_000);
    expect([again.kind, await world.made()]).toEqual(["started", { notes: 1, cards: 1, edges: 1, events: 2 }]);
  });

  it("leaves a note that was changed since", async () => {
    const { path, undo, world } = await explained();
    world.notes.texts.set(path, `${world.notes.texts.get(path) ?? ""}My own words.`);
    expect(await undo({ kind: "undone", path: MATHS, kept: [] })).toEqual({ canvases: 1, notes: 0, kept: [`${path} was changed since, and stays.`] });
    expect(world.notes.texts.has(path)).toBe(true);
  });

  it("leaves a note that a card still shows", async () => {
    const { path, undo, world } = await explained();
    expect(await undo({ kind: "unchanged", path: MATHS, kept: ["x"] })).toEqual({
      canvases: 0,
      notes: 0,
      kept: ["1 of what it did on Maths.canvas was changed since, and stays.", `${path} is still shown on a canvas, and stays.`],
    });
    expect(world.notes.texts.has(path)).toBe(true);
  });

  it.each<readonly [OwnerUndo, string]>([
    [{ kind: "missing", path: MATHS }, "There is no canvas Maths.canvas any more."],
    [{ kind: "refused", reason: "a card is being edited" }, "Maths.canvas could not be changed: a card is being edited."],
    [{ kind: "unreadable", problem: { path: MATHS, line: 1, column: 1, reason: "it is torn" } }, "Maths.canvas cannot be read: it is torn."],
  ])("says why it could not: %j", async (answer, words) => {
    const { undo } = await explained();
    expect((await undo(answer)).kept[0]).toBe(words);
  });
});
