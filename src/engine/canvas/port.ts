/** What became of a request to change a canvas file. */
export type ProcessOutcome =
  | { readonly kind: "written" }
  /** The change gave the same text: the file was not touched. */
  | { readonly kind: "unchanged" }
  /** There is no such file, and none was made. */
  | { readonly kind: "missing" }
  /** It cannot be written safely now. Nothing was written; the reason says what to do. */
  | { readonly kind: "busy"; readonly reason: string };

/** Puts the text before a write aside. Rejects when it cannot: then nothing is written. */
export type KeepOld = (before: string, after: string) => Promise<void>;

/**
 * Canvas files as the writer needs them. Text goes in and out as it is: byte order mark and line ends are part of it.
 * A path that `requireCanvasPath` refuses is refused here too (CanvasPathRefused), before anything is touched. Both
 * methods reject when the host cannot read or write; the file is then as it was.
 */
export interface CanvasFiles {
  /** The whole text, with what the user has not saved yet where the host knows it; null when there is no such file. */
  read(path: string): Promise<string | null>;
  /**
   * Reads the file, changes its text and writes it back as one step: a text that somebody else wrote meanwhile is
   * never overwritten. `change` is pure and may run several times, each time with a newer text; when it throws, the
   * call rejects with its error and nothing is written. After a crash the file holds the old or the new text.
   *
   * `keep` is awaited before anything is written, with the very texts of this write. Where somebody else changes the
   * file meanwhile it is called again with newer ones, and only the last call counts; it is not called where nothing
   * changes. When it rejects, the call rejects with its error and nothing is written.
   *
   * A file that is renamed meanwhile is followed where the host knows; a host that waits does so for a bounded time.
   */
  process(path: string, change: (text: string) => string, keep?: KeepOld): Promise<ProcessOutcome>;
}

export const keepNothing: KeepOld = () => Promise.resolve();
