import { learningValues } from "./learningValues";
import { rowClock } from "./rowClock";
import type { ConceptRow, NoteRow } from "./rows";
import { blankSubject, subjectClocks, type SubjectState } from "./subjectState";
import type { Uids } from "./uids";

/** The whole row of a note. No event deletes a note: its history stays when its file goes. */
export function noteRow(vault: string, uids: Uids, path: string, known: SubjectState | null): NoteRow {
  const state = known ?? blankSubject;
  return {
    uid: uids.note(path),
    vault,
    path,
    ...learningValues(state.facts),
    deleted: false,
    hlc: rowClock(subjectClocks(state)),
  };
}

export function conceptRow(vault: string, uids: Uids, name: string, known: SubjectState | null): ConceptRow {
  const state = known ?? blankSubject;
  return { uid: uids.concept(name), vault, name, ...learningValues(state.facts), hlc: rowClock(subjectClocks(state)) };
}
