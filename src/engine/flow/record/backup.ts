import type { LearningEvent, UnplacedEvent } from "../../learning/event";
import type { Journal, JournalReader } from "../../journal/journal";
import { decodeLine, encodeLine, type LineCodec } from "../../journal/line";
import { Breath } from "../../kernel/breath";
import type { Clock } from "../../kernel/clock";
import { chunks } from "../project/chunks";

/** Lines of one chunk of a backup. */
const LINES = 500;

export interface Imported {
  readonly added: number;
  readonly duplicates: number;
  /** Lines that are no event, or that are damaged. */
  readonly bad: number;
}

/** All journals as journal lines, some hundred at a time. */
export async function* backUp(journal: JournalReader, codec: LineCodec): AsyncIterable<string> {
  for await (const events of chunks(journal.inHlcOrder(), LINES)) {
    yield events.map((event) => encodeLine(event, codec.hasher)).join("");
  }
}

export interface ImportParts {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "has">;
  readonly codec: LineCodec;
  readonly device: string;
  readonly vault: string;
  /** Journals and folds events that have an identity already. */
  readonly adopt: (events: readonly UnplacedEvent[]) => Promise<readonly LearningEvent[]>;
}

/** Takes the events of a backup into our own journal. Those that any journal has already are left out. */
export async function importBackup(text: string, parts: ImportParts): Promise<Imported> {
  let [added, duplicates, bad] = [0, 0, 0];
  let fresh: UnplacedEvent[] = [];
  const claimed = new Set<string>();
  const breath = new Breath(parts.clock);
  const adopt = async (): Promise<void> => {
    added += (await parts.adopt(fresh)).length;
    fresh = [];
  };
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const decoded = decodeLine(line, parts.codec);
    if (decoded.kind !== "event" || decoded.event.vault !== parts.vault) {
      bad += 1;
    } else if (claimed.has(decoded.event.id) || parts.journal.has(decoded.event.id)) {
      duplicates += 1;
    } else {
      claimed.add(decoded.event.id);
      const { seq: _, ...event } = decoded.event;
      fresh.push({ ...event, device: parts.device });
    }
    if (fresh.length === LINES) await adopt();
    // A backup of what is here already appends nothing that the host could do its own work behind.
    await breath.take();
  }
  if (fresh.length > 0) await adopt();
  return { added, duplicates, bad };
}
