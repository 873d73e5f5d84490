import type { Clock, GraphStore, JsonObject, JsonValue, LearningEvent, Random } from "../../../../../src/engine/index";
import { defaultMasteryTable, silentLogger } from "../../../../../src/engine/index";
import { LockWatch } from "../../../../../src/engine/canvas/lockWatch";
import { KeyedMutex } from "../../../../../src/engine/kernel/keyedMutex";
import { AwayGuard } from "../../../../../src/engine/flow/capture/awayGuard";
import { CanvasCapture } from "../../../../../src/engine/flow/capture/canvasCapture";
import { LiveFiles } from "../../../../../src/engine/flow/capture/liveFiles";
import { NoteCapture } from "../../../../../src/engine/flow/capture/noteCapture";
import { ProblemBook } from "../../../../../src/engine/flow/capture/problemBook";
import { RenameMatcher } from "../../../../../src/engine/flow/capture/renameMatcher";
import { StoreDelivery } from "../../../../../src/engine/flow/deliver/storeDelivery";
import { Fold } from "../../../../../src/engine/flow/project/fold";
import { GraphTrouble } from "../../../../../src/engine/flow/project/graphTrouble";
import { openStorage } from "../../../../../src/engine/flow/project/storage";
import { ForeignEvents } from "../../../../../src/engine/flow/record/foreignEvents";
import { OpenWork } from "../../../../../src/engine/flow/record/openWork";
import { Recorder } from "../../../../../src/engine/flow/record/recorder";
import { RecordItems } from "../../../../../src/engine/flow/record/recordItems";
import { StreamClocks } from "../../../../../src/engine/flow/record/streamClocks";
import { lastClockOf } from "../../../../../src/engine/flow/record/streams";
import { verifyKind, type VerifyKindParts } from "../../../../../src/engine/flow/tasks/verifyKind";
import type { TaskKind } from "../../../../../src/engine/tasks/kind";
import { ManualClock } from "../../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../../fakes/memoryDataFolder";
import { MemoryVaultFiles } from "../../../../fakes/memoryVaultFiles";
import { seededRandom } from "../../../../fakes/seededRandom";
import { testHasher } from "../../../../fakes/testHasher";
import { DEVICE, settings, VAULT } from "../../engineWorld";
import { firstRun } from "../itemContext";

export interface VerifyWorldOptions<C extends Clock> {
  readonly clock: C;
  readonly vaultId?: string;
  readonly folder?: MemoryDataFolder;
  readonly device?: string;
  readonly random?: Random;
}

export type VerifyWorld<C extends Clock = ManualClock> = Awaited<ReturnType<typeof verifyWorld<C>>>;

/** The parts of an engine that a comparison is about, joined as the engine joins them, and the kind over them. */
export async function verifyWorld<C extends Clock>({ clock, vaultId = VAULT, folder = new MemoryDataFolder(), device = DEVICE, random = seededRandom(7) }: VerifyWorldOptions<C>) {
  const files = new MemoryVaultFiles();
  const fail = (error: unknown): void => {
    throw error;
  };
  const storage = await openStorage({ clock, hasher: testHasher, logger: silentLogger, folder, vault: vaultId, device });
  const { acks, dead, folded, graph, journal } = storage;
  const trouble = new GraphTrouble({ logger: silentLogger, changed: () => undefined });
  const fold = new Fold({ clock, folded, apply: (events) => graph.apply(events), onTrouble: fail });
  const graphIdle = (): Promise<void> => fold.idle();
  const delivery = new StoreDelivery({
    ...{ clock, hasher: testHasher, vault: vaultId, random, logger: silentLogger, graph, journal, acks, dead, settings, graphIdle, trouble },
    record: () => undefined,
    backlog: () => undefined,
    changed: () => undefined,
  });
  const recorded = (events: readonly LearningEvent[]): void => delivery.offer(events);
  const forgetPlaces: StoreDelivery["forgetPlaces"] = (one, places) => delivery.forgetPlaces(one, places);
  const foreign = new ForeignEvents({ clock, vault: vaultId, device, hasher: testHasher, journal, fold, forgetPlaces, recorded });
  const clocks = new StreamClocks((stream) => lastClockOf(graph, stream));
  const recorder = new Recorder({ vault: vaultId, device, clock, hasher: testHasher, journal, clocks, fold, onRecorded: recorded, onDuplicates: () => undefined });
  const problems = new ProblemBook(() => undefined);
  const locks = new KeyedMutex(() => clock.monotonic(), new LockWatch(clock, silentLogger));
  const masteryTable = (): typeof defaultMasteryTable => defaultMasteryTable;
  const canvases = new CanvasCapture({ vault: vaultId, clock, hasher: testHasher, files, graph, recorder, problems, locks, masteryTable, graphIdle });
  const notes = new NoteCapture({ hasher: testHasher, files, graph, recorder, problems, locks, propertyNames: () => settings.propertyNames, graphIdle });
  const renames = new RenameMatcher({ hasher: testHasher, files, graph });
  const scans: string[] = [];
  const guard = new AwayGuard({ clock, files, graph, memory: storage.scanMemory, scan: async () => scans.push("scan"), onTrouble: fail });
  const work = new OpenWork(clock);
  const live = new LiveFiles({ clock, work, files, graph, canvases, notes, renames, problems, guard, isBusy: () => false, onTrouble: (_, error) => fail(error) });
  const items = new RecordItems({ clock, graph, recorder, settle: (events, ms) => delivery.settled(events, ms), onInvalid: () => undefined, graphIdle });
  const parts: VerifyKindParts = {
    ...{ clock, hasher: testHasher, vault: vaultId, files, graph, journal, masteryTable, graphIdle },
    repairs: { look: (path) => live.canvasChanged(path), vanished: (path) => live.fileDeleted(path), settle: () => live.settle() },
    catchUp: async () => {
      await foreign.readOtherDevices();
      await graphIdle();
    },
    store: () => delivery.comparable(),
    eventCount: () => journal.counts.events,
  };
  const kind: TaskKind = verifyKind(parts);
  return {
    ...{ clock, files, folder, graph, journal, delivery, kind, parts, scans },
    /** Brings a canvas as it is now into the journal. */
    capture: (path: string) => canvases.look(path, "edit"),
    record: (records: readonly unknown[]) => items.record(records, {}),
    use: (store: GraphStore | null) => delivery.use(store),
    async events(): Promise<readonly LearningEvent[]> {
      const all: LearningEvent[] = [];
      for await (const event of journal.all()) all.push(event);
      return all;
    },
    /** What an item comes to. */
    async verify(item: JsonObject): Promise<Verified> {
      requireItem(kind.check(item));
      return (await kind.run(item, firstRun)) as unknown as Verified;
    },
  };
}

export interface Verified {
  readonly files?: {
    readonly compared: number;
    readonly differences: number;
    readonly repaired: number;
    readonly problem: number;
    readonly lines: readonly string[];
  };
  readonly store?: {
    readonly rows: number;
    readonly events: number;
    readonly differences: number;
    readonly missing: JsonValue;
    readonly older: JsonValue;
    readonly unlinked: JsonValue;
    readonly extra: JsonValue;
    readonly newer: JsonValue;
    readonly waiting: number;
    readonly pending: number;
    readonly dead: number;
    readonly resent: number;
    readonly lines: readonly string[];
  };
  readonly note?: string;
  readonly ms: number;
}

function requireItem(reason: string | null): void {
  if (reason !== null) throw new Error(`a test asks for what is no item: ${reason}`);
}
