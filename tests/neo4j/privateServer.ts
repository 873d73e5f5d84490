import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureJars, freePort, launchNeo4j, type LaunchedNeo4j } from "./launch.mjs";
import { testServer, type TestServer } from "./testServer";

/** A server of one test's own, to stop, kill and freeze. Address, password and data survive a restart. */
export interface PrivateServer extends TestServer {
  readonly port: number;
  /** Starts it again after `stop` or `crash`. */
  start(): Promise<void>;
  /** Ends it in an orderly way. */
  stop(): Promise<void>;
  /** SIGKILL: what was not on disk is gone. */
  crash(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/**
 * Whether this machine can start servers of its own: not where tests are to do without, and not without Java, also when
 * NEO4J_TEST_URI names another server. Says so once, and throws with REQUIRE_NEO4J=1.
 */
export async function canStartServers(): Promise<boolean> {
  if ((await testServer()) === null) return false;
  try {
    await ensureJars();
    return true;
  } catch (error) {
    if (process.env.REQUIRE_NEO4J === "1") throw error;
    console.warn(`\n!!! NO NEO4J OF OUR OWN: TESTS OF OUTAGES DO NOT RUN (${String(error)})\n`);
    return false;
  }
}

export async function startPrivateServer(): Promise<PrivateServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "canvas-engram-private-neo4j-"));
  const port = await freePort();
  const first = await launchNeo4j({ folder, port });
  const { uri, user, password } = first;
  let running: LaunchedNeo4j | null = first;

  async function stop(): Promise<void> {
    await running?.stop();
    running = null;
  }

  return {
    uri,
    user,
    password,
    port,
    start: async () => {
      running ??= await launchNeo4j({ folder, port, password });
    },
    stop,
    crash: async () => {
      running?.signal("SIGKILL");
      await running?.exited;
      running = null;
    },
    freeze: () => running?.signal("SIGSTOP"),
    thaw: () => running?.signal("SIGCONT"),
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
