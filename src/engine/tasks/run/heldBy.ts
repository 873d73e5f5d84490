import type { ItemRunner } from "../itemRunner";
import type { Task } from "./task";

/** Why nothing of a task runs before a person acts, or before it is tried again. Null while something of it runs, or has only to wait for its turn. */
export function heldBy(task: Pick<Task, "hands">, runner: Pick<ItemRunner, "troubleOf">): string | null {
  const hands = [...task.hands.values()];
  if (hands.some((hand) => hand.isRunning)) return null;
  const troubles = [...new Set(hands.map(({ domain }) => domain))].map((domain) => runner.troubleOf(domain));
  if (!troubles.includes(null)) return troubles[0] ?? null;
  // Nobody has to act, and a person should know all the same why nothing happens.
  return hands.find((hand) => hand.waitsFor !== null)?.waitsFor ?? null;
}
