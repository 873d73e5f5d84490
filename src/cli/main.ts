import { readArguments, UsageError, type Command } from "./arguments";
import { demo } from "./demo";
import { events } from "./events";
import { helpText } from "./help";
import { LockHeld } from "./holdLock";
import { watchSockets } from "./openSockets";
import { createOutput, type Output } from "./output";
import { rebuild, rebuildDry } from "./rebuild";
import { retry } from "./retry";
import { status } from "./status";
import { sync } from "./sync";
import { version } from "./version";
import { watch } from "./watch";

const FAILED = 1;
const WRONG_USAGE = 2;
const LOCKED = 3;

const output = createOutput(process.stdout, process.stderr);
const sockets = watchSockets();

// The status is set and the process ends by itself: process.exit() would cut output that a pipe has not taken yet.
process.exitCode = await run(process.argv.slice(2), output);
sockets.closeAll();

async function run(argv: readonly string[], out: Output): Promise<number> {
  try {
    return await execute(readArguments(argv, process.env), out);
  } catch (error) {
    out.endLive();
    if (error instanceof UsageError) {
      out.note(`canvas-engram: ${error.message}\nTry canvas-engram --help.`);
      return WRONG_USAGE;
    }
    out.note(`canvas-engram: ${reasonOf(error)}`);
    return error instanceof LockHeld ? LOCKED : FAILED;
  }
}

async function execute(command: Command, out: Output): Promise<number> {
  switch (command.kind) {
    case "help":
      await out.line(helpText(command.topic));
      return 0;
    case "version":
      await out.line(version);
      return 0;
    case "sync":
      return sync(command.host, command.json, out, interrupted());
    case "watch":
      return watch(command.host, command.json, out, interrupted());
    case "status":
      return status(command.host, command.json, out);
    case "events":
      return events(command.host, command.query, out);
    case "retry":
      return retry(command.host, command.ids, out);
    case "rebuild":
      return command.dryRun ? rebuildDry(command.host, out) : rebuild(command.host, out);
    case "demo":
      return demo(command.json, out, interrupted());
  }
}

/** An error of the file system says in plain words which path it is about and what to do. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (path === undefined || (code !== "EACCES" && code !== "EPERM" && code !== "EROFS")) return error.message;
  return `${path} cannot be read or written (${code}). Give this user the right to, or run as its owner.`;
}

/** Resolves at Ctrl-C or a request to end. A second one ends at once: everything acknowledged is in the journal. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => resolve());
  });
}
