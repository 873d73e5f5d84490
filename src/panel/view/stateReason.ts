import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { ChipState, PanelAction, PanelButton, StateReason } from "./panelView";

const words = strings.reason;

/** What is the matter in plain words, what happens to the data, and the one action that puts it right. */
export function stateReason(state: ChipState, view: SessionView, format: Format): StateReason {
  const { matter, data } = words[state];
  const values = { address: view.settings.neo4j.uri, reason: reasonText(state, view), count: waitingText(view, format) };
  return { matter: fill(matter, values), data: fill(data, values), action: actionOf(state, view) };
}

function reasonText(state: ChipState, { intake, neo4j, status }: SessionView): string {
  switch (state) {
    case "closedByError":
      return intake.kind === "failed" ? intake.message : "";
    case "notSaving":
      return status === null || status.journal.kind === "ok" ? "" : status.journal.message;
    case "graphBehind":
      return status?.stores.local.message ?? "";
    case "attention":
      return (neo4j.kind === "incomplete" || neo4j.kind === "failed" ? neo4j.message : status?.stores.neo4j?.message) ?? words.wrong;
    default:
      return status?.stores.neo4j?.message ?? words.away;
  }
}

function waitingText({ status }: SessionView, format: Format): string {
  return format.plural(status?.stores.neo4j?.pending ?? 0, words.waitingCount);
}

function actionOf(state: ChipState, { neo4j }: SessionView): PanelButton | null {
  switch (state) {
    case "closedByError":
      return button(words.tryAgain, { kind: "start-again" });
    case "diskFull":
    case "notSaving":
      return button(words.tryAgain, { kind: "sync-now" });
    case "asking":
    case "declined":
    case "settingsLost":
      return button(words.start, { kind: "start-index" });
    case "indexing":
      return button(words.stop, { kind: "stop-index" });
    case "failed":
      return button(words.see, { kind: "open-tab", tab: "failed" });
    case "problems":
      return button(words.seeFiles, { kind: "open-tab", tab: "failed" });
    case "unavailable":
    case "unavailableNone":
      return button(words.test, { kind: "test-connection" });
    case "attention":
      return neo4j.kind === "failed" ? button(words.tryAgain, { kind: "try-again" }) : button(words.settings, { kind: "open-settings" });
    case "stopped":
      return button(words.readOn, { kind: "sync-now" });
    case "paused":
      return button(words.resume, { kind: "resume" });
    case "sending":
    case "sent":
      return button(words.pause, { kind: "pause" });
    case "saved":
      return button(words.connect, { kind: "open-settings" });
    case "opening":
    case "waiting":
    case "indexingStart":
    case "graphBehind":
    case "connecting":
      return null;
  }
}

function button(label: string, action: PanelAction): PanelButton {
  return { label, action, primary: false };
}
