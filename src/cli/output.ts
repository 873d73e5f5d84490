import type { Writable } from "node:stream";

/** Where a command writes. `out` carries results, `err` everything that is for people. */
export interface Output {
  /**
   * Writes a line to standard output. Resolves when it was taken, so that a slow reader slows us down, also when the
   * reader went away. Rejects when the line is lost, as on a full disk.
   */
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
  let closed = false;
  // Each write hears of its own failure. Without a listener an error would end the process half-way.
  out.on("error", () => undefined);
  err.on("error", () => undefined);
  return {
    isTerminal: err.isTTY === true,
    line(text) {
      clear();
      if (closed) return Promise.resolve();
      return new Promise((resolve, reject) => {
        out.write(`${text}\n`, (error) => {
          if (isReaderGone(error)) closed = true;
          if (error === null || error === undefined || closed) resolve();
          else reject(new Error(`standard output cannot be written: ${error.message}`));
        });
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

/** A reader that went away (`| head`) is no failure of ours. */
function isReaderGone(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error?.code === "EPIPE" || error?.code === "ERR_STREAM_DESTROYED";
}
