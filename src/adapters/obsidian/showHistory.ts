import type { LearningSubject } from "../../panel/session/learningState";
import type { CommandHost } from "./commands";

/** Opens the panel at what was learned of a canvas or of one of its cards, whatever is selected. */
export function showHistory(host: CommandHost, subject: LearningSubject): Promise<void> {
  host.session.learning.turnTo(subject);
  return host.openPanel("learning");
}
