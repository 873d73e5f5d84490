import type { JsonObject, JsonValue } from "../kernel/json";
import { changedKeys } from "./changedKeys";
import type { CanvasEntry } from "./document";
import { fitsJson } from "./fitsJson";
import { ListDraft, type ListPlan } from "./listDraft";
import { isEntry } from "./parseCanvas";
import { refuse, type CanvasPatch, type PatchOperation, type Refusal } from "./patch";

export interface PatchPlan {
  readonly kind: "plan";
  readonly nodes: ListPlan;
  readonly edges: ListPlan;
}

interface Drafts {
  readonly nodes: ListDraft;
  readonly edges: ListDraft;
}

/** What a patch means for the lists of a file, or why it cannot be. */
export function planPatch(
  nodes: readonly JsonValue[],
  edges: readonly JsonValue[],
  patch: CanvasPatch,
): PatchPlan | Refusal {
  const drafts = { nodes: new ListDraft(nodes), edges: new ListDraft(edges) };
  for (const operation of patch) {
    const refusal = run(drafts, operation);
    if (refusal !== null) return refusal;
  }
  return { kind: "plan", nodes: drafts.nodes.plan(), edges: drafts.edges.plan() };
}

function run(drafts: Drafts, operation: PatchOperation): Refusal | null {
  switch (operation.kind) {
    case "add-node":
      return add(drafts.nodes, operation.node, "node", nodeFault);
    case "update-node":
      return update(drafts.nodes, operation.id, operation.set, "node", noFault);
    case "set-color":
      return update(drafts.nodes, operation.id, { color: operation.color }, "node", noFault);
    case "remove-node":
      return removeNode(drafts, operation.id);
    case "add-edge":
      return add(drafts.edges, operation.edge, "edge", (edge) => edgeFault(drafts.nodes, edge));
    case "update-edge":
      return update(drafts.edges, operation.id, operation.set, "edge", (set) => endsFault(drafts.nodes, set));
    case "remove-edge":
      drafts.edges.remove(operation.id);
      return null;
    default:
      return refuse("invalid", "no such operation");
  }
}

/** What is wrong with the keys of an operation, seen on its own. */
type Fault = (keys: JsonObject) => Refusal | null;

const noFault: Fault = () => null;

function add(list: ListDraft, given: CanvasEntry, what: string, faultOf: Fault): Refusal | null {
  if (!isEntry(given)) return refuse("invalid", `a new ${what} needs a string id`);
  const entry = { ...defined(given), id: given.id };
  if (!fitsJson(entry)) return notJson;
  const known = list.get(entry.id);
  if (known !== undefined && changedKeys(known, entry) === null) return null;
  if (known !== undefined) return refuse("exists", `there is a ${what} with this id already`);
  const refusal = faultOf(entry);
  if (refusal === null) list.add(entry);
  return refusal;
}

function update(list: ListDraft, id: string, given: JsonObject, what: string, faultOf: Fault): Refusal | null {
  const entry = list.get(id);
  const set = defined(given);
  if (!fitsJson(set)) return notJson;
  if (entry === undefined) return refuse("unknown-id", `the ${what} to change is not there`);
  if (Object.hasOwn(set, "id") && set.id !== id) return refuse("invalid", "an id cannot change");
  const refusal = faultOf(set);
  if (refusal === null) list.update(entry, set);
  return refusal;
}

const notJson = refuse("invalid", "a value is not plain JSON");

/** Without keys that are undefined: callers write `{ color: options.color }` and mean nothing by it. */
function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function removeNode(drafts: Drafts, id: string): null {
  drafts.nodes.remove(id);
  const attached = [...drafts.edges.entries()].filter((edge) => edge.fromNode === id || edge.toNode === id);
  for (const edge of attached) drafts.edges.remove(edge.id);
  return null;
}

function nodeFault(node: JsonObject): Refusal | null {
  if (typeof node.type !== "string") return refuse("invalid", "a new node needs a type");
  const bad = ["x", "y", "width", "height"].filter((key) => !Number.isFinite(node[key]));
  return bad.length === 0 ? null : refuse("invalid", `a new node needs a finite ${bad.join(", ")}`);
}

function edgeFault(nodes: ListDraft, edge: JsonObject): Refusal | null {
  return endsFault(nodes, { fromNode: edge.fromNode ?? null, toNode: edge.toNode ?? null });
}

function endsFault(nodes: ListDraft, ends: JsonObject): Refusal | null {
  for (const key of ["fromNode", "toNode"]) {
    if (!Object.hasOwn(ends, key)) continue;
    const id = ends[key];
    if (typeof id !== "string") return refuse("invalid", `an edge needs a ${key}`);
    if (nodes.get(id) === undefined) return refuse("unknown-id", `the ${key} of the edge is not there`);
  }
  return null;
}
