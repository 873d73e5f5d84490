import type { Hasher } from "../../src/engine/kernel/hash";
import type { EventDraft, UnplacedEvent } from "../../src/engine/learning/event";
import { mintEvents } from "../../src/engine/learning/mint";

export const VAULT = "00000000-0000-4000-8000-000000000000";
export const DEVICE = "benchdevice00001";

/** Drafts of colour changes, as a canvas edit gives them. */
export function madeDrafts(count: number, from = 0): readonly EventDraft[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "color_changed",
    subject: { kind: "node", id: `node${(from + index) % 500}` },
    priority: "HIGH",
    data: { oldColor: "1", newColor: "4", oldLevel: "not_understood", newLevel: "understood", concept: `Card ${from + index}` },
  }));
}

/** Events with ids and clocks, all of one canvas, one millisecond apart from save to save. */
export function madeEvents(hasher: Hasher, count: number, canvas = 0, from = 0): readonly UnplacedEvent[] {
  const id = canvas.toString(16).padStart(32, "0");
  const minted = mintEvents(madeDrafts(count, from), {
    hasher,
    vault: VAULT,
    device: DEVICE,
    canvas: { id, path: `canvas ${canvas}.canvas` },
    at: 1_760_000_000_000 + from,
    hlcMs: 1_760_000_000_000 + from,
    now: 1_760_000_000_000 + from,
    lastHlc: null,
    origin: "edit",
    isKnown: () => false,
    repeats: "duplicate",
  });
  return minted.events;
}
