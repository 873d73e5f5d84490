import type { SentExample } from "../../engine/index";

const lists = [
  ["canvases", "Canvas"],
  ["nodes", "CanvasNode"],
  ["events", "LearningEvent"],
] as const;

/** Exactly what a store gets, one property a line. What is absent there is not shown. */
export function exampleText({ rows }: SentExample): string {
  return lists
    .flatMap(([list, label]) => rows[list].map((row) => [label, ...properties(row)].join("\n")))
    .join("\n\n");
}

function properties(row: object): readonly string[] {
  return Object.entries(row).flatMap(([name, value]) => (value === null || value === "" ? [] : [`  ${name}: ${JSON.stringify(value)}`]));
}
