import { describe, expect, test } from "vitest";
import type { CanvasPatch } from "../../src/engine/canvas/patch";
import { installAdvancedCanvas } from "./fixtures/advancedCanvas";
import { CANVAS, expectNoErrors } from "./fixtures/sampleHost";
import { endWritersAfterTests, startWriter, write } from "./fixtures/writerHost";
import type { ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";
import type { CanvasHelper } from "./node/canvasHelper";

const PATH = "board.canvas";

const adding: CanvasPatch = [{ kind: "add-node", node: { id: "p1", type: "text", text: "plugin", x: 0, y: 500, width: 100, height: 50 } }];
const colouring: CanvasPatch = [{ kind: "set-color", id: "a1", color: "4" }];

function textsIn(json: string): string[] {
  const { nodes } = JSON.parse(json) as { nodes: { text: string }[] };
  return nodes.map((node) => node.text).sort();
}

async function shown(canvas: CanvasHelper): Promise<string[]> {
  return (await canvas.nodes()).map((node) => node.text).sort();
}

function onDisk(host: ObsidianHost): string[] {
  return textsIn(host.readFile(PATH));
}

/** Long enough for a write that does not wait. */
async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}

describe.skipIf(!browserAvailable())("writing a canvas that is open", { timeout: 90_000 }, () => {
  endWritersAfterTests();

  test("changes what is shown and what is in the file, as a step that the user can undo", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    expect(await write(host, PATH, adding)).toMatchObject({ kind: "written" });
    expect([await shown(canvas), onDisk(host)]).toEqual([["one", "plugin"], ["one", "plugin"]]);
    expect((await canvas.state()).dirty).toBe(false);
    await canvas.select("a1");
    await canvas.undo();
    await canvas.save();
    expect(host.readFile(PATH)).toBe(CANVAS);
    await expectNoErrors(host);
  });

  test("updates and removes by id, and takes edges along", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    const edge: CanvasPatch = [{ kind: "add-edge", edge: { id: "e", fromNode: "a1", fromSide: "right", toNode: "p1", toSide: "left" } }];
    await write(host, PATH, [...adding, ...edge], colouring);
    expect(JSON.parse(host.readFile(PATH))).toMatchObject({ nodes: [{ id: "a1", color: "4" }, { id: "p1" }], edges: [{ id: "e" }] });
    expect((await canvas.nodes()).map(({ id, color }) => [id, color])).toEqual([["a1", "4"], ["p1", ""]]);
    await write(host, PATH, [{ kind: "remove-node", id: "p1" }, { kind: "set-color", id: "a1", color: null }]);
    expect(host.readFile(PATH)).toBe(CANVAS);
    await expectNoErrors(host);
  });

  test("keeps what the user has not saved yet", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await canvas.addCard("mine", { x: 500, y: 60 });
    await canvas.recolour("a1", "2");
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect([await shown(canvas), onDisk(host)]).toEqual([["mine", "one", "plugin"], ["mine", "one", "plugin"]]);
    expect(host.readFile(PATH)).toContain('"color":"2"');
  });

  test("goes through the pane of two that has unsaved edits", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const left = await host.openCanvas(PATH);
    const right = await host.openCanvas(PATH, "split");
    await left.addCard("mine", { x: 60, y: 400 });
    await right.select("a1");
    expect((await write(host, PATH, adding)).kind).toBe("written");
    const all = ["mine", "one", "plugin"];
    await expect.poll(async () => [await shown(left), await shown(right), onDisk(host)]).toEqual([all, all, all]);
  });

  test("waits while two panes have unsaved edits, which only one of them could save", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const left = await host.openCanvas(PATH);
    const right = await host.openCanvas(PATH, "split");
    await left.addCard("left", { x: 60, y: 400 });
    await right.addCard("right", { x: 60, y: 400 });
    const writing = write(host, PATH, adding);
    await aWhile();
    expect(host.readFile(PATH)).toBe(CANVAS);
    await left.save();
    expect((await writing).kind).toBe("written");
    await expect.poll(() => onDisk(host)).toEqual(["left", "one", "plugin"]);
  });

  test("reaches a popout", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH, "window");
    await canvas.recolour("a1", "2");
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect((await canvas.nodes()).map(({ id, color }) => [id, color])).toEqual([["a1", "2"], ["p1", ""]]);
    expect([onDisk(host), host.readFile(PATH).includes('"color":"2"')]).toEqual([["one", "plugin"], true]);
  });

  test("writes the file of a tab that has loaded nothing yet, which then shows it", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const leaf = await host.openFile(PATH, "deferred");
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect(onDisk(host)).toEqual(["one", "plugin"]);
    const isDeferred = (): Promise<boolean | undefined> => host.page.evaluate((id) => window.__host.app.workspace.getLeafById(id)?.isDeferred, leaf);
    expect(await isDeferred()).toBe(true);
    const canvas = await host.openCanvas(PATH);
    expect(await shown(canvas)).toEqual(["one", "plugin"]);
  });

  test("leaves the card alone in which the user types", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await canvas.startTyping("a1", "half a sent");
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect(onDisk(host)).toEqual(["one", "plugin"]);
    const colours = write(host, PATH, colouring);
    await aWhile();
    expect(host.readFile(PATH)).not.toContain("color");
    await canvas.leaveCard();
    expect((await colours).kind).toBe("written");
    expect(onDisk(host)).toEqual(["half a sent", "plugin"]);
    expect(host.readFile(PATH)).toContain('"color":"4"');
  });

  test("waits until a card is let go", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await canvas.startDrag("a1", { x: 40, y: 0 });
    const writing = write(host, PATH, adding);
    await aWhile();
    expect(host.readFile(PATH)).toBe(CANVAS);
    await host.page.mouse.up();
    expect((await writing).kind).toBe("written");
    expect(onDisk(host)).toEqual(["one", "plugin"]);
    expect((await canvas.nodes()).find((node) => node.id === "a1")?.x).toBe(40);
  });

  test("does not write one that is set to read-only, and says so", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await canvas.setReadonly(true);
    expect(await write(host, PATH, adding)).toEqual({
      kind: "refused",
      code: "busy",
      reason: "the canvas is open and set to read-only; turn that off and try again",
    });
    expect(host.readFile(PATH)).toBe(CANVAS);
  });

  test("gets on with a plugin that changes the same methods", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await installAdvancedCanvas(host);
    await canvas.addCard("mine", { x: 500, y: 60 });
    expect((await write(host, PATH, adding, colouring)).kind).toBe("written");
    expect([await shown(canvas), onDisk(host)]).toEqual([["mine", "one", "plugin"], ["mine", "one", "plugin"]]);
    expect(JSON.parse(host.readFile(PATH))).toMatchObject({ metadata: { version: "1.0-1.0" } });
    expect(host.readFile(PATH)).toContain('"color":"4"');
    await expectNoErrors(host);
  });

  test("lets the view save and writes the file where its memory cannot be changed", async () => {
    const host = await startWriter({ [PATH]: CANVAS }, { assume: { privateCanvasApi: false } });
    const canvas = await host.openCanvas(PATH);
    await canvas.addCard("mine", { x: 500, y: 60 });
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect(onDisk(host)).toEqual(["mine", "one", "plugin"]);
    await expect.poll(() => shown(canvas)).toEqual(["mine", "one", "plugin"]);
    await canvas.startTyping("a1", "half a sent");
    const colours = write(host, PATH, colouring);
    await aWhile();
    expect(host.readFile(PATH)).not.toContain("color");
    await canvas.leaveCard();
    expect((await colours).kind).toBe("written");
    expect(onDisk(host)).toEqual(["half a sent", "mine", "plugin"]);
    await expectNoErrors(host);
  });

  test("keeps the bytes of a file in another layout", async () => {
    const foreign = JSON.stringify(JSON.parse(CANVAS), null, 2);
    const host = await startWriter({ [PATH]: foreign });
    const canvas = await host.openCanvas(PATH);
    expect((await write(host, PATH, adding)).kind).toBe("written");
    expect(host.readFile(PATH).startsWith(foreign.slice(0, foreign.indexOf("}") + 1))).toBe(true);
    await expect.poll(() => shown(canvas)).toEqual(["one", "plugin"]);
  });

  test("changes the canvas back when its view cannot be saved, and keeps the user's edits there", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    await canvas.recolour("a1", "2");
    host.faults.add({ op: "write", path: PATH, effect: { kind: "error", code: "ENOSPC" } });
    expect(await write(host, PATH, adding)).toMatchObject({ kind: "threw" });
    host.faults.clear();
    expect(host.readFile(PATH)).toBe(CANVAS);
    expect((await canvas.nodes()).map(({ id, color }) => [id, color])).toEqual([["a1", "2"]]);
    await canvas.save();
    expect(host.readFile(PATH)).toContain('"color":"2"');
  });

  test("puts 10 × 20 cards on it in the order of each writer", async () => {
    const host = await startWriter({ [PATH]: CANVAS });
    const canvas = await host.openCanvas(PATH);
    const patches = (who: number): CanvasPatch[] =>
      Array.from({ length: 20 }, (_, at): CanvasPatch => [
        { kind: "add-node", node: { id: `${who}-${String(at).padStart(2, "0")}`, type: "text", text: "", x: at * 10, y: who * 10, width: 10, height: 10 } },
      ]);
    await Promise.all(Array.from({ length: 10 }, (_, who) => write(host, PATH, ...patches(who))));
    const ids = (JSON.parse(host.readFile(PATH)) as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
    expect(ids).toHaveLength(201);
    for (let who = 0; who < 10; who += 1) {
      const own = ids.filter((id) => id.startsWith(`${who}-`));
      expect(own).toEqual([...own].sort());
    }
    expect((await canvas.nodes()).map(({ id }) => id)).toEqual(ids);
  });
});
