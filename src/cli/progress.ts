import type { EngineStatus } from "../engine/index";
import type { Output } from "./output";

const DRAW_MS = 250;

/** Draws one live line of a scan, or of what is still to be sent, on a terminal. Returns its own end. */
export function drawProgress(output: Output, status: () => EngineStatus, now: () => number): () => void {
  if (!output.isTerminal) return () => undefined;
  const started = now();
  const before = status().events;
  const timer = setInterval(() => output.live(progressLine(status(), before, now() - started)), DRAW_MS);
  return () => {
    clearInterval(timer);
    output.endLive();
  };
}

/** Events a second since `started`, what waits, and how long that will take. */
export function progressLine(status: EngineStatus, eventsBefore: number, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? ((status.events - eventsBefore) * 1_000) / elapsedMs : 0;
  const parts = [`${Math.round(rate)} events/s`, `${status.stores.neo4j?.pending ?? 0} pending`];
  if (status.phase.kind === "scanning") {
    const { done, total } = status.phase;
    parts.unshift(`${done} of ${total} files`);
    parts.push(`ETA ${etaText(done, total, elapsedMs)}`);
  }
  return parts.join(" · ");
}

function etaText(done: number, total: number, elapsedMs: number): string {
  if (done < 3) return "…";
  const seconds = Math.ceil((((total - done) * elapsedMs) / done) / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
