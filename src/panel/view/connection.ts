import type { EngineStatus, Pressure, StoreStatus } from "../../engine/index";
import type { Connection, PanelAction, PanelButton, Tone } from "./panelView";
import type { SessionView } from "../session/sessionView";
import { fill, strings } from "../text/strings";

const words = strings.connection;

/** How Neo4j stands: the reason in plain words and the one action that helps. */
export function connectionOf(view: SessionView): Connection {
  const { neo4j, status, settings } = view;
  // While the journal fails nothing may say that everything is kept.
  const kept = status === null || status.journal.kind === "ok";
  if (neo4j.kind === "off") return line("idle", kept ? words.offKept : words.off, button(words.setUp, { kind: "open-settings" }));
  if (neo4j.kind === "incomplete") return line("warn", neo4j.message, button(words.openSettings, { kind: "open-settings" }));
  if (neo4j.kind === "failed") {
    return line("warn", neo4j.message, button(words.tryAgain, { kind: "try-again" }), button(words.openSettings, { kind: "open-settings" }));
  }
  const store = status?.stores.neo4j;
  if (status === null || store === undefined || isConnecting(status)) return line("busy", words.connecting);
  return storeLine(store, settings.neo4j.uri, kept, status.backpressure);
}

/** Whether the store was asked and has not answered yet, so that nothing can be said of it. */
export function isConnecting(status: EngineStatus): boolean {
  const state = status.stats.stores.get("neo4j")?.state;
  return state === "connecting" || state === "off";
}

function storeLine(store: StoreStatus, address: string, kept: boolean, backpressure: Pressure): Connection {
  const settings = button(words.openSettings, { kind: "open-settings" });
  const pause = button(words.pause, { kind: "pause" });
  switch (store.state) {
    case "ok":
      return line("ok", fill(words.ok, { address }), pause);
    case "pending":
      return line("busy", pendingText(store, address, backpressure), pause);
    case "unavailable":
      return line("warn", awayText(store, kept), button(words.tryAgain, { kind: "try-again" }), settings);
    case "auth":
      return line("warn", store.message ?? words.auth, settings, button(words.tryAgain, { kind: "try-again" }));
    case "config":
      return line("warn", store.message ?? words.config, settings, button(words.tryAgain, { kind: "try-again" }));
    case "paused":
      return line("warn", kept ? words.pausedKept : words.paused, { ...button(words.resume, { kind: "resume" }), primary: true });
  }
}

function pendingText({ message }: StoreStatus, address: string, backpressure: Pressure): string {
  const pressure = backpressure === "ok" ? [] : [words.pressure[backpressure]];
  return [fill(words.pending, { address }), ...(message === null ? [] : [message]), ...pressure].join(" ");
}

function awayText({ message }: StoreStatus, kept: boolean): string {
  return [message ?? words.unavailable, ...(kept ? [words.keptMeanwhile] : [])].join(" ");
}

function line(tone: Tone, text: string, ...buttons: readonly PanelButton[]): Connection {
  return { tone, title: words.title, text, buttons };
}

function button(label: string, action: PanelAction): PanelButton {
  return { label, action, primary: false };
}
