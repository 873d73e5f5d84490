import type { Output } from "./output";

/** Says what happens: as JSON lines on standard output, or as lines for people on standard error. */
export interface Teller {
  /** `text` is the line for people; null for nothing. */
  tell(value: object, text: () => string | null): void;
  /** True once a JSON line was lost. */
  readonly failed: boolean;
}

export function tellWatch(output: Output, json: boolean): Teller {
  let failed = false;
  // Said once: a disk that is full refuses every line, and the edits are journaled all the same where there is room.
  const lost = (error: unknown): void => {
    if (!failed) output.note(error instanceof Error ? error.message : String(error));
    failed = true;
  };
  return {
    get failed() {
      return failed;
    },
    tell(value, text) {
      const line = json ? null : text();
      if (json) output.line(JSON.stringify(value)).catch(lost);
      else if (line !== null) output.note(line);
    },
  };
}
