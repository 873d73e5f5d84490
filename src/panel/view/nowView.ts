import type { SessionView } from "../session/sessionView";
import type { Format } from "../text/format";
import { strings } from "../text/strings";
import { boxOf } from "./boxes";
import { connectionOf } from "./connection";
import type { NowView } from "./panelView";
import { scanProgress } from "./scanProgress";
import { taskList } from "./taskList";

/** What goes on now, and what a person has to know or decide about it. */
export function nowView(view: SessionView, format: Format, now: number): NowView {
  const { intake, status } = view;
  const connection = connectionOf(view);
  const shown = {
    box: boxOf(view, format),
    progress: status === null || intake.kind !== "capturing" ? null : scanProgress(status, format, now),
    connection: connection.tone === "warn" ? connection : null,
    tasks: taskList(status?.tasks ?? [], format),
  };
  const isEmpty = status !== null && Object.values(shown).every((part) => part === null);
  return { ...shown, empty: isEmpty ? { title: strings.empty.now, lines: [strings.empty.nowHelp], buttons: [] } : null };
}
