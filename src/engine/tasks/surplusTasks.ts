import type { TaskSettings } from "./taskSettings";

/** Ended tasks that are to be forgotten: all but the newest ends, and those that ended long ago. */
export function surplusTasks<T extends { readonly endedAt: number }>(
  ended: readonly T[],
  now: number,
  { keepEnded, keepMs }: Pick<TaskSettings, "keepEnded" | "keepMs">,
): readonly T[] {
  const newestFirst = [...ended].sort((a, b) => b.endedAt - a.endedAt);
  return newestFirst.filter(({ endedAt }, index) => index >= keepEnded || endedAt < now - keepMs);
}
