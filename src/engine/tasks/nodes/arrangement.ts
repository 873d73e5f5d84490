import { GAP } from "./placement";
import { meets, type Rect } from "./rect";

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
 * reading order. Cards that cover nothing stay. What is arranged already moves nothing.
 */
export function arrangement(movable: readonly Card[], fixed: readonly Rect[]): readonly Move[] {
  const placed: Rect[] = [...fixed];
  const moves: Move[] = [];
  for (const card of [...movable].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const place = freePlace(card, placed);
    placed.push(place);
    if (place.x !== card.x || place.y !== card.y) moves.push({ id: card.id, x: place.x, y: place.y });
  }
  return moves;
}

/** Cards that cover one which stands before them in the file: the newer of two gives way. */
export function covering(cards: readonly Card[]): readonly Card[] {
  return cards.filter((card, index) => cards.slice(0, index).some((other) => meets(card, other)));
}

function freePlace(card: Rect, placed: readonly Rect[]): Rect {
  if (!placed.some((other) => meets(card, other))) return card;
  const free = (place: Rect): boolean => !placed.some((other) => meets(place, other, GAP / 2));
  const { height, width } = card;
  for (let ring = 1; ring <= RINGS; ring += 1) {
    let nearest: Rect | null = null;
    for (const place of ringOf(card, ring)) {
      if (free(place) && (nearest === null || distance(card, place) < distance(card, nearest))) nearest = place;
    }
    if (nearest !== null) return nearest;
  }
  const right = Math.max(...placed.map((other) => other.x + other.width));
  return { x: Math.round(right + GAP), y: Math.round(card.y), width, height };
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
