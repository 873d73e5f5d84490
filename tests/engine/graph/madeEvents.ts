import type { JsonObject } from "../../../src/engine/kernel/json";
import type { LearningEvent, Origin, SubjectKind } from "../../../src/engine/learning/event";
import { hlc } from "../../contracts/graphRows";

/** Made-up events for tests of the graph: only what a test says differs. */

export const vault = "v";
export const canvasId = "c0ffee00c0ffee00";
export const otherCanvasId = "decade00decade00";

export interface Made {
  readonly ms: number;
  readonly type: string;
  readonly subject: readonly [SubjectKind, string];
  readonly data?: JsonObject;
  readonly canvas?: { readonly id: string; readonly path: string } | null;
  readonly at?: number;
  readonly device?: string;
  readonly counter?: number;
  readonly origin?: Origin;
}

export const home = { id: canvasId, path: "Maths.canvas" };

export function made({
  ms,
  type,
  subject,
  data = {},
  canvas = home,
  at = ms,
  device = "d1",
  counter = 0,
  origin = "edit",
}: Made): LearningEvent {
  const clock = hlc(ms, counter, device);
  const [kind, id] = subject;
  return {
    v: 1,
    id: `${type}/${kind}/${id}/${clock}`,
    type,
    at,
    hlc: clock,
    seq: ms,
    device,
    vault,
    canvas: kind === "note" || kind === "concept" ? null : canvas,
    subject: { kind, id },
    origin,
    priority: "NORMAL",
    data,
  };
}

export function nodeCreated(
  ms: number,
  id: string,
  node: JsonObject,
  more: Partial<Made> & { level?: string | null; concept?: string | null } = {},
): LearningEvent {
  const { level = null, concept = null, ...rest } = more;
  return made({ ms, type: "node_created", subject: ["node", id], data: { node, level, concept }, ...rest });
}

export function edgeCreated(
  ms: number,
  id: string,
  fromNode: string,
  toNode: string,
  more: JsonObject = {},
): LearningEvent {
  return made({ ms, type: "edge_created", subject: ["edge", id], data: { edge: { fromNode, toNode, ...more } } });
}

export function canvasCreated(ms: number, path = home.path, id = canvasId): LearningEvent {
  return made({ ms, type: "canvas_created", subject: ["canvas", id], canvas: { id, path }, data: { path } });
}

/** `changes` as an update carries them, the old values left out of account. */
export function changes(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [null, value]]));
}
