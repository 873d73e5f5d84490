import { describe, expect, it } from "vitest";
import type { ChatAnswer } from "../../../../../src/engine/index";
import { LIMITS, MATHS, none, NodeWorld, one } from "./nodeWorld";

async function opened(...script: readonly (ChatAnswer | "hold")[]): Promise<NodeWorld> {
  const world = new NodeWorld();
  world.useModel();
  world.model.script.push(...script);
  await world.open();
  return world;
}

const refused = (status: number, detail = "", retryAfter: string | null = null): ChatAnswer => ({ kind: "refused", status, detail, retryAfter });

describe("explaining with a model", () => {
  it("asks once, with the key, and keeps who wrote it beside the text", async () => {
    const world = await opened();
    world.key = "s3cret";
    const { id } = await world.explain(LIMITS, { style: "memory-hook" });
    await world.clock.advance(1_000);
    expect(world.model.asked).toHaveLength(1);
    expect(world.model.asked[0]).toMatchObject({ url: "http://localhost:11434/v1/chat/completions", model: "llama3.2", key: "s3cret", limitMs: 120_000 });
    const text = [...world.notes.texts.values()][0] ?? "";
    expect(text).toContain("# Limits\n\nA limit is what is approached.\n\n*Written by the model llama3.2 from the canvas [[Maths.canvas]].");
    expect(await world.value(id)).toMatchObject({ generator: "model", style: "memory-hook", made: true });
    expect(await world.made()).toEqual(one);
    const kept = world.folder.paths().map((path) => world.folder.textOf(path)).join("\n");
    expect(kept).not.toMatch(/s3cret|what is approached/);
  });

  it("sends exactly what is shown before, and nothing before the user has agreed to it for this address", async () => {
    const world = await opened();
    const agreed = world.settings;
    world.settings = { ...agreed, model: { ...agreed.model, agreed: "" } };
    const request = { action: "explain", items: [{ canvas: MATHS, node: LIMITS }] } as const;
    const preview = await world.nodeTasks.preview(request);
    expect(preview).toMatchObject({ agreed: false, problem: null, model: "llama3.2" });
    const { id } = await world.explain();
    await world.clock.advance(60_000);
    expect([world.model.asked, await world.made()]).toEqual([[], none]);
    expect(world.task(id).waitsFor).toContain("Nothing is sent to this model before you have seen what is sent.");
    world.settings = { ...agreed, model: { ...agreed.model, url: "https://elsewhere.example.com/v1" } };
    expect(await world.nodeTasks.preview(request)).toMatchObject({ agreed: false, url: "https://elsewhere.example.com/v1/chat/completions" });
    await world.explain();
    await world.clock.advance(60_000);
    expect(world.model.asked).toEqual([]);
    world.settings = agreed;
    expect(await world.nodeTasks.preview(request)).toMatchObject({ agreed: true });
    await world.explain();
    await world.clock.advance(1_000);
    expect(world.model.asked.map(({ messages }) => messages)).toEqual([preview?.messages]);
    expect(await world.made()).toEqual(one);
  });

  it("shows nothing for what stays on the device", async () => {
    const world = await opened();
    expect(await world.nodeTasks.preview({ action: "explain", items: [{ canvas: MATHS, node: LIMITS, generator: "template" }] })).toBeNull();
    expect(await world.nodeTasks.preview({ action: "mastery", items: [{ canvas: MATHS, nodes: [LIMITS], level: null }] })).toBeNull();
    expect((await world.nodeTasks.preview({ action: "summarise", items: [{ canvas: MATHS }] }))?.messages[1]?.content).toContain("Limits → Series");
  });

  it.each<readonly [string, ChatAnswer, number]>([
    ["asks to wait", refused(429, "slow down", "7"), 7_000],
    ["is in trouble", refused(500), 2_000],
    ["is away", { kind: "unreachable", reason: "The model could not be reached." }, 2_000],
    ["says nothing", { kind: "late", begun: false }, 2_000],
    ["is too slow once", { kind: "late", begun: true }, 0],
    ["breaks off", { kind: "cut" }, 0],
    ["makes no sense", { kind: "unreadable" }, 0],
    ["says nothing in many words", { kind: "text", text: "  " }, 0],
  ])("tries again when the model %s, and has one of everything then", async (_, answer, notBefore) => {
    const world = await opened(answer);
    const { id } = await world.explain();
    await world.clock.advance(Math.max(0, notBefore - 1));
    if (notBefore > 0) {
      expect(world.model.asked).toHaveLength(1);
      expect(world.task(id)).toMatchObject({ status: "running", lastError: null });
      expect(world.task(id).waitsFor).toMatch(/^The (endpoint of the )?model /);
    }
    await world.clock.advance(10_000);
    expect(world.model.asked).toHaveLength(2);
    expect(world.task(id)).toMatchObject({ status: "done", waitsFor: null });
    expect(await world.made()).toEqual(one);
  });

  it("gives up on a model that never makes sense, and says so", async () => {
    const world = await opened(...Array.from({ length: 9 }, (): ChatAnswer => ({ kind: "cut" })));
    const { id } = await world.explain();
    await world.clock.advance(300_000);
    expect(world.task(id)).toMatchObject({ status: "failed", lastError: "The model broke off in the middle of its answer." });
    expect(world.model.asked).toHaveLength(5);
    expect(await world.made()).toEqual(none);
  });

  it.each<readonly [ChatAnswer, string]>([
    [refused(401, "Incorrect API key provided"), "The model refused the key."],
    [refused(404, 'model "llama3.2" not found'), 'The endpoint has no model named "llama3.2".'],
    [{ kind: "redirected" }, "The address of the model leads on"],
  ])("waits for a person, and goes on when they act: %j", async (answer, words) => {
    const world = await opened(answer);
    const { id } = await world.explain();
    await world.clock.advance(3_600_000);
    expect(world.model.asked).toHaveLength(1);
    expect(world.task(id).waitsFor).toContain(words);
    // Whatever needs no model is not held up.
    const other = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: MATHS, nodes: ["series"], level: "mastered" }] });
    await world.clock.advance(1_000);
    expect(world.task(other.id).status).toBe("done");
    expect(await world.explain()).toMatchObject({ kind: "joined", id });
    await world.clock.advance(1_000);
    expect(world.task(id).status).toBe("done");
    expect(await world.made()).toEqual(one);
  });

  it("refuses for good what the model refuses", async () => {
    const world = await opened(refused(400, "this question is too long"));
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    expect(world.task(id)).toMatchObject({ status: "failed", lastError: "The model refused the question (status 400). It says: this question is too long" });
  });

  it("waits for settings that can work", async () => {
    const world = await opened();
    const { settings } = world;
    world.settings = { ...settings, model: { ...settings.model, name: " " } };
    expect(await world.nodeTasks.preview({ action: "explain", items: [{ canvas: MATHS, node: LIMITS }] })).toMatchObject({ problem: "Enter the name of the model in the settings, such as llama3.2." });
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    expect(world.task(id).waitsFor).toContain("Enter the name of the model");
    expect(world.model.asked).toEqual([]);
  });
});

describe("cancelling", () => {
  it("breaks the question off, writes nothing afterwards, frees the card and is no error", async () => {
    const world = await opened("hold");
    const { id } = await world.explain();
    await world.clock.advance(100);
    expect(world.task(id).counts.running).toBe(1);
    expect(await world.running.tasks.cancel({ id })).toEqual({ kind: "changed" });
    await world.clock.flush();
    expect(world.task(id)).toMatchObject({ status: "cancelled", counts: { failed: 0, cancelled: 1 }, lastError: null });
    world.model.release();
    await world.clock.advance(60_000);
    expect(await world.made()).toEqual(none);
    const again = await world.explain();
    expect(again.kind).toBe("started");
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual(one);
  });

  it("takes the note back that was just written", async () => {
    const world = await opened();
    let cancelled: Promise<unknown> = Promise.resolve();
    world.notes.onWritten = () => {
      const [task] = world.running.tasks.list();
      cancelled = world.running.tasks.cancel({ id: task?.id ?? "" });
    };
    const { id } = await world.explain();
    await world.clock.advance(1_000);
    await cancelled;
    expect(world.task(id).status).toBe("cancelled");
    expect(await world.made()).toEqual(none);
    expect(world.noteFiles.discarded).toHaveLength(1);
  });

  it("leaves what waits behind it its turn", async () => {
    const world = await opened("hold");
    const first = await world.explain();
    const second = await world.explain(LIMITS, { style: "comparison", generator: "template" });
    await world.clock.advance(100);
    expect(world.task(second.id).status).toBe("running");
    expect((await world.made()).notes).toBe(0);
    await world.running.tasks.cancel({ id: first.id });
    await world.clock.advance(1_000);
    expect(world.task(second.id).status).toBe("done");
    expect(await world.made()).toEqual(one);
  });
});

describe("several at once", () => {
  it("lets another action on a card wait, and says what for", async () => {
    const world = await opened("hold");
    const first = await world.explain();
    await world.clock.advance(100);
    const colour = await world.nodeTasks.start({ action: "mastery", items: [{ canvas: "./Maths.canvas", nodes: [LIMITS], level: "mastered" }] });
    expect(colour).toMatchObject({ kind: "queued", behind: first.title });
    await world.clock.advance(1_000);
    expect(world.document().nodes[0]).not.toHaveProperty("color");
    world.model.release();
    await world.clock.advance(1_000);
    expect(world.document().nodes[0]).toMatchObject({ color: "5" });
    expect(world.task(first.id).status).toBe("done");
  });

  it("says so after a restart, too", async () => {
    const world = await opened("hold", "hold");
    const first = await world.explain();
    await world.clock.advance(100);
    world.die();
    await world.open();
    await world.clock.advance(100);
    expect(await world.explain()).toMatchObject({ kind: "joined", id: first.id });
    expect(await world.explain(LIMITS, { style: "comparison" })).toMatchObject({ kind: "queued", behind: first.title });
  });

  it("works on different cards at the same time", async () => {
    const world = await opened("hold", "hold");
    expect((await world.explain(LIMITS)).kind).toBe("started");
    expect((await world.explain("series")).kind).toBe("started");
    await world.clock.advance(100);
    expect(world.model.waiting).toBe(2);
    world.model.release();
    await world.clock.advance(1_000);
    expect(await world.made()).toEqual({ notes: 2, cards: 2, edges: 2, events: 2 });
  });
});
