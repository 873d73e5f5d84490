import { expect, it } from "vitest";
import { createCanvasApi } from "../../../src/adapters/obsidian/canvasApi";
import { CanvasApi } from "../../../src/engine/index";
import type { CanvasPatch } from "../../../src/engine/index";
import type { Session } from "../../../src/panel/session/session";
import { seededRandom } from "../../fakes/seededRandom";

it("makes a patch of one operation of each change, in the name of its owner, and reads what it looks for", async () => {
  const asked: [string, CanvasPatch, string | undefined][] = [];
  const text = '{"nodes":[{"id":"n","type":"text","color":"4","x":0,"y":0,"width":1,"height":1}],"edges":[{"id":"e","fromNode":"n","toNode":"n"}]}';
  const canvas = new CanvasApi({
    mutate: async (path, patch, owner) => {
      asked.push([path, patch, owner]);
      return { kind: "unchanged", path };
    },
    read: async () => text,
    random: seededRandom(),
  });
  const api = createCanvasApi({ ready: async () => ({ canvas }) } as unknown as Session, "me");
  const node = { id: "m", type: "text", text: "", x: 0, y: 0, width: 1, height: 1 } as const;
  expect(await api.add_node("a.canvas", node)).toEqual({ id: "m", result: { kind: "unchanged", path: "a.canvas" } });
  await api.update_node("a.canvas", "m", { color: "1" });
  await api.delete_node("a.canvas", "m");
  await api.add_edge("a.canvas", { id: "f", fromNode: "n", toNode: "m" });
  await api.delete_edge("a.canvas", "f");
  expect(asked).toEqual([
    ["a.canvas", [{ kind: "add-node", node }], "me"],
    ["a.canvas", [{ kind: "update-node", id: "m", set: { color: "1" } }], "me"],
    ["a.canvas", [{ kind: "remove-node", id: "m" }], "me"],
    ["a.canvas", [{ kind: "add-edge", edge: { id: "f", fromNode: "n", toNode: "m" } }], "me"],
    ["a.canvas", [{ kind: "remove-edge", id: "f" }], "me"],
  ]);
  expect(await api.find_node("a.canvas", "n")).toMatchObject({ kind: "found", value: { id: "n" } });
  expect(await api.nodes_by_color("a.canvas", "4")).toMatchObject({ kind: "found", value: [{ id: "n" }] });
  expect(await api.find_edges("a.canvas", { node: "n" })).toMatchObject({ kind: "found", value: [{ id: "e" }] });
});
