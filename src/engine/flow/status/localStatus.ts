import type { JournalReader } from "../../journal/journal";
import type { FoldedPlaces } from "../project/foldedPlaces";
import type { StoreStatus } from "./status";

/** How the local graph stands: it has what it has folded, and waits for what only the journals have. */
export function localStatus(journal: JournalReader, folded: FoldedPlaces): StoreStatus {
  const behind = journal.devices().reduce((sum, device) => sum + folded.missing(journal, device).count, 0);
  const sent = journal.counts.events - behind;
  return { state: behind > 0 ? "pending" : "ok", message: null, sent, pending: behind, dead: 0 };
}
