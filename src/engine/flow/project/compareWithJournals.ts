import { foldAll } from "../../graph/fold";
import { differences, viewOf, type Tense } from "../../graph/differences";
import type { LocalGraph } from "../../graph/localGraph";
import type { JournalReader } from "../../journal/journal";

export interface Rebuilt {
  readonly events: number;
  /** One plain line for each thing that is not as the journals say. */
  readonly differences: readonly string[];
}

/** What the graph would be, were it folded from the journals now, compared with what it is. Changes nothing. */
export async function compareWithJournals(graph: LocalGraph, journal: JournalReader, tense: Tense): Promise<Rebuilt> {
  const fresh = await foldAll(journal.all());
  return { events: journal.counts.events, differences: await differences(graph.view(), viewOf(fresh), tense) };
}
