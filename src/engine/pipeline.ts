import { KeyedMutex } from "./kernel/keyedMutex";
import type { JournalState } from "./journal/journalState";
import type { LearningEvent } from "./learning/event";
import { onlyResult, type ItemResult } from "./learning/result";
import { LockWatch } from "./canvas/lockWatch";
import { CanvasApi } from "./canvas/canvasApi";
import { canvasKey } from "./canvas/canvasPath";
import { CanvasUndo } from "./canvas/recovery/canvasUndo";
import { KeptWrites } from "./canvas/recovery/keptWrites";
import { writeRecord } from "./canvas/recovery/writeRecord";
import { CanvasWriter } from "./canvas/writer";
import { AwayGuard } from "./flow/capture/awayGuard";
import { CanvasCapture } from "./flow/capture/canvasCapture";
import { Checkpointer } from "./flow/project/checkpointer";
import { STORE } from "./flow/deliver/delivery";
import { retryEdited } from "./flow/deliver/editedRetry";
import type { Engine, EngineSettings } from "./flow/engine";
import type { EngineParts } from "./flow/engineParts";
import { Fold } from "./flow/project/fold";
import { gatedJournal } from "./flow/record/gatedJournal";
import { GraphTrouble } from "./flow/project/graphTrouble";
import { JournalLimit } from "./flow/record/journalLimit";
import { JournalRecovery } from "./flow/project/journalRecovery";
import { ForeignEvents } from "./flow/record/foreignEvents";
import { ForeignWatch } from "./flow/record/foreignWatch";
import { LiveFiles } from "./flow/capture/liveFiles";
import { NoteCapture } from "./flow/capture/noteCapture";
import { notYetJournaled } from "./flow/capture/notYetJournaled";
import { OpenWork } from "./flow/record/openWork";
import { ProblemBook } from "./flow/capture/problemBook";
import { Recorder } from "./flow/record/recorder";
import { RecordItems } from "./flow/record/recordItems";
import { JournalRecall } from "./flow/recall/journalRecall";
import { RenameMatcher } from "./flow/capture/renameMatcher";
import { RunningEngine } from "./flow/runningEngine";
import { Submissions } from "./flow/record/submissions";
import { deviceFolder } from "./journal/segments";
import { openStorage } from "./flow/project/storage";
import { sentExample } from "./flow/deliver/sentExample";
import { StoreDelivery } from "./flow/deliver/storeDelivery";
import { StreamClocks } from "./flow/record/streamClocks";
import { lastClockOf } from "./flow/record/streams";
import { backpressure } from "./flow/status/backpressure";
import { engineTaskWork, type EngineTaskWork } from "./flow/tasks/engineTaskWork";
import { VaultScan } from "./flow/capture/vaultScan";
import { Watchtower } from "./flow/status/watchtower";

/**
 * The flow, top to bottom:
 * canvas and note files → changes → learning events → journal → local graph → batches → store → stats.
 * Rejects with StorageError when the plugin's folder cannot be read or written.
 */
export async function openEngine(parts: EngineParts): Promise<Engine> {
  const { clock, device, folder, hasher, logger, random, vault, vaultFiles } = parts;
  let settings = parts.settings;

  // What happens is told here, as facts; everything that shows something reads it here.
  const tower = new Watchtower({ clock, logger });
  const problems = new ProblemBook((path, now, added) => tower.problems(path, now, added));

  // The journal and the local graph, which is its projection and thereby the last good version of every canvas.
  const storage = await openStorage({ clock, hasher, logger, folder, vault, device });
  const { acks, dead, folded, graph, journal, scanMemory } = storage;
  const recovery = new JournalRecovery({ clock, journal });
  const graphTrouble = new GraphTrouble({ logger, changed: () => tower.changed() });
  const graphBehind = (error: unknown): void => {
    graphTrouble.begin("fold", error);
    fold
      .idle()
      .then(() => graphTrouble.end("fold"))
      .catch((late: unknown) => tower.trouble("the local graph is shown as behind although it may not be", late));
  };
  const fold = new Fold({ clock, folded, apply: (events) => graph.apply(events), onTrouble: graphBehind });
  const graphIdle = (): Promise<void> => fold.idle();
  const checkpoints = new Checkpointer({
    clock,
    write: async () => {
      await fold.idle();
      await journal.keepProofs();
      await graph.checkpoint(folded.covered());
      await acks.flush();
    },
    size: () => graph.unsavedSize(),
    onTrouble: (error) => graphTrouble.begin("checkpoint", error),
    onWritten: () => graphTrouble.end("checkpoint"),
  });

  // Batches to the store: whatever the journal has and this store has not acknowledged.
  const delivery = new StoreDelivery({
    clock,
    hasher,
    vault,
    random,
    logger,
    graph,
    journal,
    acks,
    dead,
    settings,
    graphIdle,
    trouble: graphTrouble,
    record: (fact) => {
      tower.batch(fact);
      // What waits for the store, such as a task that sends, need not wait for its own next try.
      if (fact.kind === "store-state" && fact.state === "ok") taskWork.tryAgain(STORE);
    },
    backlog: (pending, refused) => tower.backlog(STORE, pending, refused),
    changed: () => tower.changed(),
  });

  // What the journals tell about learning, for whoever looks at it.
  const recall = new JournalRecall({ clock, logger, journal, graph, graphIdle, timeZone: parts.timeZone ?? null });

  // Every event, whoever made it, goes this way: journal first, then the graph, then the store.
  const recorded = (events: readonly LearningEvent[]): void => {
    delivery.offer(events);
    recall.recorded(events);
    checkpoints.changed(events.length);
    tower.recorded(events);
  };
  const work = new OpenWork(clock);
  const limit = new JournalLimit({
    bytes: () => journal.bytes,
    limitBytes: () => settings.journalLimitBytes,
    changed: (reached) => journalSays(reached ?? journal.state),
  });
  const gated = gatedJournal(journal, work, limit);
  const forgetPlaces: StoreDelivery["forgetPlaces"] = (one, places) => {
    recall.forget();
    return delivery.forgetPlaces(one, places);
  };
  const foreign = new ForeignEvents({ clock, vault, device, hasher, journal: gated, fold, forgetPlaces, recorded });
  journal.onRecovered((events) => foreign.recovered(events));
  const clocks = new StreamClocks((stream) => lastClockOf(graph, stream));
  const recorder = new Recorder({ vault, device, clock, hasher, journal: gated, clocks, fold, onRecorded: recorded, onDuplicates: (count) => tower.duplicates(count) });

  // Files → changes → events: the start-up scan and the live news use the same two captures.
  const locks = new KeyedMutex(() => clock.monotonic(), new LockWatch(clock, logger, "capture"));
  const masteryTable = (): EngineSettings["masteryTable"] => settings.masteryTable;
  const propertyNames = (): EngineSettings["propertyNames"] => settings.propertyNames;
  const canvases = new CanvasCapture({ vault, clock, hasher, files: vaultFiles, graph, recorder, problems, locks, masteryTable, graphIdle });
  const notes = new NoteCapture({ hasher, files: vaultFiles, graph, recorder, problems, locks, propertyNames, graphIdle });
  const renames = new RenameMatcher({ hasher, files: vaultFiles, graph });
  const scan = new VaultScan({
    clock,
    work,
    tower,
    files: vaultFiles,
    graph,
    canvases,
    notes,
    renames,
    problems,
    memory: scanMemory,
    propertyNames,
    onDone: () => {
      graphTrouble.end("scan");
      live.scanned();
    },
    onFailed: (error) => {
      // A journal that fails says so itself.
      if (tower.stats.journal.state.kind === "ok") graphTrouble.begin("scan", error);
    },
  });
  const notYet = (path: string, error: unknown): void => notYetJournaled({ journal: tower.stats.journal, problems, tower }, path, error);
  const guard = new AwayGuard({
    clock,
    files: vaultFiles,
    graph,
    memory: scanMemory,
    scan: () => work.run(() => scan.run({ before: () => foreign.readOtherDevices() })),
    onTrouble: (error) => tower.trouble("canvases that vanished all at once could not be looked for", error),
  });
  // While the store cannot keep up, several saves of a file become one look.
  const isBusy = (): boolean => backpressure(tower.stats) !== "ok";
  const live = new LiveFiles({ clock, work, files: vaultFiles, graph, canvases, notes, renames, problems, guard, isBusy, onTrouble: notYet });

  // What the journal says of itself is shown as it is. Once it is well again, what it kept out is looked at again.
  const journalSays = (state: JournalState): void => {
    tower.journal(state);
    if (state.kind === "ok") live.tryAgain().catch((error: unknown) => tower.trouble("not every file could be looked at again", error));
  };
  tower.journal(journal.state);
  journal.onState((state) => journalSays(state.kind === "ok" ? (limit.state ?? state) : state));

  // What other devices journal comes through their folders, and nobody tells of it.
  const foreignWatch = new ForeignWatch({
    clock,
    read: () => work.run(() => live.takingIn(() => foreign.readOtherDevices())),
    onTrouble: (error) => tower.trouble("the folders of other devices could not be read", error),
  });

  // Commands, the API and tasks → events.
  const settle = (events: readonly LearningEvent[], deadlineMs: number): ReturnType<StoreDelivery["settled"]> => delivery.settled(events, deadlineMs);
  const items = new RecordItems({ clock, graph, recorder, settle, onInvalid: (count) => tower.invalid(count), graphIdle, allowed: () => settings.records });
  const submissions = new Submissions({ clock, logger, work, items });
  const recordOne = async (item: unknown): Promise<ItemResult> => onlyResult(await items.record([item], { origin: "command" }));
  const edited = {
    dead,
    pathOf: (id: string) => graph.canvasById(id)?.path ?? null,
    record: recordOne,
    discard: (id: string, replacedBy: string) => delivery.discardDead([id], replacedBy),
  };

  // The one way back: changes of canvases that a person asked for. The text before each is kept first.
  const namesOf = (path: string): readonly string[] => {
    const known = graph.canvasByPath(path)?.id;
    return [...(known === undefined ? [] : [known]), hasher.sha256(canvasKey(path)).slice(0, 32)];
  };
  const kept = new KeptWrites({ folder, base: `${deviceFolder(device)}/recovery`, clock, hasher, logger, namesOf, requireOpen: () => work.requireNotOver() });
  const hadNodes = (path: string): boolean => (graph.canvasByPath(path)?.nodes ?? 0) > 0;
  const writer = new CanvasWriter({ files: parts.canvasFiles, clock, logger, hadNodes, record: () => writeRecord({ kept, clock, hasher }) });
  const undo = new CanvasUndo({ writer, kept, hasher });
  const canvas = new CanvasApi({ mutate: (...given) => engine.mutate(...given), read: (path) => parts.canvasFiles.read(path), random });

  // Work that a person sees: tasks of every kind, each of them made of what is there already.
  const { nodeTasks, taskWork }: EngineTaskWork = engineTaskWork({
    ...parts,
    graph,
    journal,
    scanMemory,
    live,
    problems,
    delivery,
    tower,
    masteryTable,
    graphIdle,
    readOtherDevices: () => engine.readOtherDevices(),
    rebuild: (options) => engine.rebuild(options),
    mutate: (path, patch, owner) => engine.mutate(path, patch, owner),
    recordBatch: (batch, options) => engine.recordBatch(batch, options),
    undoOwner: (path, owner) => engine.undoOwner(path, owner),
  });

  const engine: Engine = new RunningEngine({
    ...parts,
    writer,
    canvas,
    undo,
    storage,
    tower,
    problems,
    fold,
    checkpoints,
    recovery,
    graphTrouble,
    delivery,
    foreign,
    foreignWatch,
    work,
    scan,
    live,
    items,
    submissions,
    recall,
    retryEdited: (id, data) => retryEdited(edited, id, data),
    taskWork,
    nodeTasks,
    sentExample: (level) => sentExample({ graph, hasher, vault, device, masteryTable }, level),
    applySettings: (next) => {
      delivery.updateSettings(next);
      taskWork.updateSettings(next);
      settings = next;
      limit.look();
    },
  });
  try {
    await taskWork.start();
  } catch (error) {
    // Nothing else may be left running: nobody gets to know this engine.
    await engine.stop(0).catch((late: unknown) => tower.trouble("the engine did not stop well", late));
    throw error;
  }
  return engine;
}
