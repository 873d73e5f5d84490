import type { App, Plugin } from "obsidian";
import type { EngramApi } from "../../../src/adapters/obsidian/pluginApi";
import type { ResultPage, TaskKind } from "../../../src/engine/index";

/** The examples of docs/api.md: what stands there has to stand here, where it is compiled. */
export function getApi(app: App): EngramApi | undefined {
  const { plugins } = (app as unknown as { plugins: { plugins: Record<string, { api?: EngramApi } | undefined> } }).plugins;
  const api = plugins["canvas-engram"]?.api;
  if (api === undefined || api.apiVersion !== 1) return undefined;

  return api;
}

export function checkCapabilities(api: EngramApi): void {
  const needed = ["recordBatch", "on:event"];
  const missing = needed.filter((name) => !api.supports(name));
  if (missing.length > 0) console.warn(`update Canvas Engram for ${missing.join(", ")}; it has ${api.capabilities.join(", ")}`);
}

export function hear(api: EngramApi, plugin: Plugin): void {
  const ends = [
    api.on("event", ({ type, subject }) => console.log(type, subject.kind, subject.id)),
    api.on("canvas", ({ path, events }) => console.log(`${path}: ${events.length} events`)),
    api.on("task", ({ title, status }) => console.log(`${title}: ${status}`)),
    api.on("batch", ({ store, stored, events, ms }) => console.log(`${store}: ${stored} of ${events} in ${ms} ms`)),
  ];
  plugin.register(() => ends.forEach((end) => end()));
}

export function hearWhereThereIs(api: EngramApi, plugin: Plugin): void {
  if (api.supports("on:problem")) plugin.register(api.on("problem", ({ path, reason }) => console.warn(path, reason)));
}

export async function recordOne(api: EngramApi): Promise<void> {
  const result = await api.record({ type: "score_submitted", canvas: "Maths.canvas", node: "a1b2c3", score: 87.5 });
  if (result.error !== undefined) console.warn(`not recorded: ${result.error.message}`);
}

export async function recordMany(api: EngramApi): Promise<void> {
  const { requested, succeeded, duplicate, results } = await api.recordBatch(
    [
      { type: "review_rated", note: "Limits.md", rating: "good", timestamp: "2026-05-01T08:00:00Z" },
      { type: "explanation_created", concept: "series", data: { words: 120 } },
      { type: "custom:lecture", note: "Limits.md", data: { room: 3 } },
    ],
    { settled: true },
  );
  console.log(`${succeeded} of ${requested} recorded, ${duplicate} were there already`);
  for (const { index, error } of results) if (error !== undefined) console.warn(index, error.code, error.message);
}

export async function submit(api: EngramApi): Promise<void> {
  const result = await api.submit(
    { type: "score_submitted", note: "Limits.md", score: 90 },
    { priority: "immediate", key: "Limits.md", deadlineMs: 5_000 },
  );
  if (result.status === "deferred") console.log("safe in the journal, and sent when Neo4j is back");

  const { succeeded, deferred } = await api.submitAll([{ type: "note_opened", note: "Limits.md" }], { priority: "low" });
  console.log(`${succeeded} sent, ${deferred} later`);
}

export async function refused(api: EngramApi, id: string): Promise<void> {
  for (const { id, type, class: failure, reason } of await api.deadLetters()) {
    console.warn(id, type, failure, reason, await api.deadEvent(id));
  }
  await api.retryDead({ class: "data" });
  await api.retryDead("all");

  const edited = await api.retryEdited(id, { score: 90 });
  if (edited.kind === "refused") console.warn(edited.error.message);
  else await api.discardDead([edited.id]);
}

export async function changeCanvas(api: EngramApi): Promise<void> {
  const result = await api.mutate("Maths.canvas", [
    { kind: "set-color", id: "a1b2c3", color: "4" },
    { kind: "update-node", id: "a1b2c3", set: { text: "Limits, understood" } },
    { kind: "add-edge", edge: { id: "e1", fromNode: "a1b2c3", toNode: "d4e5f6" } },
  ]);
  if (result.kind === "refused") console.warn(result.reason);
}

export async function changeOneThing(api: EngramApi): Promise<void> {
  const { id, result } = await api.canvas.add_node("Maths.canvas", { type: "text", text: "Series", x: 400, y: 0, width: 250, height: 60 });
  if (result.kind === "refused") console.warn(result.reason);
  await api.canvas.update_node("Maths.canvas", id, { color: "4", text: "Series and sums" });
  const edge = await api.canvas.add_edge("Maths.canvas", { fromNode: "a1b2c3", fromSide: "right", toNode: id, toSide: "left" });
  await api.canvas.delete_edge("Maths.canvas", edge.id);
  await api.canvas.delete_node("Maths.canvas", id);
}

export async function lookIntoCanvas(api: EngramApi): Promise<void> {
  const green = await api.canvas.nodes_by_color("Maths.canvas", "4");
  if (green.kind === "found") console.log(green.value.map((node) => node.text));
  else console.warn(green.kind);

  const node = await api.canvas.find_node("Maths.canvas", "a1b2c3");
  const edges = await api.canvas.find_edges("Maths.canvas", { node: "a1b2c3" });
  if (node.kind === "found" && node.value !== null && edges.kind === "found") console.log(node.value.text, edges.value.length);
}

export async function look(api: EngramApi): Promise<() => void> {
  const { canvases, events, stores } = await api.status();
  console.log(`${canvases} canvases, ${events} events, ${stores.neo4j?.pending ?? 0} waiting for Neo4j`);

  const { batch_avg_latency_ms, retried } = await api.stats();
  console.log("milliseconds of a batch:", batch_avg_latency_ms, "events tried again:", retried);
  const { hour, batches } = await api.batchHistory();
  console.log(`${hour.stored} events in the last hour; 95 of 100 batches within`, hour.latency.p95, "ms; the last one:", batches[0]?.events);
  await api.resetStats();

  const stop = api.onStatus(({ journal }) => {
    if (journal.kind === "failing") console.warn(journal.message);
  });
  return stop;
}

export async function makeTask(api: EngramApi): Promise<string> {
  const id = await api.createBatch([{ folder: "Courses" }], {
    kind: "index",
    title: "Index my courses",
    priority: "low",
    dedupeKey: "index:Courses",
    onDone: (task) => console.log(`${task.title}: ${task.status}, ${task.counts.failed} failed`),
  });
  return id;
}

export async function makeTaskOfTemplate(api: EngramApi): Promise<readonly string[]> {
  const now = await api.createBatch([], { template: "weekly-export", variables: { folder: "Exports" } });
  const daily = await api.createBatch([], { template: "index-all", schedule: "@daily" });
  return [now, daily];
}

export async function planTasks(api: EngramApi): Promise<void> {
  const preview = await api.schedules.preview("0 9 * * MON-FRI");
  if (preview.kind === "problem") throw new Error(preview.reason);

  const { id, nextRuns } = await api.schedules.add({
    cron: "0 9 * * MON-FRI",
    missed: "skip",
    task: { kind: "drain", title: "Send what is pending", priority: "LOW", items: [{}] },
  });
  console.log("first run:", new Date(nextRuns[0] ?? 0));

  for (const { cron, task, paused, trouble } of await api.schedules.list()) console.log(cron, task.title, paused, trouble);
  await api.schedules.pause(id);
  await api.schedules.resume(id);
  const { kind } = await api.schedules.remove(id);
  if (kind === "unknown-schedule") console.warn("somebody else deleted it");
}

export async function followTask(api: EngramApi, id: string): Promise<() => void> {
  const task = await api.tasks.status(id);
  if (task !== null) console.log(`${task.counts.done} of ${task.counts.total}, ${task.eta?.likelyMs ?? "?"} ms left`);

  const stop = api.tasks.onChange((tasks) => {
    for (const { title, status, progress } of tasks) console.log(`${title}: ${status}, ${Math.round(progress * 100)} %`);
  });
  return stop;
}

export async function steerTask(api: EngramApi, id: string): Promise<void> {
  await api.tasks.pause({ id });
  await api.tasks.setPriority(id, "CRITICAL");
  await api.tasks.resume({ id });
  const change = await api.tasks.cancel({ id });
  if (change.kind === "not-now") console.warn(change.reason);

  await api.tasks.pause("all");
  await api.tasks.resume("all");
}

export async function readTask(api: EngramApi, id: string): Promise<void> {
  for (const { item, status, attempts, error } of await api.tasks.items(id, 0, 100)) {
    if (status === "failed") console.warn(item, attempts, error);
  }
  for await (const line of api.tasks.results(id)) {
    if (line.status === "done") console.log(line.item, line.value);
  }
  for (let from: number | null = 0; from !== null; ) {
    const page: ResultPage = await api.tasks.resultPage(id, { order: "item", from, limit: 100 });
    console.log(page.lines.map(({ item, status }) => `${item}: ${status}`).join("\n"));
    from = page.next;
  }
  await api.tasks.retryFailed(id);
}

export async function listTasks(api: EngramApi): Promise<readonly string[]> {
  const running = (await api.tasks.list()).filter((task) => task.endedAt === null);
  return running.map((task) => task.title);
}

export async function addKind(api: EngramApi): Promise<() => void> {
  const wordCount: TaskKind = {
    name: "word-count",
    check: (item) => (typeof item === "string" ? null : "An item of the kind word-count is a text."),
    domainOf: () => "word-count",
    keyOf: () => null,
    costMs: () => 1,
    repeatable: true,
    run: async (item) => {
      if (typeof item !== "string") throw api.failure("data", "no-text", "Only a text has words.");
      return { words: item.split(/\s+/).length };
    },
  };
  const remove = await api.registerKind(wordCount);
  await api.createBatch(["a limit", "a series of terms"], { kind: "word-count", title: "Count words" });
  return remove;
}
