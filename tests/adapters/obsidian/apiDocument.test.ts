import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createApi } from "../../../src/adapters/obsidian/pluginApi";
import type { Session } from "../../../src/panel/session/session";
import { ManualClock } from "../../fakes/manualClock";
import { projectRoot } from "../../architecture/sourceFiles";

const page = readFileSync(join(projectRoot, "docs", "api.md"), "utf8");
const examples = readFileSync(join(projectRoot, "tests", "adapters", "obsidian", "apiExamples.ts"), "utf8");
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

it("shows only examples that are compiled", () => {
  expect(blocks.length).toBeGreaterThan(8);
  expect(blocks.filter((block) => !examples.includes(block))).toEqual([]);
});

it("has an example of everything that the API has", () => {
  const api = createApi({} as Session, new ManualClock(), () => undefined);
  const names = Object.entries(api).flatMap(([name, part]: [string, unknown]) =>
    typeof part === "object" && part !== null && !Array.isArray(part) ? Object.keys(part).map((inner) => `api.${name}.${inner}`) : [`api.${name}`],
  );
  const shown = blocks.join("\n");
  expect(names.filter((name) => !new RegExp(`${name.replaceAll(".", "\\.")}\\b`).test(shown))).toEqual([]);
});
