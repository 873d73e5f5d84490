import type { LocalGraph } from "../../graph/localGraph";
import type { JournalReader } from "../../journal/journal";
import { chunks } from "./chunks";
import type { FoldedPlaces } from "./foldedPlaces";

/** Folds what the journals have and the graph has not. After a rejection it can be called again for the rest. */
export async function catchUp(graph: LocalGraph, journal: JournalReader, folded: FoldedPlaces): Promise<void> {
  for (const device of journal.devices()) {
    for await (const events of chunks(journal.readPlaces(device, folded.missing(journal, device)))) {
      await graph.apply(events);
      folded.add(events);
    }
  }
}

/** Forgets the graph and folds it from the journals again. After a rejection `catchUp` folds the rest. */
export async function refold(graph: LocalGraph, journal: JournalReader, folded: FoldedPlaces): Promise<void> {
  // Before the reset: a graph that has less than it is said to have would be taken for whole, for good.
  folded.clear();
  await graph.reset();
  await catchUp(graph, journal, folded);
}
