import { describe, expect, it } from "vitest";
import { nodeHmac } from "../../../../src/adapters/node/nodeHmac";
import { openWebhook } from "../../../../src/engine/flow/tasks/openWebhook";
import { createAlternatingFile } from "../../../../src/engine/journal/alternatingFile";
import { createEmitter } from "../../../../src/engine/kernel/emitter";
import { isJsonObject, type JsonObject } from "../../../../src/engine/kernel/json";
import type { TaskView } from "../../../../src/engine/tasks/taskView";
import type { Webhook } from "../../../../src/engine/tasks/webhook/webhook";
import type { PostAnswer, WebhookPost, WebhookRequest } from "../../../../src/engine/tasks/webhook/webhookPost";
import { madeTask } from "../../../fakes/madeTask";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { seededRandom } from "../../../fakes/seededRandom";
import { testHasher } from "../../../fakes/testHasher";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const status = (code: number, retryAfter: string | null = null): PostAnswer => ({ kind: "answered", status: code, retryAfter });

class WebhookWorld {
  readonly clock = new ManualClock();
  readonly folder = new MemoryDataFolder();
  readonly sent: (WebhookRequest & { readonly at: number })[] = [];
  settings = { enabled: true, url: "https://example.com/hook" };
  secret: string | null = "s3cret";
  /** What the next requests are answered with; 200 when none is left, "hang" for never. */
  answers: (PostAnswer | Promise<PostAnswer> | "hang")[] = [];
  warnings: string[] = [];
  private tasks: readonly TaskView[] = [];
  private readonly ends = createEmitter<TaskView>(() => undefined);

  private readonly post: WebhookPost = {
    post: (request) => {
      this.sent.push({ ...request, at: this.clock.monotonic() });
      const answer = this.answers.shift() ?? status(200);
      return answer === "hang" ? new Promise(() => undefined) : Promise.resolve(answer);
    },
  };

  open(): Promise<Webhook> {
    return openWebhook({
      file: createAlternatingFile(this.folder, "tasks/webhook", testHasher),
      tasks: { list: () => this.tasks, onEnd: (listener) => this.ends.on(listener) },
      post: this.post,
      settings: () => this.settings,
      secret: () => this.secret,
      vault: "v",
      hmac: nodeHmac,
      hasher: testHasher,
      clock: this.clock,
      random: seededRandom(3),
      logger: { debug: () => undefined, warn: (message) => void this.warnings.push(message), error: () => undefined },
    });
  }

  /** Opened with nothing of the past to tell. */
  async opened(): Promise<Webhook> {
    const webhook = await this.open();
    await this.clock.flush();
    return webhook;
  }

  async end(id: string, fields: Partial<TaskView> = {}): Promise<void> {
    const task = madeTask({ id, status: "done", endedAt: this.clock.now(), ...fields });
    this.tasks = [...this.tasks.filter((one) => one.id !== id), task];
    this.ends.emit(task);
    await this.clock.flush();
  }

  bodies(): readonly JsonObject[] {
    return this.sent.map(({ body }) => {
      const read: unknown = JSON.parse(body);
      return isJsonObject(read) ? read : {};
    });
  }

  toldTasks(): readonly unknown[] {
    return this.bodies().map(({ task }) => (task !== undefined && isJsonObject(task) ? task["id"] : null));
  }
}

describe("a webhook", () => {
  it("tells of the end of a task, signed, with its counts and nothing of its items and errors", async () => {
    const world = new WebhookWorld();
    const webhook = await world.opened();
    const counts = { total: 3, waiting: 0, running: 0, done: 2, failed: 1, cancelled: 0 };
    await world.end("t1", { status: "failed", title: "Index", counts, lastError: "Maths.canvas cannot be read." });
    const [request] = world.sent;
    expect(request?.url).toBe("https://example.com/hook");
    expect(request?.headers["X-Canvas-Engram-Signature"]).toBe(`sha256=${nodeHmac("s3cret", request?.body ?? "")}`);
    expect(request?.headers["X-Canvas-Engram-Timestamp"]).toBe(String(Date.UTC(2030, 0, 1) / 1000));
    expect(world.bodies()[0]).toEqual({
      event: "task.ended",
      delivery: request?.headers["X-Canvas-Engram-Delivery"],
      sentAt: "2030-01-01T00:00:00.000Z",
      task: {
        id: "t1",
        kind: "drain",
        title: "Index",
        status: "failed",
        counts,
        createdAt: "1970-01-01T00:00:00.000Z",
        startedAt: null,
        endedAt: "2030-01-01T00:00:00.000Z",
        schedule: null,
      },
    });
    expect(webhook.status()).toEqual({ enabled: true, pending: 0, trouble: null, held: false });
    expect(world.clock.pending).toBe(0);
  });

  it("does not name the card of a task about one", async () => {
    const world = new WebhookWorld();
    await world.opened();
    await world.end("t1", { kind: "explain", title: "Explain (plain words): My diagnosis" });
    expect(world.bodies()[0]).toMatchObject({ task: { kind: "explain", title: "explain" } });
    expect(world.sent[0]?.body).not.toContain("diagnosis");
  });

  it("is silent, and keeps nothing, while it is off", async () => {
    const world = new WebhookWorld();
    world.settings = { ...world.settings, enabled: false };
    await world.opened();
    await world.end("t1");
    expect(world.sent).toEqual([]);
    expect(world.folder.paths()).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it("sends nothing more once it is turned off, and to another address from when that is entered, also in the midst of many", async () => {
    const world = new WebhookWorld();
    const webhook = await world.opened();
    let answer = (_: PostAnswer): void => undefined;
    const slow = (): Promise<PostAnswer> => new Promise((resolve) => (answer = resolve));
    world.answers = [slow()];
    for (const id of ["t1", "t2", "t3", "t4"]) await world.end(id);
    const first = answer;
    world.answers = [slow()];
    world.settings = { enabled: true, url: "https://example.org/new" };
    webhook.retry();
    first(status(200));
    await world.clock.flush();
    expect(world.sent.map(({ url }) => url)).toEqual(["https://example.com/hook", "https://example.org/new"]);
    world.settings = { ...world.settings, enabled: false };
    webhook.retry();
    answer(status(200));
    await world.clock.advance(MINUTE);
    expect(world.toldTasks()).toEqual(["t1", "t2"]);
    expect(webhook.status()).toMatchObject({ enabled: false, pending: 0 });
  });

  it("tells nothing of the time before it was turned on, and of the time while it was off", async () => {
    const world = new WebhookWorld();
    world.settings = { ...world.settings, enabled: false };
    const webhook = await world.opened();
    const turn = async (enabled: boolean): Promise<void> => {
      world.settings = { ...world.settings, enabled };
      webhook.retry();
      await world.clock.flush();
    };
    await world.end("before");
    await turn(true);
    await world.end("during");
    await turn(false);
    await world.end("off");
    await turn(true);
    await world.end("again");
    expect(world.toldTasks()).toEqual(["during", "again"]);
  });

  it("delivers after a restart what it could not before, under the same id, and nothing twice", async () => {
    const world = new WebhookWorld();
    const first = await world.opened();
    await world.end("t1");
    world.answers = [{ kind: "unreachable", reason: "Nobody is there." }];
    await world.end("t2");
    expect(first.status()).toEqual({ enabled: true, pending: 1, trouble: "Nobody is there.", held: false });
    await first.stop();
    expect(world.clock.pending).toBe(0);
    const second = await world.opened();
    expect(world.toldTasks()).toEqual(["t1", "t2", "t2"]);
    const ids = world.sent.map(({ headers }) => headers["X-Canvas-Engram-Delivery"]);
    expect(ids[2]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(second.status().pending).toBe(0);
  });

  it("delivers what was under way when it stopped", async () => {
    const world = new WebhookWorld();
    const first = await world.opened();
    world.answers = ["hang"];
    await world.end("t1");
    await first.stop();
    await world.opened();
    expect(world.toldTasks()).toEqual(["t1", "t1"]);
  });

  it("tells of a task anew that a person retried", async () => {
    const world = new WebhookWorld();
    await world.opened();
    await world.end("t1");
    await world.clock.advance(SECOND);
    await world.end("t1");
    expect(world.toldTasks()).toEqual(["t1", "t1"]);
    expect(new Set(world.bodies().map(({ delivery }) => delivery)).size).toBe(2);
  });

  it("asks a receiver that is away at growing intervals, in the order of the ends, and not sooner for one more end", async () => {
    const world = new WebhookWorld();
    await world.opened();
    world.answers = [status(500), status(502), { kind: "unreachable", reason: "Nobody is there." }];
    await world.end("t1");
    await world.end("t2");
    expect(world.toldTasks()).toEqual(["t1"]);
    expect(world.clock.pending).toBe(1);
    await world.clock.advance(30 * MINUTE);
    expect(world.toldTasks()).toEqual(["t1", "t1", "t1", "t1", "t2"]);
    const waits = world.sent.slice(1, 4).map(({ at }, index) => at - (world.sent[index]?.at ?? 0));
    expect(waits.every((wait, index) => wait >= SECOND && wait <= 5_000 * 2 ** index)).toBe(true);
  });

  it("waits as long as the receiver asks", async () => {
    const world = new WebhookWorld();
    await world.opened();
    world.answers = [status(429, "120")];
    await world.end("t1");
    await world.clock.advance(119 * SECOND);
    expect(world.sent).toHaveLength(1);
    await world.clock.advance(SECOND);
    expect(world.sent).toHaveLength(2);
  });

  it("gives a receiver that says nothing fifteen seconds", async () => {
    const world = new WebhookWorld();
    const webhook = await world.opened();
    world.answers = ["hang"];
    await world.end("t1");
    await world.clock.advance(15 * SECOND);
    expect(webhook.status().trouble).toBe("The receiver did not answer within 15 seconds.");
    await world.clock.advance(5 * SECOND);
    expect(webhook.status()).toMatchObject({ pending: 0, trouble: null });
  });

  it.each<[string, PostAnswer]>([
    ["auth", status(401)],
    ["config", status(404)],
    ["redirect", { kind: "redirected" }],
  ])("holds everything until a person changed something (%s)", async (_, answer) => {
    const world = new WebhookWorld();
    const webhook = await world.opened();
    world.answers = [answer];
    await world.end("t1");
    await world.end("t2");
    await world.clock.advance(60 * MINUTE);
    expect(world.sent).toHaveLength(1);
    expect(webhook.status()).toMatchObject({ pending: 2, held: true });
    webhook.retry();
    await world.clock.flush();
    expect(world.toldTasks()).toEqual(["t1", "t1", "t2"]);
    expect(webhook.status()).toMatchObject({ pending: 0, held: false, trouble: null });
  });

  it("gives up the one delivery that the receiver will not take, and says so", async () => {
    const world = new WebhookWorld();
    const webhook = await world.opened();
    world.answers = [status(422)];
    await world.end("t1");
    await world.end("t2");
    expect(world.toldTasks()).toEqual(["t1", "t2"]);
    expect(webhook.status().pending).toBe(0);
    expect(world.warnings.join()).toContain("will not take that");
  });

  it("sends nothing without a secret or to an address that is not allowed", async () => {
    const world = new WebhookWorld();
    world.secret = null;
    const webhook = await world.opened();
    await world.end("t1");
    expect(webhook.status()).toMatchObject({ held: true, trouble: "Choose the secret that deliveries are signed with." });
    world.secret = "s3cret";
    world.settings = { ...world.settings, url: "http://example.com/" };
    webhook.retry();
    await world.clock.flush();
    expect(webhook.status().trouble).toContain("Use https://.");
    expect(world.sent).toEqual([]);
  });

  it("sends nothing twice in one process when it cannot keep what it sent", async () => {
    const world = new WebhookWorld();
    await world.opened();
    world.folder.refusing = "full";
    await world.end("t1");
    await world.clock.advance(10 * MINUTE);
    await world.end("t2");
    await world.clock.advance(10 * MINUTE);
    expect(world.toldTasks()).toEqual(["t1", "t2"]);
    expect(world.warnings.join()).toContain("could not be kept");
  });
});
