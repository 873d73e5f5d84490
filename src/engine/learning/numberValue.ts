const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** A finite number, given as one or as plain decimal text; null for anything else. -0 is 0. */
export function parseNumber(value: unknown): number | null {
  if (typeof value === "string") return decimal.test(value.trim()) ? finite(Number(value)) : null;
  return typeof value === "number" ? finite(value) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}
