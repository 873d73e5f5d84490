import type { EngineStatus, FileProblem, StoreStatus } from "../engine/index";

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
  return [`${quarantined} damaged journal ${quarantined === 1 ? "line" : "lines"} set aside in this device's quarantine folder`];
}

/** What keeps a command from exit status 0, one line each. */
export function failures(status: EngineStatus, unreadable: number): string[] {
  const { neo4j, local } = status.stores;
  return [
    ...(unreadable > 0 ? [`${unreadable} ${unreadable === 1 ? "file is" : "files are"} unreadable`] : []),
    ...(status.journal.kind === "failing" ? [`the journal cannot be written: ${status.journal.message}`] : []),
    ...storeFailures("the local graph", local),
    ...(neo4j === undefined ? [] : storeFailures("Neo4j", neo4j)),
  ];
}

export function problemText(problem: FileProblem): string {
  const place = problem.line === null ? "" : `:${problem.line}${problem.column === null ? "" : `:${problem.column}`}`;
  return `${problem.path === "" ? "vault" : problem.path}${place}: ${problem.reason}`;
}

function storeJson(store: StoreStatus): object {
  const { state, sent, pending, dead, message } = store;
  return { state, sent, pending, dead, ...(message === null ? {} : { message }) };
}

function storeText(name: string, store: StoreStatus): string {
  const counts = `${store.sent} sent, ${store.pending} pending, ${store.dead} failed`;
  return `${name}: ${store.state}, ${counts}${store.message === null ? "" : ` (${store.message})`}`;
}

function storeFailures(name: string, store: StoreStatus): string[] {
  const lines: string[] = [];
  if (store.pending > 0) {
    const reason = store.message === null ? "" : `: ${store.message}`;
    lines.push(`${store.pending} events wait for ${name} (${store.state})${reason}; they are safe in the journal`);
  } else if (store.state !== "ok" && store.state !== "pending") {
    lines.push(`${name} is ${store.state}${store.message === null ? "" : `: ${store.message}`}`);
  }
  if (store.state === "auth") lines.push("The user and the password are those of NEO4J_USERNAME and NEO4J_PASSWORD.");
  if (store.dead > 0) lines.push(`${store.dead} events were refused by ${name}; status names them, retry sends them again`);
  return lines;
}
