/** Who writes a canvas: the app in which it may be open, or a process without one. */
export type WritingSide = "app" | "process";

/** What is done under a mark is over before this many milliseconds: an older one was left by a crash. */
export const MARK_MS = 10_000;

/**
 * The name of the hidden file that lies beside a canvas while one side writes it. Each side first makes its own and then
 * looks for the other's: so at least one of two that come at once sees the other. The process is the one to give way.
 */
export function writeMark(canvas: string, side: WritingSide): string {
  return `.${canvas}.${side === "app" ? "app" : "lock"}`;
}
