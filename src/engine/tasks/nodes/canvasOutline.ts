import type { CanvasDocument, CanvasEntry } from "../../canvas/document";
import type { MasteryLevel } from "../../learning/mastery";
import { oneLine } from "./nodeText";
import { holds, rectOf } from "./rect";

export interface OutlineParts {
  /** What a card is about, in one line; null when it says nothing. */
  readonly titleOf: (node: CanvasEntry) => string | null;
  readonly levelOf: (node: CanvasEntry) => MasteryLevel | null;
}

/** What stands on a canvas, in words: its groups with their cards, how they are connected, and how well each is known. */
export interface CanvasOutline {
  readonly cards: number;
  readonly connections: number;
  readonly groups: readonly { readonly title: string; readonly cards: readonly string[] }[];
  /** Cards in no group. */
  readonly loose: readonly string[];
  readonly connected: readonly string[];
  /** Cards without any connection. */
  readonly alone: readonly string[];
  readonly levels: readonly { readonly level: MasteryLevel | null; readonly cards: readonly string[] }[];
}

const levelOrder: readonly (MasteryLevel | null)[] = ["not_understood", "learning", "understood", "mastered", null];
const levelNames: Readonly<Record<MasteryLevel, string>> = { not_understood: "Not understood", learning: "Learning", understood: "Understood", mastered: "Mastered" };

export function canvasOutline({ edges, nodes }: CanvasDocument, { levelOf, titleOf }: OutlineParts): CanvasOutline {
  const title = (node: CanvasEntry): string => oneLine(titleOf(node) ?? "(empty card)");
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const cards = nodes.filter((node) => node["type"] !== "group");
  const boxes = nodes.filter((node) => node["type"] === "group");
  const grouped = new Set<CanvasEntry>();
  const groups = boxes.map((box) => {
    const inside = cards.filter((card) => isInside(box, card));
    for (const card of inside) grouped.add(card);
    return { title: title(box), cards: inside.map(title) };
  });
  const ends = new Set(edges.flatMap(({ fromNode, toNode }) => [fromNode, toNode]));
  const connected = edges.flatMap(({ fromNode, label, toNode }) => {
    const [from, to] = [fromNode, toNode].map((id) => (typeof id === "string" ? byId.get(id) : undefined));
    if (from === undefined || to === undefined) return [];
    const said = typeof label === "string" && label.trim() !== "" ? ` (${oneLine(label)})` : "";
    return [`${title(from)} →${said} ${title(to)}`];
  });
  return {
    cards: cards.length,
    connections: edges.length,
    groups,
    loose: cards.filter((card) => !grouped.has(card)).map(title),
    connected,
    alone: cards.filter((card) => !ends.has(card.id)).map(title),
    levels: levelOrder.map((level) => ({ level, cards: cards.filter((card) => levelOf(card) === level).map(title) })).filter((one) => one.cards.length > 0),
  };
}

/** The outline as Markdown, for a note or a model. */
export function outlineText({ alone, cards, connected, connections, groups, levels, loose }: CanvasOutline): string {
  const parts = [
    `${counted(cards, "card")}, ${counted(connections, "connection")}.`,
    ...section("How well they are known", levels.map(({ cards: own, level }) => `**${level === null ? "No level" : levelNames[level]}** (${own.length}): ${own.join("; ")}`)),
    ...groups.flatMap((group) => section(group.title, group.cards)),
    ...section(groups.length === 0 ? "Cards" : "In no group", loose),
    ...section("Connections", connected),
    ...section("Not connected with anything", alone),
  ];
  return parts.join("\n\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

function isInside(box: CanvasEntry, card: CanvasEntry): boolean {
  const [outer, inner] = [rectOf(box), rectOf(card)];
  return outer !== null && inner !== null && holds(outer, inner);
}
