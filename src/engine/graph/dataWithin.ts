import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../kernel/json";
import { pathOf, plainColor, plainDate, plainLevel, plainNodeType, plainNumber, plainRating, plainSide, titleOf, type PlainReader } from "./plainValues";

/** What may be told of an event's data: a reader for each key, or the same one level down. */
interface Shape {
  readonly [key: string]: PlainReader | Shape;
}

interface Told {
  readonly ids: Shape;
  /** What `titles` tells beside it. */
  readonly titles: Shape;
}

const place: Shape = { x: plainNumber, y: plainNumber, width: plainNumber, height: plainNumber };
const node: Shape = { ...place, type: plainNodeType, color: plainColor };
const edge: Shape = { color: plainColor, fromSide: plainSide, toSide: plainSide };
const called: Shape = { concept: titleOf };

const nodeTold: Told = { ids: { node, level: plainLevel }, titles: { ...called, node: { file: pathOf, label: titleOf } } };
const edgeTold: Told = { ids: { edge }, titles: { edge: { label: titleOf } } };
const canvasTold: Told = { ids: {}, titles: { path: pathOf } };
const nothing: Told = { ids: {}, titles: called };

/** By type of event. A type that is not here may say anything under any key, so none of its data is told. */
const told: ReadonlyMap<string, Told> = new Map<string, Told>([
  ["canvas_created", canvasTold],
  ["canvas_renamed", { ids: {}, titles: { from: pathOf, to: pathOf } }],
  ["canvas_deleted", canvasTold],
  ["node_created", nodeTold],
  ["node_updated", { ids: { level: plainLevel }, titles: called }],
  ["node_moved", { ids: { from: place, to: place }, titles: {} }],
  ["color_changed", { ids: { oldColor: plainColor, newColor: plainColor, oldLevel: plainLevel, newLevel: plainLevel }, titles: called }],
  ["color_removed", { ids: { oldColor: plainColor, oldLevel: plainLevel }, titles: called }],
  ["node_removed", nodeTold],
  ["edge_created", edgeTold],
  ["edge_removed", edgeTold],
  ["edge_updated", { ids: {}, titles: {} }],
  ["score_submitted", { ids: { score: plainNumber, previous: plainNumber }, titles: called }],
  ["review_rated", { ids: { rating: plainRating, due: plainDate, interval: plainNumber, ease: plainNumber }, titles: called }],
  ["mastery_changed", { ids: { oldLevel: plainLevel, newLevel: plainLevel }, titles: called }],
  ["explanation_created", nothing],
  ["note_opened", nothing],
]);

/** The type of an event that says nothing of what somebody wrote. Programs name types of their own as they like. */
export function plainType(type: string): string {
  return told.has(type) ? type : "custom";
}

/** An event's data as JSON, with nothing in it that is above the level. */
export function dataWithin(type: string, data: string, level: "ids" | "titles"): string {
  const shapes = told.get(type);
  if (shapes === undefined) return "{}";
  const parsed = parse(data);
  const plain = pick(parsed, shapes.ids);
  return JSON.stringify(level === "ids" ? plain : joined(plain, pick(parsed, shapes.titles)));
}

function pick(data: JsonObject, shape: Shape): JsonObject {
  const entries = Object.entries(shape).flatMap(([key, reader]): [string, JsonValue][] => {
    const value = ownMember(data, key);
    if (value === undefined) return [];
    if (typeof reader === "function") return [[key, reader(value)]];
    return isJsonObject(value) ? [[key, pick(value, reader)]] : [];
  });
  return Object.fromEntries(entries);
}

function joined(one: JsonObject, other: JsonObject): JsonObject {
  const entries = Object.entries(other).map(([key, value]): [string, JsonValue] => {
    const known = ownMember(one, key);
    return [key, isJsonObject(known) && isJsonObject(value) ? joined(known, value) : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}

function parse(data: string): JsonObject {
  const value: unknown = JSON.parse(data);
  return isJsonObject(value) ? value : {};
}
