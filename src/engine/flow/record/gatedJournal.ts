import type { Journal } from "../../journal/journal";
import type { JournalLimit } from "./journalLimit";
import type { OpenWork } from "./openWork";

export type GatedJournal = Pick<Journal, "append" | "has" | "onItsWay" | "refreshOthers">;

/**
 * The journal for everything that records: once the work is over it takes nothing, for its folder may be another's, and
 * nothing beyond its limit.
 */
export function gatedJournal(journal: Journal, work: Pick<OpenWork, "requireNotOver">, limit: Pick<JournalLimit, "require">): GatedJournal {
  return {
    append: (events) => {
      work.requireNotOver();
      limit.require();
      return journal.append(events);
    },
    has: (id) => journal.has(id),
    onItsWay: (id) => journal.onItsWay(id),
    refreshOthers: (onEvent, onDoubted) => journal.refreshOthers(onEvent, onDoubted),
  };
}
