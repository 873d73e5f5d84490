/** The greatest time a JavaScript date can hold. */
const MAX_TIME = 8.64e15;

/** A file's modification time as whole epoch milliseconds. A time that makes no sense is 0. */
export function wholeTime(mtime: number): number {
  return Number.isFinite(mtime) && mtime > 0 ? Math.min(Math.floor(mtime), MAX_TIME) : 0;
}

/**
 * When a change read from a file happened: the file's time, moved on where it is not later than the file's last event.
 * So one save seen twice, or on two devices that share modification times, is the same events.
 */
export function fileTime(mtime: number, lastAt: number | null): number {
  const time = wholeTime(mtime);
  return lastAt === null ? time : Math.max(time, lastAt + 1);
}
