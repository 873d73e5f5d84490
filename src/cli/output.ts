import type { Writable } from "node:stream";

/** Where a command writes. `out` carries results, `err` everything that is for people. */
export interface Output {
  /** Writes a line to standard output. Resolves when the pipe has taken it, so that a slow reader slows us down. */
  line(text: string): Promise<void>;
  /** Writes a line to standard error. */
  note(text: string): void;
  /** Draws over the last drawn line of a terminal; does nothing where standard error is no terminal. */
  live(text: string): void;
  /** Takes the drawn line away. */
  endLive(): void;
  readonly isTerminal: boolean;
}

interface Stream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export function createOutput(out: Stream, err: Stream): Output {
  let drawn = false;
  const clear = (): void => {
    if (drawn) err.write("\r\u001b[2K");
    drawn = false;
  };
  // A reader that went away (`| head`) is no failure of ours; the next write must not end the process half-way.
  let closed = false;
  out.on("error", () => (closed = true));
  return {
    isTerminal: err.isTTY === true,
    line(text) {
      clear();
      return new Promise((resolve) => {
        if (closed) resolve();
        else out.write(`${text}\n`, () => resolve());
      });
    },
    note(text) {
      clear();
      err.write(`${text}\n`);
    },
    live(text) {
      if (err.isTTY !== true) return;
      err.write(`\r\u001b[2K${text.slice(0, (err.columns ?? 80) - 1)}`);
      drawn = true;
    },
    endLive: clear,
  };
}
