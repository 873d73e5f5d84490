import type { LearningEvent } from "../learning/event";

/** Events in groups of one canvas each, in their order; null stands for the events of no canvas. */
export function byCanvas(events: readonly LearningEvent[]): ReadonlyMap<string | null, readonly LearningEvent[]> {
  const groups = new Map<string | null, LearningEvent[]>();
  for (const event of events) {
    const id = event.canvas?.id ?? null;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [event]);
    else group.push(event);
  }
  return groups;
}
