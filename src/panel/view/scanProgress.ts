import type { EngineStatus } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { Progress } from "./panelView";

/** How far the look at the vault is; null while there is none. */
export function scanProgress({ phase }: EngineStatus, format: Format, now: number): Progress | null {
  if (phase.kind !== "scanning") return null;
  const { done, total, startedAt } = phase;
  const stop = { label: strings.progress.stop, action: { kind: "stop-index" }, primary: false } as const;
  const values = { done: format.count(done), total: format.count(total) };
  const left = timeLeft(done, total, now - startedAt);
  const detail =
    left === null ? fill(strings.progress.detail, values) : fill(strings.progress.left, { ...values, time: format.roughly(left) });
  return { label: strings.progress.label, detail, fraction: total === 0 ? null : Math.min(1, done / total), stop };
}

/** Milliseconds that the rest will take at the pace so far; null while there is no pace to speak of. */
function timeLeft(done: number, total: number, elapsed: number): number | null {
  return done < 3 || done >= total || elapsed <= 0 ? null : (elapsed / done) * (total - done);
}
