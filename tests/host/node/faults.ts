import type { FsOp, FsRequest } from "../protocol";

/** What happens to a matching file operation instead of, or around, the real one. */
export type FaultEffect =
  | { readonly kind: "error"; readonly code: string }
  /** Only the first `bytes` reach the disk; then the operation fails, or the app dies. */
  | { readonly kind: "torn"; readonly bytes: number; readonly then: "error" | "crash"; readonly code?: string }
  | { readonly kind: "delay"; readonly ms: number }
  /** The file stays empty for `ms`, as `write` truncates before it writes. */
  | { readonly kind: "truncate-first"; readonly ms: number }
  /** The operation waits until the test settles the promise. */
  | { readonly kind: "hold"; readonly until: Promise<void> }
  | { readonly kind: "crash"; readonly when: "before" | "after" };

export interface Fault {
  readonly op: FsOp | "any";
  /** A path prefix or a pattern; absent: every path. */
  readonly path?: string | RegExp;
  /** Matching operations let through first. Default 0. */
  readonly skip?: number;
  /** How often it strikes. Default: always. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  left: number;
}

/** The faults a test has armed, oldest first; the first that matches an operation strikes. */
export class Faults {
  private armed: Armed[] = [];

  /** Returns how to disarm it. */
  add(fault: Fault): () => void {
    const armed: Armed = { fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.armed.push(armed);
    return () => {
      this.armed = this.armed.filter((one) => one !== armed);
    };
  }

  clear(): void {
    this.armed = [];
  }

  strike(request: FsRequest): FaultEffect | null {
    for (const armed of this.armed) {
      if (!matches(armed.fault, request)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      if (armed.left <= 0) continue;
      armed.left -= 1;
      return armed.fault.effect;
    }
    return null;
  }
}

function matches(fault: Fault, request: FsRequest): boolean {
  if (fault.op !== "any" && fault.op !== request.op) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === "string" ? request.path.startsWith(fault.path) : fault.path.test(request.path);
}
