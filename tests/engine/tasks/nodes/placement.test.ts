import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangement, covering, type Card } from "../../../../src/engine/tasks/nodes/arrangement";
import { placeBeside } from "../../../../src/engine/tasks/nodes/placement";
import { holds, meets, type Rect } from "../../../../src/engine/tasks/nodes/rect";

const size = { width: 400, height: 300 };
const card: Rect = { x: 0, y: 0, width: 250, height: 60 };
const rect = fc.record({ x: fc.integer({ min: -1500, max: 1500 }), y: fc.integer({ min: -1500, max: 1500 }), width: fc.integer({ min: 20, max: 900 }), height: fc.integer({ min: 20, max: 900 }) });

describe("a place beside a card", () => {
  it("is to its right where there is room, else below, left or above", () => {
    expect(placeBeside(card, [card], size)).toEqual({ side: "right", x: 290, y: 0, ...size });
    const right = { x: 300, y: 0, width: 300, height: 60 };
    expect(placeBeside(card, [card, right], size)).toEqual({ side: "bottom", x: 0, y: 100, ...size } satisfies object);
    const below = { x: 0, y: 100, width: 250, height: 60 };
    expect(placeBeside(card, [card, right, below], size)).toEqual({ side: "left", x: -440, y: 0, ...size });
    const left = { x: -300, y: 0, width: 250, height: 60 };
    expect(placeBeside(card, [card, right, below, left], size)).toEqual({ side: "top", x: 0, y: -340, ...size });
  });

  it("covers nothing, however full the canvas is, and is the same each time", () => {
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 60 }), rect, (others, own) => {
        const place = placeBeside(own, [own, ...others], size);
        expect([own, ...others].filter((other) => meets(place, other))).toEqual([]);
        expect([place.x, place.y].every(Number.isInteger)).toBe(true);
        expect(placeBeside(own, [own, ...others], size)).toEqual(place);
      }),
    );
  });
});

describe("cards that are arranged", () => {
  const cards = fc.array(rect, { maxLength: 25 }).map((list): readonly Card[] => list.map((one, index) => ({ ...one, id: `n${index}` })));
  const moved = (list: readonly Card[], moves: ReturnType<typeof arrangement>): readonly Card[] =>
    list.map((one) => ({ ...one, ...moves.find(({ id }) => id === one.id) }));

  it("cover nothing afterwards, and are arranged then", () => {
    fc.assert(
      fc.property(cards, fc.array(rect, { maxLength: 10 }), (movable, fixed) => {
        const after = moved(movable, arrangement(movable, fixed));
        after.forEach((one, index) => {
          expect(fixed.some((other) => meets(one, other))).toBe(false);
          expect(after.slice(0, index).some((other) => meets(one, other))).toBe(false);
        });
        expect(arrangement(after, fixed)).toEqual([]);
      }),
    );
  });

  it("stay where they cover nothing, and move as little as there is room for", () => {
    const fixed = [card];
    const away: Card = { id: "away", x: 1000, y: 0, width: 250, height: 60 };
    const onTop: Card = { id: "onTop", x: 10, y: 10, width: 250, height: 60 };
    const moves = arrangement([away, onTop], fixed);
    expect(moves.map(({ id }) => id)).toEqual(["onTop"]);
    expect(Math.hypot((moves[0]?.x ?? 0) - 10, (moves[0]?.y ?? 0) - 10)).toBeLessThan(160);
  });

  it("stay in their group and out of others where there is room, and leave it where there is none", () => {
    const group = { x: -20, y: -20, width: 700, height: 300 };
    const other = { x: -20, y: -420, width: 700, height: 380 };
    const onTop: Card = { id: "onTop", x: 5, y: 5, width: 250, height: 60 };
    const placeOf = (groups: readonly Rect[], fixed: readonly Rect[] = [card]): Rect => ({ ...onTop, ...arrangement([onTop], fixed, groups)[0] });
    expect(holds(group, placeOf([group, other]))).toBe(true);
    const outside = { x: 1000, y: 0, width: 900, height: 900 };
    const beside: Card = { id: "beside", x: 735, y: 0, width: 250, height: 60 };
    const [move] = arrangement([beside], [{ ...beside, x: 700 }], [group, outside]);
    expect(meets(group, { ...beside, ...move }) || meets(outside, { ...beside, ...move })).toBe(false);
    expect(holds(group, placeOf([group], [card, group]))).toBe(false);
  });

  it("are those that came later where nobody has chosen any", () => {
    const first: Card = { id: "first", ...card };
    const second: Card = { id: "second", ...card, x: 20 };
    const third: Card = { id: "third", ...card, x: 900 };
    expect(covering([first, second, third])).toEqual([second]);
  });
});
