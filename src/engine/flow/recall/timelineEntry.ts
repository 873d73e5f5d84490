import { isJsonObject, ownMember, type JsonValue } from "../../kernel/json";
import type { LearningEvent } from "../../learning/event";
import type { Happening, TimelineEntry } from "./recall";

/** Characters of a text in an entry: it says which text it was, and is not the text. */
const TEXT_LIMIT = 200;

/** An event as a person reads it. */
export function timelineEntry(event: LearningEvent): TimelineEntry {
  const { at, canvas, data, device, hlc, id, origin, subject } = event;
  return { id, at, hlc, device, origin, canvas: canvas?.path ?? "", subject, concept: textIn(data, "concept"), what: happening(event) };
}

function happening({ data, type }: LearningEvent): Happening {
  switch (type) {
    case "color_changed":
    case "color_removed":
      return { kind: "level", from: textIn(data, "oldLevel"), to: textIn(data, "newLevel"), fromColor: textIn(data, "oldColor"), toColor: textIn(data, "newColor") };
    case "mastery_changed":
      return { kind: "level", from: textIn(data, "oldLevel"), to: textIn(data, "newLevel"), fromColor: null, toColor: null };
    case "node_created":
    case "node_removed":
      return { kind: type === "node_created" ? "created" : "removed", color: textIn(ownMember(data, "node"), "color"), level: textIn(data, "level") };
    case "node_updated":
      return updated(ownMember(data, "changes"));
    case "edge_created":
      return { kind: "connected" };
    case "edge_removed":
      return { kind: "disconnected" };
    case "edge_updated":
      return { kind: "connection-changed" };
    case "score_submitted":
      return { kind: "score", score: numberIn(data, "score"), previous: numberIn(data, "previous") };
    case "review_rated":
      return { kind: "review", rating: numberIn(data, "rating") ?? textIn(data, "rating"), due: numberIn(data, "due") ?? textIn(data, "due") };
    case "explanation_created":
      return { kind: "explained", generator: textIn(data, "generator") };
    case "canvas_created":
      return { kind: "canvas-created" };
    case "canvas_deleted":
      return { kind: "canvas-deleted" };
    case "canvas_renamed":
      return { kind: "canvas-renamed", from: textIn(data, "from"), to: textIn(data, "to") };
    default:
      return { kind: "other", type };
  }
}

function updated(changes: JsonValue | undefined): Happening {
  const pairs = isJsonObject(changes) ? changes : {};
  const text = ownMember(pairs, "text");
  if (!Array.isArray(text)) return { kind: "changed", keys: Object.keys(pairs) };
  const [before, after] = text as readonly JsonValue[];
  return { kind: "text", before: cutText(before), after: cutText(after) };
}

function textIn(data: JsonValue | undefined, key: string): string | null {
  return isJsonObject(data) ? cutText(ownMember(data, key)) : null;
}

function numberIn(data: JsonValue | undefined, key: string): number | null {
  const value = isJsonObject(data) ? ownMember(data, key) : null;
  return typeof value === "number" ? value : null;
}

function cutText(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? shortText(value, TEXT_LIMIT) : null;
}

/** At most `limit` characters; never half of one. */
export function shortText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
  return `${text.slice(0, end)}…`;
}
