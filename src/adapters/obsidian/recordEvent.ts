import { Notice } from "obsidian";
import type { Plugin } from "obsidian";
import { formRecords } from "../../panel/forms/learningForm";
import type { FormSubject, LearningForm } from "../../panel/forms/learningForm";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import type { Selected } from "./openCanvases";
import type { OpenModals } from "./openModals";
import { RecordModal } from "./recordModal";

export interface RecordHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly modals: OpenModals;
}

/** Asks what was learned about something, and records it. */
export function recordEvent({ plugin, session, modals }: RecordHost, subject: Selected): void {
  const label = subject.kind === "note" ? subject.path : subject.label;
  modals.show(new RecordModal(plugin.app, label, (form) => record(session, subject, form)));
}

async function record(session: Session, subject: Selected, form: LearningForm): Promise<string | null> {
  try {
    const result = await (await session.ready()).recordBatch(formRecords(form, aboutOf(subject)), { origin: "command" });
    const refused = result.results.find((item) => item.error !== undefined);
    if (refused !== undefined) return fill(strings.notices.recordRefused, { reason: refused.error?.message ?? "" });
    new Notice(result.duplicate === result.requested ? strings.notices.recordedAlready : strings.notices.recorded);
    return null;
  } catch (error) {
    return fill(strings.notices.recordRefused, { reason: error instanceof Error ? error.message : String(error) });
  }
}

function aboutOf(subject: Selected): FormSubject {
  switch (subject.kind) {
    case "node":
      return { canvas: subject.canvas, node: subject.node };
    case "edge":
      return { canvas: subject.canvas, edge: subject.edge };
    case "note":
      return { note: subject.path };
  }
}
