// What `npm start -- <vault>` runs: builds where needed, then watches the vault, or shows the demo without one.
import { buildIfStale } from "./buildIfStale.mjs";

const commands = ["sync", "watch", "status", "events", "retry", "rebuild", "demo", "help"];

if (buildIfStale()) {
  const [first, ...rest] = process.argv.slice(2);
  const isCommand = first === undefined || commands.includes(first) || first.startsWith("-");
  const given = first === undefined ? ["demo"] : [...(isCommand ? [] : ["watch"]), first, ...rest];
  process.argv.splice(2, process.argv.length, ...given);
  await import("../../dist/cli.mjs");
} else {
  process.exitCode = 1;
}
