import type { Notifier, TaskView } from "../../engine/index";

/** What is used of the window's notifications and of its focus. */
export interface NotificationHost {
  readonly permission: () => "granted" | "denied" | "default" | "unavailable";
  readonly ask: () => Promise<"granted" | "denied" | "default">;
  readonly show: (title: string, body: string, tag: string) => void;
  /** Whether a person looks at the app, where its own notices are. */
  readonly isFocused: () => boolean;
}

/** Tells of tasks outside of the app: only while it is wanted, allowed, and nobody looks at the app. */
export function createSystemNotices(wanted: () => boolean, textOf: (ended: readonly TaskView[]) => readonly string[], host: NotificationHost = windowNotifications): Notifier {
  return {
    tell({ key, tasks }) {
      if (!wanted() || host.permission() !== "granted" || host.isFocused()) return;
      const [title = "", ...lines] = textOf(tasks);
      host.show(title, lines.join("\n"), `canvas-engram-${key}`);
    },
  };
}

/** Asks the system for leave, where a person wants system notices. False where it cannot be had. */
export async function allowSystemNotices(host: NotificationHost = windowNotifications): Promise<boolean> {
  const now = host.permission();
  if (now === "default") return (await host.ask()) === "granted";
  return now === "granted";
}

/** The Web Notification API, which phones do not have. */
const windowNotifications: NotificationHost = {
  permission: () => (typeof Notification === "undefined" ? "unavailable" : Notification.permission),
  ask: () => Notification.requestPermission(),
  show: (title, body, tag) => void new Notification(title, { body, tag, silent: true }),
  isFocused: () => activeDocument.hasFocus(),
};
