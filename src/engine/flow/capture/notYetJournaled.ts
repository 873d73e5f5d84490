import type { Journal } from "../../journal/journal";
import { StorageError } from "../../journal/port";
import type { Watchtower } from "../status/watchtower";
import type { ProblemBook } from "./problemBook";

export interface NotYetJournaledParts {
  readonly journal: Pick<Journal, "state">;
  readonly problems: ProblemBook;
  readonly tower: Pick<Watchtower, "trouble">;
}

/** Says of a file ("": of several) that what changed in it is not in the journal yet. */
export function notYetJournaled({ journal, problems, tower }: NotYetJournaledParts, path: string, error: unknown): void {
  tower.trouble(`${path} is not journaled yet`, error);
  // A journal that fails says so once for all files.
  if (path === "" || journal.state.kind !== "ok" || !(error instanceof StorageError)) return;
  problems.set(path, [{ path, line: null, column: null, reason: `not journaled yet: ${error.message}` }]);
}
