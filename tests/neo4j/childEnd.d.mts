import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

export declare function followChild(child: Pick<ChildProcessByStdio<null, Readable, Readable>, "stdout" | "stderr" | "once">): {
  readonly ended: Promise<ChildEnd>;
  output(): string;
};
export declare function endText(end: ChildEnd): string;
export declare function lastLines(text: string): string;
