import type { CanvasApi, JsonObject } from "../../engine/index";
import type { Session } from "../../panel/session/session";

/** One thing of a canvas at a time, under the names that canvas tools use. Each waits until the engine is open. */
export interface ApiCanvas {
  add_node(...given: Given<"addNode">): Result<"addNode">;
  /** Sets the named keys; null takes a key away. */
  update_node(path: string, id: string, set: JsonObject): Result<"updateNode">;
  /** Also removes the node's edges. An id that is not there is fine. */
  delete_node(path: string, id: string): Result<"deleteNode">;
  add_edge(...given: Given<"addEdge">): Result<"addEdge">;
  delete_edge(path: string, id: string): Result<"deleteEdge">;
  /** Nodes with exactly this value as their colour; null: those without one. */
  nodes_by_color(path: string, color: string | null): Result<"nodesByColor">;
  /** The `value` found is null when the canvas has no node with this id. */
  find_node(path: string, id: string): Result<"findNode">;
  /** Edges that match all that the query names; `node` is either end. */
  find_edges(...given: Given<"findEdges">): Result<"findEdges">;
}

type Given<Name extends "addNode" | "addEdge" | "findEdges"> = [path: string, what: Parameters<CanvasApi[Name]>[1]];
type Result<Name extends keyof CanvasApi> = ReturnType<CanvasApi[Name]>;

export function createCanvasApi(session: Session, owner: string): ApiCanvas {
  const canvas = async (): Promise<CanvasApi> => (await session.ready()).canvas;
  return {
    add_node: async (path, node) => (await canvas()).addNode(path, node, owner),
    update_node: async (path, id, set) => (await canvas()).updateNode(path, id, set, owner),
    delete_node: async (path, id) => (await canvas()).deleteNode(path, id, owner),
    add_edge: async (path, edge) => (await canvas()).addEdge(path, edge, owner),
    delete_edge: async (path, id) => (await canvas()).deleteEdge(path, id, owner),
    nodes_by_color: async (path, color) => (await canvas()).nodesByColor(path, color),
    find_node: async (path, id) => (await canvas()).findNode(path, id),
    find_edges: async (path, query) => (await canvas()).findEdges(path, query),
  };
}
