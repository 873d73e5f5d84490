import { describe, expect, test } from "vitest";
import { CANVAS, endHostsAfterTests, expectNoErrors, startSample } from "./fixtures/sampleHost";
import type { LaunchOptions, ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";

const CARD = '{"id":"a1","type":"text","text":"one","x":0,"y":200,"width":250,"height":60}';

/** With the real delay the saves are made by the test: nothing is written by itself meanwhile. */
async function withCanvas(text: string, options: Partial<LaunchOptions> = {}): Promise<ObsidianHost> {
  const assume = { saveDelay: 60_000, ...options.assume };
  return startSample({ "board.canvas": text }, { watch: false, ...options, assume });
}

function texts(json: string): string[] {
  const { nodes } = JSON.parse(json) as { nodes: { text: string }[] };
  return nodes.map((node) => node.text);
}

describe.skipIf(!browserAvailable())("an open canvas on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();

  test("what a user does with mouse and keys is written in the app's own layout", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    const id = await canvas.addCard("two", { x: 500, y: 60 });
    await canvas.recolour(id, "4");
    await canvas.move("a1", { x: 30, y: 100 });
    await canvas.type("a1", "one!");
    await host.screenshot("host-canvas");
    await canvas.save();
    const lines = host.readFile("board.canvas").split("\n");
    expect(lines[0]).toBe("{");
    expect(lines[1]).toBe('\t"nodes":[');
    expect(lines[2]).toMatch(/^\t\t\{"id":"a1","type":"text","text":"one!","x":30,"y":300,"width":250,"height":60\},$/);
    expect(lines[3]?.replace(/-?\d+,"y":-?\d+/, '0,"y":0')).toBe(
      `\t\t{"id":"${id}","type":"text","text":"two","x":0,"y":0,"width":250,"height":60,"color":"4"}`,
    );
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(lines.slice(4)).toEqual(["\t],", '\t"edges":[]', "}"]);
    await expectNoErrors(host);
  });

  test("the view writes by itself after its delay, once", async () => {
    const host = await startSample({ "board.canvas": CANVAS }, { fakeClock: true, assume: { saveDelay: 60_000 } });
    const canvas = await host.openCanvas("board.canvas");
    await canvas.recolour("a1", "1");
    await canvas.recolour("a1", "2");
    expect((await canvas.state()).dirty).toBe(true);
    expect(host.readFile("board.canvas")).toBe(CANVAS);
    await host.page.clock.runFor(61_000);
    const isWrite = (entry: { op: string; path: string }): boolean =>
      entry.op === "write" && entry.path === "board.canvas";
    const writes = (): number => host.fsLog.filter(isWrite).length;
    await expect.poll(writes).toBe(1);
    expect(host.readFile("board.canvas")).toContain('"color":"2"');
    await host.page.clock.runFor(61_000);
    expect((await canvas.state()).dirty).toBe(false);
    expect(writes()).toBe(1);
  });

  test("removing takes the edges along, and undo brings both back", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    const id = await canvas.addCard("two", { x: 500, y: 60 });
    await canvas.connect("a1", id);
    await canvas.remove("a1");
    const removed = JSON.parse((await canvas.state()).viewData) as { nodes: unknown[]; edges: unknown[] };
    expect([removed.nodes.length, removed.edges.length]).toEqual([1, 0]);
    await canvas.undo();
    const back = JSON.parse((await canvas.state()).viewData) as { nodes: unknown[]; edges: unknown[] };
    expect([back.nodes.length, back.edges.length]).toEqual([2, 1]);
  });

  test("text in an open card is not part of the canvas until the card is left", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.startTyping("a1", "half a sent");
    await canvas.save();
    expect(texts((await canvas.state()).viewData)).toEqual(["one"]);
    expect(host.readFile("board.canvas")).toBe(CANVAS);
    await canvas.leaveCard();
    await canvas.save();
    expect(texts(host.readFile("board.canvas"))).toEqual(["half a sent"]);
  });

  test("a clean view takes a change from outside; a dirty one loses its own", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    host.writeFile("board.canvas", CANVAS.replace('"one"', '"from outside"'));
    await host.reconcile();
    await expect.poll(async () => (await canvas.nodes()).map((node) => node.text)).toEqual(["from outside"]);
    await canvas.type("a1", "by the user");
    expect((await canvas.state()).dirty).toBe(true);
    host.writeFile("board.canvas", CANVAS.replace('"one"', '"again from outside"'));
    await host.reconcile();
    await expect.poll(async () => (await canvas.nodes()).map((node) => node.text)).toEqual(["again from outside"]);
    await canvas.save();
    expect(host.readFile("board.canvas")).not.toContain("by the user");
  });

  test("a blind process on a dirty canvas loses the user's card", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.addCard("mine", { x: 500, y: 60 });
    await host.page.evaluate(async () => {
      const { vault } = window.__host.app;
      const file = vault.getFileByPath("board.canvas");
      if (file !== null) await vault.process(file, (text) => text.replace('"one"', '"written blindly"'));
    });
    await expect.poll(async () => (await canvas.nodes()).map((node) => node.text)).toEqual(["written blindly"]);
    await host.saveAll();
    expect(host.readFile("board.canvas")).not.toContain("mine");
  });

  test("a save under way overwrites what another program wrote meanwhile", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.type("a1", "first");
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    host.faults.add({ op: "write", path: "board.canvas", times: 1, effect: { kind: "hold", until } });
    const saving = canvas.save();
    await expect.poll(async () => (await canvas.state()).saving).toBe(true);
    host.writeFile("board.canvas", CANVAS.replace('"one"', '"from outside"'));
    release();
    await saving;
    expect(texts(host.readFile("board.canvas"))).toEqual(["first"]);
    expect((await canvas.state()).saving).toBe(false);
  });

  test("two panes on one canvas: the save of one is loaded by the other", async () => {
    const host = await withCanvas(CANVAS);
    const left = await host.openCanvas("board.canvas");
    const right = await host.openCanvas("board.canvas", "split");
    await left.recolour("a1", "3");
    await left.save();
    await expect.poll(async () => (await right.nodes()).map((node) => node.color)).toEqual(["3"]);
    expect((await right.state()).dirty).toBe(false);
  });

  test("opening and closing writes nothing where the file has the app's layout", async () => {
    for (const text of [CANVAS, "{}", "", '{\n\t"nodes":[],\n\t"edges":[]\n}']) {
      const host = await withCanvas(text);
      for (let round = 0; round < 3; round += 1) {
        await host.openCanvas("board.canvas");
        await host.closeFile("board.canvas");
      }
      expect(host.readFile("board.canvas")).toBe(text);
      expect(host.fsLog.filter((entry) => entry.op === "write" && entry.path === "board.canvas")).toEqual([]);
    }
  });

  test("opening and closing rewrites another layout, unless the assumption is turned around", async () => {
    const foreign = `{"edges": [], "nodes": [ ${CARD} ]}`;
    const host = await withCanvas(foreign);
    await host.openCanvas("board.canvas");
    await host.closeFile("board.canvas");
    expect(host.readFile("board.canvas")).toBe(`{\n\t"edges":[],\n\t"nodes":[\n\t\t${CARD}\n\t]\n}`);
    const other = await withCanvas(foreign, { assume: { canvasRewritesForeignLayout: false } });
    await other.openCanvas("board.canvas");
    await other.closeFile("board.canvas");
    expect(other.readFile("board.canvas")).toBe(foreign);
  });

  test("unknown keys stay, missing sides are filled in with the next save, positions are whole numbers", async () => {
    const text = JSON.stringify({
      version: 7,
      nodes: [
        { id: "a", x: 0.6, y: 0, width: 100, height: 50, type: "text", text: "a", note: { deep: [1] } },
        { id: "b", type: "text", text: "b", x: 400, y: 0, width: 100, height: 50 },
      ],
      edges: [{ id: "e", fromNode: "a", toNode: "b", weight: 3 }],
    });
    const host = await withCanvas(text);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.recolour("b", "5");
    await canvas.save();
    expect(JSON.parse(host.readFile("board.canvas"))).toEqual({
      version: 7,
      nodes: [
        { id: "a", x: 1, y: 0, width: 100, height: 50, type: "text", text: "a", note: { deep: [1] } },
        { id: "b", type: "text", text: "b", x: 400, y: 0, width: 100, height: 50, color: "5" },
      ],
      edges: [{ id: "e", fromNode: "a", fromSide: "right", toNode: "b", toSide: "left", weight: 3 }],
    });
  });

  test("a file that is no canvas is shown as broken and never written", async () => {
    const host = await withCanvas("<<<<<<< HEAD\n{}");
    await host.openFile("board.canvas");
    await expect.poll(() => host.notices()).toEqual([expect.stringContaining('Failed to open "board.canvas"')]);
    await host.closeFile("board.canvas");
    expect(host.readFile("board.canvas")).toBe("<<<<<<< HEAD\n{}");
  });

  test("the scene is empty for a moment after the file was read, while the snapshot is not", async () => {
    const host = await withCanvas(CANVAS);
    const seen = await host.page.evaluate(async () => {
      const { app } = window.__host;
      const file = app.vault.getFileByPath("board.canvas");
      if (file === null) throw new Error("no file");
      await app.workspace.getLeaf(false).openFile(file);
      const view = window.__host.canvasViews()[0];
      return view === undefined ? null : [view.hostCanvas.getData().nodes.length, view.getViewData().includes("one")];
    });
    expect(seen).toEqual([0, true]);
  });

  test("a dragged card shows, and a canvas that is only for reading takes no edits", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.startDrag("a1", { x: 40, y: 0 });
    const dragging = (): Promise<boolean> =>
      host.page.evaluate(() => window.__host.canvasViews()[0]?.hostCanvas.isDragging === true);
    expect(await dragging()).toBe(true);
    await host.page.mouse.up();
    expect(await dragging()).toBe(false);
    await canvas.setReadonly(true);
    await canvas.move("a1", { x: 40, y: 0 });
    await canvas.node("a1").dblclick();
    expect((await canvas.nodes()).map((node) => node.x)).toEqual([40]);
    expect(await canvas.wrapper().locator("textarea").count()).toBe(0);
  });

  test("a renamed file is renamed in canvases, open or not", async () => {
    const node = '{"id":"f","type":"file","file":"n.md","x":0,"y":0,"width":100,"height":100}';
    const board = `{\n\t"nodes":[\n\t\t${node}\n\t],\n\t"edges":[]\n}`;
    const files = { "open.canvas": board, "closed.canvas": board, "n.md": "" };
    const host = await startSample(files, { watch: false, assume: { saveDelay: 60_000 } });
    await host.openCanvas("open.canvas");
    await host.page.evaluate(async () => {
      const file = window.__host.app.vault.getFileByPath("n.md");
      if (file !== null) await window.__host.app.fileManager.renameFile(file, "m.md");
    });
    await expect.poll(() => host.readFile("closed.canvas")).toContain('"file":"m.md"');
    await host.saveAll();
    expect(host.readFile("open.canvas")).toContain('"file":"m.md"');
  });

  test("quit saves what is unsaved; a crash does not", async () => {
    const host = await withCanvas(CANVAS);
    const canvas = await host.openCanvas("board.canvas");
    await canvas.recolour("a1", "1");
    await host.reload();
    expect(host.readFile("board.canvas")).toContain('"color":"1"');
    const again = await host.openCanvas("board.canvas");
    await again.recolour("a1", "2");
    await host.crash();
    expect(host.readFile("board.canvas")).toContain('"color":"1"');
    await host.reload();
    expect((await (await host.openCanvas("board.canvas")).nodes()).map((node) => node.color)).toEqual(["1"]);
  });
});
