import { meets, type Rect } from "./rect";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type PlacedSide = "right" | "left" | "top" | "bottom";

export interface Placement extends Rect {
  /** On which side of the card it stands. */
  readonly side: PlacedSide;
}

/** Between two cards, in canvas units. */
export const GAP = 40;
/** Places that are looked at on one side, in steps away from the card's middle. */
const STEPS = 24;

/**
 * A place beside a card that covers nothing: to its right, below, left or above it, as near as there is room, else to
 * the right of everything. The same canvas gives the same place.
 */
export function placeBeside(card: Rect, others: readonly Rect[], size: Size): Placement {
  const near = others.filter((other) => other !== card);
  const free = (place: Rect): boolean => !near.some((other) => meets(place, other, GAP / 2)) && !meets(place, card);
  for (let step = 0; step < STEPS; step += 1) {
    for (const place of around(card, size, step)) if (free(place)) return place;
  }
  const right = Math.max(card.x + card.width, ...near.map(({ width, x }) => x + width));
  return { side: "right", x: Math.round(right + GAP), y: Math.round(card.y), ...size };
}

/** One step further out on each side, beginning with those at the side of the card itself. */
function around(card: Rect, size: Size, step: number): readonly Placement[] {
  const down = step * (size.height + GAP);
  const along = step * (size.width + GAP);
  const right = card.x + card.width + GAP;
  const left = card.x - size.width - GAP;
  const below = card.y + card.height + GAP;
  const above = card.y - size.height - GAP;
  const at = (side: PlacedSide, x: number, y: number): Placement => ({ side, x: Math.round(x), y: Math.round(y), ...size });
  if (step === 0) return [at("right", right, card.y), at("bottom", card.x, below), at("left", left, card.y), at("top", card.x, above)];
  return [
    at("right", right, card.y + down),
    at("right", right, card.y - down),
    at("right", right + along, card.y),
    at("bottom", card.x, below + down),
    at("bottom", card.x + along, below),
    at("left", left, card.y + down),
    at("left", left, card.y - down),
    at("top", card.x, above - down),
  ];
}
