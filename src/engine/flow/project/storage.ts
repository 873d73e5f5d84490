import type { Clock } from "../../kernel/clock";
import type { Hasher } from "../../kernel/hash";
import type { Logger } from "../../kernel/logger";
import { readEvent } from "../../learning/readEvent";
import type { LearningEvent } from "../../learning/event";
import { openAcknowledgements, type Acknowledgements } from "../../journal/acknowledgements";
import { createAlternatingFile } from "../../journal/alternatingFile";
import { openDeadLetters, type DeadLetters } from "../../journal/deadLetters";
import type { Journal, JournalReader } from "../../journal/journal";
import { openJournal } from "../../journal/openJournal";
import type { DataFolder } from "../../journal/port";
import { RangeSet } from "../../journal/ranges";
import { readJournal, type ReaderOptions } from "../../journal/readJournal";
import { deviceFolder } from "../../journal/segments";
import type { Covered } from "../../graph/covered";
import { LocalGraph } from "../../graph/localGraph";
import { forgetPlaces } from "../deliver/forgetPlaces";
import { catchUp } from "./catchUp";
import { FoldedPlaces } from "./foldedPlaces";
import { ScanMemory } from "../capture/scanMemory";

export interface StorageParts {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly logger: Logger;
  readonly folder: DataFolder;
  readonly vault: string;
  readonly device: string;
}

/** Everything that the plugin folder holds of a vault on this device, with the graph up to date with the journals. */
export interface Storage<J extends JournalReader> {
  readonly journal: J;
  readonly graph: LocalGraph;
  readonly acks: Acknowledgements;
  readonly dead: DeadLetters;
  readonly scanMemory: ScanMemory;
  /** What the graph has of the journals. */
  readonly folded: FoldedPlaces;
}

type Opened = Pick<Storage<JournalReader>, "graph" | "acks" | "dead">;

/** Opens the folder to write. Rejects with StorageError. */
export function openStorage(parts: StorageParts): Promise<Storage<Journal>> {
  return open(parts, true, (opened) => {
    const { acks, graph } = opened;
    const seqAbove = Math.max(acks.highest(parts.device), lastOf(graph, parts.device));
    return openJournal({ ...readerOptions(parts, opened), seqAbove });
  });
}

/** Opens the folder to look, also while another process writes. The folder should leave out writes. */
export function viewStorage(parts: StorageParts): Promise<Storage<JournalReader>> {
  return open(parts, false, (opened) => readJournal(readerOptions(parts, opened)));
}

async function open<J extends JournalReader>(
  parts: StorageParts,
  writes: boolean,
  openIt: (opened: Opened) => Promise<J>,
): Promise<Storage<J>> {
  const { clock, folder, device, hasher, logger, vault } = parts;
  const base = `${deviceFolder(device)}/graph`;
  // The graph reads a canvas's history only after the journal is open.
  let journal: J | null = null;
  const history = (canvas: string): AsyncIterable<LearningEvent> => historyOf(journal, canvas);
  // Who only looks can write no checkpoint, so whatever is folded has to stay in memory.
  const maxOpen = writes ? {} : { maxOpen: Number.POSITIVE_INFINITY };
  const graph = await LocalGraph.open({ clock, folder, base, hasher, createAlternatingFile, vault, history, logger, ...maxOpen });
  const onFailure = (error: unknown): void => logger.warn(`Acknowledgements are not written yet, events may be sent twice: ${String(error)}`);
  const acks = await openAcknowledgements({ folder, device, hasher, writes, onFailure });
  const dead = await openDeadLetters({ folder, device, hasher, readEvent, writes });
  const scanMemory = await ScanMemory.open(createAlternatingFile(folder, `${deviceFolder(device)}/scan`, hasher));
  const { covered } = graph;
  journal = await openIt({ graph, acks, dead });
  const lost = lostPlaces(covered, journal);
  if (lost > 0) {
    logger.error(`Events of this device's journal that are gone or damaged: ${lost}. The local graph is folded again from the rest.`);
    await graph.reset();
  }
  const folded = new FoldedPlaces(graph.covered);
  await catchUp(graph, journal, folded);
  return { journal, graph, acks, dead, scanMemory, folded };
}

function readerOptions({ clock, folder, device, hasher, logger }: StorageParts, { acks, dead, graph }: Opened): ReaderOptions {
  return {
    folder,
    device,
    logger,
    codec: { hasher, readEvent },
    onDoubted: async (one, places) => {
      await graph.reset();
      await forgetPlaces({ acks, clock, dead }, one, places);
    },
  };
}

/**
 * Places of our own journal that a checkpoint has and the journal has not, wherever in it: what the checkpoint says can
 * no longer be proven then, and a new store would get less than it shows. Another device's folder may only be out of
 * reach for a while, so it does not count.
 */
function lostPlaces(covered: Covered, journal: JournalReader): number {
  return RangeSet.of(covered.get(journal.device) ?? []).minus(journal.present(journal.device)).count;
}

/** The greatest seq of a device that the checkpoint has, 0 when it has none. */
function lastOf(graph: LocalGraph, device: string): number {
  return graph.covered.get(device)?.at(-1)?.[1] ?? 0;
}

async function* historyOf(journal: JournalReader | null, canvas: string): AsyncIterable<LearningEvent> {
  if (journal === null) return;
  for await (const event of journal.all()) if (event.canvas?.id === canvas) yield event;
}
