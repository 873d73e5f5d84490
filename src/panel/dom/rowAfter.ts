/** The row to which a key leads from this one, or null where it leads to none. `page`: rows in sight. */
export function rowAfter(from: number, key: string, size: number, page: number): number | null {
  if (size === 0) return null;
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -size, End: size };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined ? null : Math.min(Math.max(from + step, 0), size - 1);
}
