import type { CanvasDocument, CanvasEntry } from "../../../canvas/document";
import { conceptOf } from "../../../learning/concept";
import type { NodeTarget } from "../../../tasks/nodes/nodeItems";
import { baseName } from "../../../tasks/nodes/noteName";
import { oneLine, type Neighbour, type NodeText } from "../../../tasks/nodes/nodeText";
import { requireEntry, type NodeWorkParts } from "./nodeWork";

/** A card in one line. */
export function titleOf(node: CanvasEntry): string {
  const concept = conceptOf(node);
  if (concept === null) return "Empty card";
  return node["type"] === "file" ? baseName(concept) : oneLine(concept);
}

/** Everything on a canvas that a generator is told of a card or a connection. Rejects with TaskFailure when it is not there. */
export async function nodeTextOf(parts: Pick<NodeWorkParts, "host" | "vaultFiles">, canvas: string, document: CanvasDocument, target: NodeTarget): Promise<NodeText> {
  if (target.kind === "edge") return edgeText(canvas, document, target.id);
  const node = requireEntry(document.nodes, target.id, canvas);
  return { canvas, title: titleOf(node), text: cardText(node), note: await noteBehind(parts, node), neighbours: neighboursOf(document, node.id) };
}

/** The card at which the explanation of a card or a connection is put. */
export function anchorOf(canvas: string, { edges, nodes }: CanvasDocument, target: NodeTarget): CanvasEntry {
  if (target.kind === "node") return requireEntry(nodes, target.id, canvas);
  return requireEntry(nodes, idText(requireEntry(edges, target.id, canvas)["fromNode"]), canvas);
}

function edgeText(canvas: string, document: CanvasDocument, id: string): NodeText {
  const edge = requireEntry(document.edges, id, canvas);
  const [from, to] = [edge["fromNode"], edge["toNode"]].map((end) => requireEntry(document.nodes, idText(end), canvas)) as [CanvasEntry, CanvasEntry];
  const label = textIn(edge, "label");
  const title = `${titleOf(from)} and ${titleOf(to)}`;
  const text = [cardText(from), label === null ? "(connected with)" : `(${label})`, cardText(to)].join("\n\n");
  const others = [...neighboursOf(document, from.id), ...neighboursOf(document, to.id)].filter((one) => ![cardText(from), cardText(to)].includes(one.text));
  return { canvas, title, text, note: null, neighbours: others };
}

function cardText(node: CanvasEntry): string {
  return textIn(node, "text") ?? textIn(node, "label") ?? textIn(node, "url") ?? titleOf(node);
}

function neighboursOf({ edges, nodes }: CanvasDocument, id: string): readonly Neighbour[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap((edge): Neighbour[] => {
    const [from, to] = [idText(edge["fromNode"]), idText(edge["toNode"])];
    const other = from === id ? byId.get(to) : to === id ? byId.get(from) : undefined;
    return other === undefined ? [] : [{ text: cardText(other), label: textIn(edge, "label"), direction: from === id ? "to" : "from" }];
  });
}

/** What the user keeps out is neither read nor told to anybody. */
async function noteBehind({ host, vaultFiles }: Pick<NodeWorkParts, "host" | "vaultFiles">, node: CanvasEntry): Promise<NodeText["note"]> {
  const path = node["type"] === "file" ? textIn(node, "file") : null;
  if (path === null || !/\.md$/i.test(path) || vaultFiles.excludes?.(path) === true) return null;
  const text = await host.notes.read(path);
  return text === null ? null : { path, text };
}

function textIn(entry: CanvasEntry, key: string): string | null {
  const value = entry[key];
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function idText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
