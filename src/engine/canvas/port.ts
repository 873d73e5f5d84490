/** What became of a request to change a canvas file. */
export type ProcessOutcome =
  | { readonly kind: "written" }
  /** The change gave the same text: the file was not touched. */
  | { readonly kind: "unchanged" }
  /** There is no such file, and none was made. */
  | { readonly kind: "missing" }
  /** Somebody else changed the file again and again, or it cannot be written safely now. Nothing was written. */
  | { readonly kind: "busy"; readonly reason: string };

/**
 * Canvas files as the writer needs them. Text goes in and out as it is: byte order mark and line ends are part of it.
 * A path that `requireCanvasPath` refuses is refused here too (CanvasPathRefused), before anything is touched. Both
 * methods reject when the host cannot read or write; the file is then as it was.
 */
export interface CanvasFiles {
  /** The whole text, or null when there is no such file. */
  read(path: string): Promise<string | null>;
  /**
   * Reads the file, changes its text and writes it back as one step: a text that somebody else wrote meanwhile is
   * never overwritten. `change` is pure and may run several times, each time with a newer text; when it throws, the
   * call rejects with its error and nothing is written. After a crash the file holds the old or the new text.
   */
  process(path: string, change: (text: string) => string): Promise<ProcessOutcome>;
}
