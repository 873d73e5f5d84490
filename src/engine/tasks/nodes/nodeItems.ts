import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../kernel/json";
import type { MasteryLevel } from "../../learning/mastery";
import { isExplainStyle, type ExplainStyle } from "./explainStyles";
import { isGeneratorName, type GeneratorName } from "./nodeTaskSettings";

/** What an explanation is about. */
export interface NodeTarget {
  readonly kind: "node" | "edge";
  readonly id: string;
}

/** What is not said is taken from the settings, and written into the item when its task is made. */
export interface ExplainItem {
  readonly canvas: string;
  readonly target: NodeTarget;
  readonly style: ExplainStyle | null;
  readonly generator: GeneratorName | null;
  /** The canvas's id when the task was made, or its path where it had none. */
  readonly canvasId: string | null;
}

/** Null: the colours of these cards are taken away. */
export interface MasteryItem {
  readonly canvas: string;
  readonly nodes: readonly string[];
  readonly level: MasteryLevel | null;
}

/** Null: every card that covers another one. */
export interface ArrangeItem {
  readonly canvas: string;
  readonly nodes: readonly string[] | null;
}

export interface SummariseItem {
  readonly canvas: string;
  readonly generator: GeneratorName | null;
}

export type Read<T> = { readonly kind: "item"; readonly item: T } | { readonly kind: "refused"; readonly reason: string };

const EXPLAIN = 'An item of the kind explain is {"canvas": "a.canvas", "node": "…"} or {"canvas": "a.canvas", "edge": "…"}, with "style" and "generator" if they are not those of the settings.';
const MASTERY = 'An item of the kind mastery is {"canvas": "a.canvas", "nodes": ["…"], "level": "not_understood", "learning", "understood", "mastered" or null}.';
const ARRANGE = 'An item of the kind arrange is {"canvas": "a.canvas"} or {"canvas": "a.canvas", "nodes": ["…"]}.';
const SUMMARISE = 'An item of the kind summarise is {"canvas": "a.canvas"}, with "generator" if it is not that of the settings.';

/** Cards that one item may name. */
const MOST_NODES = 10_000;
const levels: readonly string[] = ["not_understood", "learning", "understood", "mastered"] satisfies readonly MasteryLevel[];

export function readExplainItem(value: JsonValue): Read<ExplainItem> {
  const fields = fieldsOf(value, ["canvas", "node", "edge", "style", "generator", "canvasId"]);
  if (fields === null) return refused(EXPLAIN);
  const { canvas, canvasId = null, edge, generator = null, node, style = null } = fields;
  const target = targetOf(node, edge);
  if (!isText(canvas) || target === null) return refused(EXPLAIN);
  if (style !== null && !isExplainStyle(style)) return refused(EXPLAIN);
  if (generator !== null && !isGeneratorName(generator)) return refused(EXPLAIN);
  return canvasId === null || isText(canvasId) ? item({ canvas, target, style, generator, canvasId }) : refused(EXPLAIN);
}

export function readMasteryItem(value: JsonValue): Read<MasteryItem> {
  const fields = fieldsOf(value, ["canvas", "nodes", "level"]);
  if (fields === null) return refused(MASTERY);
  const { canvas, level, nodes } = fields;
  if (!isText(canvas) || !isIdList(nodes) || level === undefined || !isLevelOrNone(level)) return refused(MASTERY);
  return item({ canvas, nodes, level });
}

export function readArrangeItem(value: JsonValue): Read<ArrangeItem> {
  const fields = fieldsOf(value, ["canvas", "nodes"]);
  if (fields === null) return refused(ARRANGE);
  const { canvas, nodes = null } = fields;
  return isText(canvas) && (nodes === null || isIdList(nodes)) ? item({ canvas, nodes }) : refused(ARRANGE);
}

export function readSummariseItem(value: JsonValue): Read<SummariseItem> {
  const fields = fieldsOf(value, ["canvas", "generator"]);
  if (fields === null) return refused(SUMMARISE);
  const { canvas, generator = null } = fields;
  return isText(canvas) && (generator === null || isGeneratorName(generator)) ? item({ canvas, generator }) : refused(SUMMARISE);
}

/** The item as it is kept. */
export function explainValue({ canvas, canvasId, generator, style, target }: ExplainItem): JsonObject {
  return { canvas, [target.kind]: target.id, style, generator, canvasId };
}

/** Null for what has other members than these. */
function fieldsOf(value: JsonValue, names: readonly string[]): JsonObject | null {
  if (!isJsonObject(value) || Object.keys(value).some((key) => !names.includes(key))) return null;
  return Object.fromEntries(names.flatMap((name) => {
    const member = ownMember(value, name);
    return member === undefined ? [] : [[name, member] as const];
  }));
}

function targetOf(node: JsonValue | undefined, edge: JsonValue | undefined): NodeTarget | null {
  if (isText(node) && edge === undefined) return { kind: "node", id: node };
  return isText(edge) && node === undefined ? { kind: "edge", id: edge } : null;
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value !== "" && value.length <= 4_096;
}

function isIdList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_NODES && value.every((one: JsonValue) => isText(one));
}

function isLevelOrNone(value: JsonValue): value is MasteryLevel | null {
  return value === null || (typeof value === "string" && levels.includes(value));
}

function item<T>(read: T): Read<T> {
  return { kind: "item", item: read };
}

function refused(reason: string): Read<never> {
  return { kind: "refused", reason };
}
