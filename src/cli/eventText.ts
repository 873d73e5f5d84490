import type { LearningEvent } from "../engine/index";

/** One event as a line for people: when, what, where, and what of it changed. */
export function eventText(event: LearningEvent): string {
  const { at, canvas, data, subject, type } = event;
  const details = [
    // Quoted as JSON: what a card says must not steer the terminal.
    textOf(data["concept"], (concept) => JSON.stringify(concept)),
    textOf(data["level"], String),
    changeOf(data["oldLevel"], data["newLevel"]),
    changeOf(colourOf(data["oldColor"]), colourOf(data["newColor"])),
    changeOf(data["previous"], data["score"]),
    textOf(data["rating"], (rating) => `rated ${rating}`),
  ].filter((detail) => detail !== null);
  const line = `${new Date(at).toISOString()} ${type} ${canvas?.path ?? subject.id}`;
  return details.length === 0 ? line : `${line} · ${details.join(" · ")}`;
}

const colours: Readonly<Record<string, string>> = { "1": "red", "2": "orange", "3": "yellow", "4": "green", "5": "cyan", "6": "purple" };

function colourOf(value: unknown): unknown {
  return typeof value === "string" ? (colours[value] ?? value) : value;
}

function textOf(value: unknown, show: (text: string) => string): string | null {
  return typeof value === "string" || typeof value === "number" ? show(String(value)) : null;
}

/** `red → green`; what was or is not there is a dash. Null where neither is. */
function changeOf(from: unknown, to: unknown): string | null {
  const [before, after] = [textOf(from, String), textOf(to, String)];
  if (before === null && after === null) return null;
  return `${before ?? "–"} → ${after ?? "–"}`;
}
