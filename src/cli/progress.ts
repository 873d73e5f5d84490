import type { EngineStatus } from "../engine/index";
import type { Output } from "./output";
import { RecentRate } from "./recentRate";

const DRAW_MS = 250;

/** Draws one live line of a scan, or of what is still to be sent, on a terminal; none while idle. Returns its own end. */
export function drawProgress(output: Output, status: () => EngineStatus, now: () => number): () => void {
  if (!output.isTerminal) return () => undefined;
  const progress = new ProgressLine();
  const timer = setInterval(() => {
    const line = progress.of(status(), now());
    if (line === null) output.endLive();
    else output.live(line);
  }, DRAW_MS);
  return () => {
    clearInterval(timer);
    output.endLive();
  };
}

type Doing = "idle" | "scanning" | "sending";

/** What is under way, how fast it goes now, and how long the rest will take. */
export class ProgressLine {
  private doing: Doing = "idle";
  private rate = new RecentRate();
  private fileRate = new RecentRate();

  /** Null while nothing is under way. `now` is in milliseconds. */
  of(status: EngineStatus, now: number): string | null {
    this.begin(doingOf(status));
    const { neo4j } = status.stores;
    const pending = neo4j?.pending ?? 0;
    if (status.phase.kind === "scanning") {
      const { done, total } = status.phase;
      const rate = this.rate.next(status.events, now);
      const eta = etaText(total - done, this.fileRate.next(done, now));
      return [`${done} of ${total} files`, rateText("journaled", rate), ...(neo4j === undefined ? [] : [`${pending} pending`]), eta].join(" · ");
    }
    if (neo4j === undefined || pending === 0) return null;
    if (neo4j.state !== "pending") return `${pending} pending · Neo4j: ${neo4j.state}`;
    const rate = this.rate.next(neo4j.sent, now);
    return [rateText("sent", rate), `${pending} pending`, etaText(pending, rate)].join(" · ");
  }

  // A rate of what was done before says nothing of what is done now.
  private begin(doing: Doing): void {
    if (doing === this.doing) return;
    this.doing = doing;
    this.rate = new RecentRate();
    this.fileRate = new RecentRate();
  }
}

function doingOf({ phase, stores }: EngineStatus): Doing {
  if (phase.kind === "scanning") return "scanning";
  return (stores.neo4j?.pending ?? 0) > 0 ? "sending" : "idle";
}

function rateText(what: string, rate: number | null): string {
  return `${rate === null ? "…" : Math.round(rate)} events/s ${what}`;
}

function etaText(left: number, rate: number | null): string {
  if (rate === null || rate <= 0) return "ETA …";
  const seconds = Math.ceil(left / rate);
  return seconds < 60 ? `ETA ${seconds} s` : `ETA ${Math.ceil(seconds / 60)} min`;
}
