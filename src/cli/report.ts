import type { EngineStatus, FileProblem, StoreStatus, TaskView } from "../engine/index";
import { counted } from "./counted";

type Stores = EngineStatus["stores"];

/** The stores as the JSON outputs show them: `{state, sent, pending, dead}`, with a message where something is wrong. */
export function storesJson(stores: Stores): object {
  return {
    local: storeJson(stores.local),
    ...(stores.neo4j === undefined ? {} : { neo4j: storeJson(stores.neo4j) }),
  };
}

export function storesText(stores: Stores): string[] {
  return [
    storeText("local graph", stores.local),
    ...(stores.neo4j === undefined ? [] : [storeText("Neo4j", stores.neo4j)]),
  ];
}

/** What the journal lost, in a line of its own; nothing where every line can be read. */
export function damageText({ quarantined }: Pick<EngineStatus, "quarantined">): string[] {
  if (quarantined === 0) return [];
  return [`${counted(quarantined, "damaged journal line")} set aside in this device's quarantine folder`];
}

/** What a scan journaled, one line for each type. */
export function typesText(events: Readonly<Record<string, number>>): string[] {
  return Object.entries(events).map(([type, count]) => `  ${String(count).padStart(8)} ${type}`);
}

/** What keeps a command from exit status 0, one line each. */
export function failures(status: EngineStatus, unreadable: number): string[] {
  const { neo4j, local } = status.stores;
  return [
    ...(unreadable > 0 ? [unreadableText(status.problems, unreadable)] : []),
    ...(status.journal.kind === "failing" ? [`the journal cannot be written: ${status.journal.message}`] : []),
    ...storeFailures("the local graph", local),
    ...(neo4j === undefined ? [] : neo4jFailures(neo4j, status)),
  ];
}

/** One task as a line: how it stands, how far it is, and the newest reason of a failure. */
export function taskText({ counts, lastError, status, title, waitsFor }: TaskView): string {
  const { done, failed, total } = counts;
  const reason = waitsFor ?? lastError;
  return `task ${JSON.stringify(title)} ${status}: ${done} of ${total}${failed === 0 ? "" : `, ${failed} failed`}${reason === null ? "" : ` (${reason})`}`;
}

/** Tasks that a run left to the next one; nothing where there are none. */
export function leftTasksText(left: readonly TaskView[]): string[] {
  if (left.length === 0) return [];
  return [`${counted(left.length, "task")} not finished: ${left.map(({ title }) => JSON.stringify(title)).join(", ")}; the next sync or watch goes on with ${left.length === 1 ? "it" : "them"}`];
}

export function problemText(problem: FileProblem): string {
  const place = problem.line === null ? "" : `:${problem.line}${problem.column === null ? "" : `:${problem.column}`}`;
  return `${problem.path === "" ? "vault" : problem.path}${place}: ${problem.reason}`;
}

function unreadableText(problems: readonly FileProblem[], count: number): string {
  const areFiles = problems.every(({ path }) => /\.(canvas|md)$/.test(path));
  const what = areFiles ? counted(count, "file") : counted(count, "file or folder", "files or folders");
  return `${what} ${count === 1 ? "is" : "are"} unreadable`;
}

function storeJson(store: StoreStatus): object {
  const { state, sent, pending, dead, message } = store;
  return { state, sent, pending, dead, ...(message === null ? {} : { message }) };
}

function storeText(name: string, store: StoreStatus): string {
  const counts = `${store.sent} sent, ${store.pending} pending, ${store.dead} failed`;
  return `${name}: ${store.state}, ${counts}${store.message === null ? "" : ` (${store.message})`}`;
}

function neo4jFailures(store: StoreStatus, status: EngineStatus): string[] {
  const isPending = store.state === "pending" && store.pending > 0;
  const lines = isPending ? [pendingText(store.pending, status), ...deadText("Neo4j", store)] : storeFailures("Neo4j", store);
  if (store.state === "auth") lines.push("The user and the password are those of NEO4J_USERNAME and NEO4J_PASSWORD.");
  return lines;
}

/** The store is there, so nothing is wrong but the time that it takes. */
function pendingText(pending: number, { stats }: EngineStatus): string {
  const still = stats.stores.get("neo4j")?.state === "connecting" ? "which has not answered yet" : "which is still taking them";
  const wait = pending === 1 ? "waits" : "wait";
  return (
    `${counted(pending, "event")} ${wait} for Neo4j, ${still}; safe in the journal. ` +
    "Run sync again to go on, or let it wait longer for an answer with --timeout"
  );
}

function storeFailures(name: string, store: StoreStatus): string[] {
  // The sentence goes on behind it.
  const reason = store.message === null ? "" : `: ${store.message.replace(/\.$/, "")}`;
  if (store.pending > 0) {
    const wait = store.pending === 1 ? "waits" : "wait";
    return [`${counted(store.pending, "event")} ${wait} for ${name} (${store.state})${reason}; safe in the journal`, ...deadText(name, store)];
  }
  const isWell = store.state === "ok" || store.state === "pending";
  return [...(isWell ? [] : [`${name} is ${store.state}${reason}`]), ...deadText(name, store)];
}

function deadText(name: string, { dead }: StoreStatus): string[] {
  if (dead === 0) return [];
  return [`${counted(dead, "event")} ${dead === 1 ? "was" : "were"} refused by ${name}; status names them, retry sends them again`];
}
