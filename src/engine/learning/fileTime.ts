/** The greatest time a JavaScript date can hold. */
const MAX_TIME = 8.64e15;
/**
 * A microsecond. A tool that copies a time of whole milliseconds hands it on as seconds with a fraction, which a double
 * holds less exactly; the system cuts that to microseconds, so 704 ms come back as 703.999. Nothing between a microsecond
 * before the millisecond and the millisecond itself can be told from that, also not what a copy cut to microseconds.
 */
const CUT_MS = 0.001;

/** A file's modification time as whole epoch milliseconds. A time that makes no sense is 0. */
export function wholeTime(mtime: number): number {
  return Number.isFinite(mtime) && mtime > 0 ? Math.min(Math.floor(mtime + CUT_MS), MAX_TIME) : 0;
}

/**
 * When a change read from a file happened: the file's time, moved on where it is not later than the file's last event.
 * So one save seen twice, or on two devices that share modification times, is the same events.
 */
export function fileTime(mtime: number, lastAt: number | null): number {
  const time = wholeTime(mtime);
  return lastAt === null ? time : Math.max(time, lastAt + 1);
}
