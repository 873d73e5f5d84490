/** A hybrid logical clock: wall time, a counter for what shares it, and the device. */
export interface Hlc {
  /** Epoch milliseconds, at most 13 digits. */
  readonly ms: number;
  /** 0–999999. */
  readonly counter: number;
  readonly device: string;
}

const MAX_MS = 9_999_999_999_999;
const MAX_COUNTER = 999_999;
/** A time that is further ahead of now than this counts as now. */
const AHEAD_MS = 5 * 60 * 1000;
const form = /^(\d{13})-(\d{6})-(.+)$/s;

/** `pad13(ms)-pad6(counter)-device`: comparing the text compares the clocks. */
export function formatHlc(clock: Hlc): string {
  return `${String(clock.ms).padStart(13, "0")}-${String(clock.counter).padStart(6, "0")}-${clock.device}`;
}

/** Null when the text is no clock. */
export function parseHlc(text: string): Hlc | null {
  const [, ms, counter, device] = form.exec(text) ?? [];
  if (ms === undefined || counter === undefined || device === undefined) return null;
  return { ms: Number(ms), counter: Number(counter), device };
}

/**
 * A clock that is greater than `last`, at `ms` where that is later. Throws on a `last` that is no clock: no greater one
 * can be promised then.
 */
export function nextHlc(last: string | null, ms: number, now: number, device: string): string {
  const wall = plausible(ms, now);
  if (last === null) return formatHlc({ ms: wall, counter: 0, device });
  const previous = parseHlc(last);
  if (previous === null) throw new TypeError(`expected a clock such as 0000000000000-000000-device, got ${last}`);
  if (wall > previous.ms) return formatHlc({ ms: wall, counter: 0, device });
  if (previous.counter < MAX_COUNTER) return formatHlc({ ms: previous.ms, counter: previous.counter + 1, device });
  if (previous.ms >= MAX_MS) throw new RangeError("the last clock is the greatest there is");
  return formatHlc({ ms: previous.ms + 1, counter: 0, device });
}

function plausible(ms: number, now: number): number {
  const wall = whole(ms);
  const present = whole(now);
  return wall > present + AHEAD_MS ? present : wall;
}

function whole(ms: number): number {
  return Number.isFinite(ms) && ms > 0 ? Math.min(Math.floor(ms), MAX_MS) : 0;
}
