import { spawn } from "node:child_process";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle";

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningProgram {
  readonly pid: number;
  /** Resolves with the first line of standard output, or else of standard error, that matches. */
  line(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** The built command line, with a state folder of its own. */
export interface Program {
  readonly base: string;
  folder(name: string): Promise<string>;
  start(...argv: readonly string[]): RunningProgram;
  /** The same by a line of bash, in which `$cli` is the program: for limits and for files as its output. */
  shell(line: string): RunningProgram;
  run(...argv: readonly string[]): Promise<Ended>;
  remove(): Promise<void>;
}

export async function buildProgram(environment: NodeJS.ProcessEnv = {}): Promise<Program> {
  const base = await mkdtemp(join(tmpdir(), "canvas-engram-cli-"));
  const program = join(base, "cli.mjs");
  await bundle("../src/cli/main.ts", program);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NEO4J_")));
  const env = { ...inherited, XDG_STATE_HOME: join(base, "state"), ...environment };
  const run = (command: string, argv: readonly string[]): RunningProgram => {
    const child = spawn(command, argv, { env, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    const waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];
    const look = (): void => {
      const lines = `${out}\n${err}`.split("\n");
      for (const wait of [...waiting]) {
        const found = lines.find((line) => wait.pattern.test(line));
        if (found === undefined) continue;
        waiting.splice(waiting.indexOf(wait), 1);
        wait.resolve(found);
      }
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      look();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      look();
    });
    const ended = new Promise<Ended>((resolve) => child.on("close", (status) => resolve({ status, out, err })));
    return {
      pid: child.pid ?? 0,
      line: (pattern) =>
        new Promise((resolve, reject) => {
          waiting.push({ pattern, resolve });
          look();
          void ended.then(() => reject(new Error(`ended without ${String(pattern)}: ${out}${err}`)));
        }),
      signal: (name) => child.kill(name),
      ended,
    };
  };
  const start = (...argv: readonly string[]): RunningProgram => run(process.execPath, [program, ...argv]);
  return {
    base,
    async folder(name) {
      const path = join(base, name);
      await mkdir(path, { recursive: true });
      return path;
    },
    start,
    shell: (line) => run("bash", ["-c", line.replace("$cli", `exec '${process.execPath}' '${program}'`)]),
    run: (...argv) => start(...argv).ended,
    remove: () => rm(base, { recursive: true, force: true }),
  };
}
