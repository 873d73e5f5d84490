import { GAP } from "./placement";
import { holds, meets, type Rect } from "./rect";

export interface Card extends Rect {
  readonly id: string;
}

export interface Move {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Rings of places around where a card stands that are looked at. */
const RINGS = 40;

/**
 * Which cards have to move so that none of `movable` covers another card, and where to: as near as there is room, in
 * reading order. Cards that cover nothing stay. What is arranged already moves nothing. A card stays in its groups, and out of
 * others, where there is room for that.
 */
export function arrangement(movable: readonly Card[], fixed: readonly Rect[], groups: readonly Rect[] = []): readonly Move[] {
  const placed: Rect[] = [...fixed];
  const moves: Move[] = [];
  for (const card of [...movable].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const place = freePlace(card, placed, groups);
    placed.push(place);
    if (place.x !== card.x || place.y !== card.y) moves.push({ id: card.id, x: place.x, y: place.y });
  }
  return moves;
}

/** Cards that cover one which stands before them in the file: the newer of two gives way. */
export function covering(cards: readonly Card[]): readonly Card[] {
  return cards.filter((card, index) => cards.slice(0, index).some((other) => meets(card, other)));
}

function freePlace(card: Rect, placed: readonly Rect[], groups: readonly Rect[]): Rect {
  if (!placed.some((other) => meets(card, other))) return card;
  const free = (place: Rect): boolean => !placed.some((other) => meets(place, other, GAP / 2));
  const near = nearest(card, (place) => free(place) && groups.every((group) => staysWith(group, card, place))) ?? nearest(card, free);
  if (near !== null) return near;
  const right = Math.max(...placed.map((other) => other.x + other.width));
  return { x: Math.round(right + GAP), y: Math.round(card.y), width: card.width, height: card.height };
}

function nearest(card: Rect, fits: (place: Rect) => boolean): Rect | null {
  for (let ring = 1; ring <= RINGS; ring += 1) {
    let found: Rect | null = null;
    for (const place of ringOf(card, ring)) {
      if (fits(place) && (found === null || distance(card, place) < distance(card, found))) found = place;
    }
    if (found !== null) return found;
  }
  return null;
}

/** Obsidian moves with a group what lies wholly in it. A card that lies across the edge of one belongs nowhere yet. */
function staysWith(group: Rect, card: Rect, place: Rect): boolean {
  if (holds(group, card)) return holds(group, place);
  return meets(group, card) || !meets(group, place);
}

/** Places of one ring, each a quarter of a card from the next. */
function ringOf({ height, width, x, y }: Rect, ring: number): readonly Rect[] {
  const [stepX, stepY] = [(width + GAP) / 4, (height + GAP) / 4];
  const places: Rect[] = [];
  for (let across = -ring; across <= ring; across += 1) {
    for (let down = -ring; down <= ring; down += 1) {
      if (Math.max(Math.abs(across), Math.abs(down)) !== ring) continue;
      places.push({ x: Math.round(x + across * stepX), y: Math.round(y + down * stepY), width, height });
    }
  }
  return places;
}

function distance(a: Rect, b: Rect): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
