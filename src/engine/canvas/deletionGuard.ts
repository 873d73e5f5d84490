/** How many scans in a row found no canvas where there had been several. Kept between scans by the caller. */
export interface DeletionGuard {
  readonly emptyScans: number;
}

export const calmGuard: DeletionGuard = { emptyScans: 0 };

/** From this many known canvases on, a vault without any is rather a folder that was not mounted than a clean-up. */
const SUSPICIOUS_FROM = 5;

export interface DeletionQuestion {
  readonly guard: DeletionGuard;
  /** Canvases known before the scan. */
  readonly known: number;
  /** Canvases that the scan found. */
  readonly present: number;
  /** Known canvases that were looked for and not found. */
  readonly missing: number;
  /** A person said that the missing canvases are gone. */
  readonly confirmed: boolean;
}

export interface DeletionAnswer {
  /** False: treat nothing as deleted this time. */
  readonly believe: boolean;
  readonly guard: DeletionGuard;
}

/** A scan that finds no canvas where 5 or more were known is believed when it is confirmed, or the second time. */
export function judgeDeletions(question: DeletionQuestion): DeletionAnswer {
  if (question.present > 0) return { believe: true, guard: calmGuard };
  // Everything lies below folders that could not be read: this scan says nothing for or against.
  if (question.missing === 0) return { believe: true, guard: question.guard };
  const believe = question.known < SUSPICIOUS_FROM || question.confirmed || question.guard.emptyScans > 0;
  return { believe, guard: believe ? calmGuard : { emptyScans: 1 } };
}
