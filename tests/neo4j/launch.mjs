// Starts a real Neo4j Community as a child process. Plain Node, so that `npm run neo4j` needs no build.

import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { followChild, lastLines } from "./childEnd.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.join(here, "..", "..", ".cache", "neo4j");
const dependencyPlugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const downloadLimitMs = 10 * 60_000;
const startLimitMs = 8 * 60_000;
const stopLimitMs = 60_000;
const run = promisify(execFile);

export const user = "neo4j";

/** A server cannot run on this machine at all (no Java, no Maven, no download): tests may be skipped for it. */
export class CannotLaunch extends Error {}

/** Makes sure that the jars of pom.xml are there, downloads them once, and gives their folder. */
export async function ensureJars(say = () => {}) {
  const pom = path.join(here, "pom.xml");
  const hash = createHash("sha256")
    .update(await readFile(pom))
    .digest("hex")
    .slice(0, 16);
  const jars = path.join(cache, hash);
  await requireCommand("java", "-version");
  if (existsSync(jars)) return jars;
  await requireCommand("mvn", "-v");
  say("Neo4j for tests: downloading the jars of tests/neo4j/pom.xml (about 120 MB, once)…");
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(path.join(cache, "partial-"));
  const copyArguments = [
    "-q",
    "-B",
    "-f",
    pom,
    dependencyPlugin,
    `-DoutputDirectory=${partial}`,
    "-DincludeScope=runtime",
  ];
  try {
    await run("mvn", copyArguments, { timeout: downloadLimitMs, killSignal: "SIGKILL", maxBuffer: 64 << 20 });
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw new CannotLaunch(`Maven could not fetch Neo4j: ${lastLines(`${error.stdout ?? ""}${error.stderr ?? ""}`)}`);
  }
  await publish(partial, jars);
  return jars;
}

/**
 * Starts one server and resolves when Bolt answers.
 * Without `folder` the database lives in a temporary folder that is removed when the server ends.
 */
export async function launchNeo4j({ folder, port, password = randomBytes(12).toString("hex"), say } = {}) {
  const jars = await ensureJars(say);
  const home = folder ?? (await mkdtemp(path.join(tmpdir(), "canvas-engram-neo4j-")));
  const chosen = port ?? (await freePort());
  const child = spawn("java", javaArguments(jars, home, chosen, folder === undefined), {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { ended: exited, output } = followChild(child);
  // A server that dies early breaks the pipe; the exit says why.
  child.stdin.on("error", () => {});
  child.stdin.write(`${password}\n`);
  await untilReady(child, exited, output);
  return {
    uri: `bolt://127.0.0.1:${chosen}`,
    user,
    password,
    port: chosen,
    folder: home,
    pid: child.pid,
    exited,
    /** Sends a signal to the server alone: SIGSTOP freezes it, SIGCONT thaws it, SIGKILL is a crash. */
    signal: (name) => void child.kill(name),
    /** Ends the server in an orderly way, also one that is frozen. */
    stop: async () => {
      child.kill("SIGCONT");
      child.stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** A port that is free now, below the range from which systems take ports for outgoing connections. */
export async function freePort() {
  for (;;) {
    const candidate = 20_000 + (randomBytes(2).readUInt16BE() % 12_000);
    if (await canListen(candidate)) return candidate;
  }
}

function javaArguments(jars, home, port, temporary) {
  return [
    "-Xms128m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-cp",
    path.join(jars, "*"),
    path.join(here, "Server.java"),
    home,
    String(port),
    temporary ? "temporary" : "keep",
  ];
}

async function untilReady(child, exited, output) {
  let timer;
  const ready = new Promise((resolve) => {
    child.stdout.on("data", () => {
      if (/^READY /m.test(output())) resolve("ready");
    });
  });
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve("late"), startLimitMs);
  });
  const missing = new Promise((resolve) => child.once("error", () => resolve("missing")));
  const outcome = await Promise.race([ready, late, missing, exited.then(() => "ended")]);
  clearTimeout(timer);
  if (outcome === "ready") return;
  child.kill("SIGKILL");
  throw new Error(`Neo4j did not start (${outcome}): ${causeOf(output())}`);
}

async function requireCommand(command, versionFlag) {
  try {
    await run(command, [versionFlag]);
  } catch {
    throw new CannotLaunch(`${command} is not installed`);
  }
}

/** Two runs may download at once: the first one to finish wins, the other one uses its result. */
async function publish(partial, jars) {
  try {
    await rename(partial, jars);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(jars)) throw error;
  }
}

function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The lines of a Java stack trace that name an error, else the last ones. */
function causeOf(output) {
  const named = output.split("\n").filter((line) => /^(Caused by: |Exception |[\w.]+(Exception|Error): )/.test(line));
  return named.length > 0 ? named.slice(-5).join("\n") : lastLines(output);
}

/** Whether anything listens on the port: for tests that wait for a server to be gone. */
export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
