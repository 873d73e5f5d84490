import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { PlannedWrite, WriteRecord } from "../writer";
import { sumOf } from "./keptWrite";
import type { KeptPlace } from "./keptFiles";
import type { KeptWrites } from "./keptWrites";

export interface WriteRecordParts {
  readonly kept: KeptWrites;
  readonly clock: Clock;
  readonly hasher: Hasher;
}

/** Keeps one write: a plan that is made anew takes the place of the one before it. */
export function writeRecord({ kept, clock, hasher }: WriteRecordParts): WriteRecord {
  let place: KeptPlace | null = null;
  return {
    async keep({ path, owner, before, edit }: PlannedWrite) {
      const after = sumOf(edit.text, hasher);
      place = await kept.keep({ path, at: clock.now(), owner, before, after, diff: edit.diff }, place);
    },
    async drop() {
      if (place !== null) await kept.discard(place);
    },
  };
}
