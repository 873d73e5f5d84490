import type { Logger } from "../../engine/index";

export type LogLevel = "debug" | "warn" | "error" | "silent";

/** Where lines go. A host whose standard output carries data gives one that writes to standard error only. */
export type LogSink = Pick<Console, "debug" | "warn" | "error">;

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, warn: 1, error: 2, silent: 3 };

/** Writes what is at least as grave as `level()`, asked anew for each message, so that a setting counts at once. */
export function createConsoleLogger(level: () => LogLevel, sink: LogSink = console): Logger {
  const write = (at: Exclude<LogLevel, "silent">) => (message: string): void => {
    if (ranks[at] >= ranks[level()]) sink[at](`Canvas Engram: ${message}`);
  };
  return { debug: write("debug"), warn: write("warn"), error: write("error") };
}
