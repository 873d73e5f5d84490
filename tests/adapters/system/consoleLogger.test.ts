import { expect, it } from "vitest";
import { createConsoleLogger, type LogLevel } from "../../../src/adapters/system/consoleLogger";

function logAll(level: () => LogLevel): string[] {
  const lines: string[] = [];
  const sink = {
    debug: (line: string) => void lines.push(`debug ${line}`),
    warn: (line: string) => void lines.push(`warn ${line}`),
    error: (line: string) => void lines.push(`error ${line}`),
  };
  const logger = createConsoleLogger(level, sink);
  logger.debug("a");
  logger.warn("b");
  logger.error("c");
  return lines;
}

it.each<[LogLevel, string[]]>([
  ["debug", ["debug Canvas Engram: a", "warn Canvas Engram: b", "error Canvas Engram: c"]],
  ["warn", ["warn Canvas Engram: b", "error Canvas Engram: c"]],
  ["error", ["error Canvas Engram: c"]],
  ["silent", []],
])("at level %s writes what is at least as grave", (level, lines) => {
  expect(logAll(() => level)).toEqual(lines);
});

it("asks for the level at each message", () => {
  const levels: LogLevel[] = ["silent", "debug", "silent"];
  expect(logAll(() => levels.shift() ?? "silent")).toEqual(["warn Canvas Engram: b"]);
});
