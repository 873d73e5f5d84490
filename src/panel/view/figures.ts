import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { strings } from "../text/strings";
import { deadEvents } from "./deadEvents";
import type { Figure, Tone } from "./panelView";

/** The four figures below the state line. */
export function figuresOf({ status, neo4j }: SessionView, format: Format): readonly Figure[] {
  const words = strings.figures;
  const store = neo4j.kind === "on" ? status?.stores.neo4j : undefined;
  const dead = status === null ? undefined : deadEvents(status);
  const figure = (key: string, label: string, help: string, value: number | undefined, tone: Tone = "idle"): Figure => ({
    key,
    label,
    help,
    value: value === undefined ? words.none : format.figure(value),
    tone,
  });
  return [
    figure("saved", words.saved, words.savedHelp, status?.events),
    figure("sent", words.sent, words.sentHelp, store?.sent),
    figure("waiting", words.waiting, words.waitingHelp, store?.pending, (store?.pending ?? 0) > 0 ? "warn" : "idle"),
    figure("failed", words.failed, words.failedHelp, dead, (dead ?? 0) > 0 ? "error" : "idle"),
  ];
}
