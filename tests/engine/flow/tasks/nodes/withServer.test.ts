import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createChatModel } from "../../../../../src/adapters/system/chatModel";
import { ChatServer, WHOLE_ANSWER, type Manner } from "../../../../contracts/chatServer";
import { none, NodeWorld, one } from "./nodeWorld";

describe("explaining with a model behind a real server", () => {
  const server = new ChatServer();
  let at = "";
  beforeAll(async () => {
    at = await server.open();
  });
  afterAll(() => server.close());

  async function opened(manner: Manner): Promise<NodeWorld> {
    const world = new NodeWorld();
    const url = `${at}/${manner}`;
    world.settings = { ...world.settings, generator: "model", model: { url, name: "llama3.2", limitS: 30, agreed: `${url}/chat/completions` } };
    await world.open(createChatModel(fetch, world.clock));
    return world;
  }

  /** Lets time pass, a little at a time so that the network has its turn, until something is so. */
  async function until(world: NodeWorld, isSo: () => boolean): Promise<void> {
    await expect
      .poll(async () => {
        if (!isSo()) await world.clock.advance(50);
        return isSo();
      }, { interval: 5, timeout: 20_000 })
      .toBe(true);
  }

  it.each<readonly [Manner, number]>([
    ["stream", 1],
    ["whole", 1],
    ["throttled-once", 2],
    ["trouble-once", 2],
    ["cut-once", 2],
  ])("has one of everything in the end: %s", async (manner, asked) => {
    const before = server.asked.length;
    const world = await opened(manner);
    const { id } = await world.explain();
    await until(world, () => world.task(id).endedAt !== null);
    expect(world.task(id).status).toBe("done");
    expect(server.asked).toHaveLength(before + asked);
    expect([...world.notes.texts.values()][0]).toContain(WHOLE_ANSWER);
    expect(await world.made()).toEqual(one);
  });

  it.each<readonly [Manner, string]>([
    ["no-key", "The model refused the key."],
    ["no-model", 'The endpoint has no model named "llama3.2".'],
    ["nothing", "There is no chat endpoint at the address of the model."],
    ["silent", "The model did not answer within 30 s."],
    ["moved", "The address of the model leads on to another one"],
  ])("waits, and says what for: %s", async (manner, words) => {
    const world = await opened(manner);
    const { id } = await world.explain();
    await until(world, () => world.task(id).waitsFor !== null);
    expect(world.task(id).waitsFor).toContain(words);
    expect(await world.made()).toEqual(none);
    await world.running.stop();
  });

  it.each<readonly [Manner, string]>([
    ["refuses", "The model refused the question (status 400). It says: this question is too long"],
    ["wrong-json", "The answer of the model could not be read."],
    ["cut", "The model broke off in the middle of its answer."],
    ["empty", "The model answered without any text."],
  ])("gives up, and says why: %s", async (manner, words) => {
    const world = await opened(manner);
    const { id } = await world.explain();
    await until(world, () => world.task(id).endedAt !== null);
    expect(world.task(id)).toMatchObject({ status: "failed" });
    expect(world.task(id).lastError).toContain(words);
    expect(await world.made()).toEqual(none);
  });

  it("closes the connection of a question that is cancelled, and writes nothing when the answer comes", async () => {
    const world = await opened("hold");
    const left = server.left;
    const heard = server.next();
    const { id } = await world.explain();
    await world.clock.advance(50);
    await heard;
    await world.running.tasks.cancel({ id });
    await expect.poll(() => server.left).toBe(left + 1);
    server.release();
    await world.clock.advance(60_000);
    expect(world.task(id)).toMatchObject({ status: "cancelled", lastError: null });
    expect(await world.made()).toEqual(none);
  });
});
