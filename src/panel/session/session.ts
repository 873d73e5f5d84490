import type { Clock, Engine, EngineSignal, Logger, ScanReport, TaskKind } from "../../engine/index";
import { createEmitter, createSignal } from "../../engine/index";
import { captureKey, engineSettings } from "../../settings/engineSettings";
import type { DeviceKind } from "../../settings/engineSettings";
import type { Settings } from "../../settings/schema";
import { AddedKinds } from "./addedKinds";
import { EngineLife } from "./engineLife";
import type { Door, HeldEngine } from "./engineLife";
import { LearningLook } from "./learningLook";
import type { LearningSubject } from "./learningState";
import type { LastBatch, SessionView } from "./sessionView";
import { Settling } from "./settling";
import { StoreUse } from "./storeUse";
import type { StoreParts } from "./storeUse";
import { VaultIntake } from "./vaultIntake";

export interface SessionParts extends StoreParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Settings;
  /** A computer where it is not said. */
  readonly device?: DeviceKind;
  /** What is selected on the canvas that the user works on; nothing where it is not said. */
  readonly selection?: () => LearningSubject | null;
  openEngine(settings: Settings, door: Door): Promise<HeldEngine>;
  saveSettings(settings: Settings): Promise<void>;
}

/** Milliseconds without a further change after which a changed setting is acted upon. */
const SETTLE_MS = 800;

/** The running plugin without Obsidian: turns wishes of the panel, the commands and the settings into calls of the engine. */
export class Session {
  readonly intake: VaultIntake;
  readonly learning: LearningLook;
  private readonly store: StoreUse;
  private readonly life: EngineLife;
  private settings: Settings;
  private lastBatch: LastBatch | null = null;
  private view: SessionView | null = null;
  private readonly ending = createSignal();
  private readonly changes = createEmitter<void>((error) => this.report("showing a change failed", error));
  private readonly signals = createEmitter<EngineSignal>((error) => this.report("telling of what happened failed", error));
  private readonly learned = createEmitter<void>((error) => this.report("showing what is learned failed", error));
  private readonly storeChange: Settling;
  private readonly captureChange: Settling;
  private readonly kinds = new AddedKinds((what, error) => this.report(what, error));

  constructor(private readonly parts: SessionParts) {
    this.settings = parts.settings;
    this.store = new StoreUse(parts, () => this.changed());
    this.life = new EngineLife({
      openEngine: (door) => parts.openEngine(this.settings, door),
      waiting: (is) => this.intake.wait(is),
      lost: () => this.inBackground("starting again", this.reopen()),
      opened: (engine) => this.listen(engine),
      failed: ({ message }) => this.intake.fail(message),
      gone: () => this.forgetPlans(),
      report: (what, error) => this.report(what, error),
    });
    this.intake = new VaultIntake({
      clock: parts.clock,
      engine: () => this.life.current,
      consent: () => this.settings.indexConsent,
      keepConsent: (indexConsent) => this.keepConsent(indexConsent),
      changed: () => this.changed(),
      report: (what, error) => this.report(what, error),
    });
    this.learning = new LearningLook({
      clock: parts.clock,
      engine: () => this.life.current,
      selection: parts.selection ?? (() => null),
      changed: () => this.changed(),
    });
    this.learned.on(() => this.learning.again());
    this.storeChange = new Settling(parts.clock, SETTLE_MS, () => this.inBackground("changing the store", this.applyStore()));
    this.captureChange = new Settling(parts.clock, SETTLE_MS, () => this.inBackground("reading the vault", this.intake.recapture()));
  }

  /** The engine once it is open. Rejects when it could not be opened, or when the plugin is unloaded first. */
  ready(): Promise<Engine> {
    return this.life.ready();
  }

  /** The engine, or null while it is not open. */
  current(): Engine | null {
    return this.life.current;
  }

  get currentSettings(): Settings {
    return this.settings;
  }

  get paused(): boolean {
    return this.current()?.status().stores.neo4j?.state === "paused";
  }

  /** Calls back when what the journals tell about learning may be another thing, until the returned function is called. */
  onLearning(listener: () => void): () => void {
    return this.learned.on(listener);
  }

  /** Calls back after every change of what `look` gives, until the returned function is called or the session is closed. */
  onChange(listener: () => void): () => void {
    return this.changes.on(listener);
  }

  /** Calls back for what any engine of this session tells, until the returned function is called or the session is closed. */
  onSignal(listener: (signal: EngineSignal) => void): () => void {
    return this.signals.on(listener);
  }

  look(): SessionView {
    this.view ??= this.compute();
    return this.view;
  }

  /** Opens the engine, connects the store and indexes, as far as the user has agreed to it. */
  async start(): Promise<void> {
    await this.life.open();
    await this.begin();
  }

  /** Looks at the whole vault and tries the store again. Null when nothing may be captured. */
  async syncNow(): Promise<ScanReport | null> {
    await this.ready();
    const report = await this.intake.scan();
    await this.tryAgain();
    return report;
  }

  /** Figures from zero, the last batch too. What the journal has, and what is still to be sent, stays. */
  async resetFigures(): Promise<void> {
    (await this.ready()).resetStats();
    this.lastBatch = null;
    this.changed();
  }

  /** Confirms that canvases which a scan did not find are gone indeed. */
  async confirmMissing(): Promise<void> {
    await (await this.ready()).scan({ confirmMissing: true });
  }

  /** The device is back from sleep or online again: connections may be dead, other devices may have brought events. */
  wake(): void {
    const engine = this.current();
    if (engine === null) return;
    engine.wake();
    this.learned.emit();
    if (this.store.state.kind === "on") this.inBackground("connecting again", engine.reconnect());
    this.inBackground("reading other devices", engine.readOtherDevices());
  }

  /** Tries the store again now, with the password as it is now. */
  async tryAgain(): Promise<void> {
    await this.applyStore();
    if (this.store.state.kind === "on") await this.current()?.reconnect();
  }

  /** Tries the Neo4j of the settings once; when it answers and is in use, sending goes on. */
  async testConnection(): ReturnType<StoreUse["test"]> {
    const trial = await this.store.test(this.settings.neo4j, this.ending.signal);
    if (trial.kind === "connected") this.inBackground("connecting", this.tryAgain());
    return trial;
  }

  /** Deletes this vault's data in Neo4j and stops sending, so that it is not sent again at once. */
  async removeFromNeo4j(): ReturnType<Engine["removeFromStore"]> {
    const result = await (await this.ready()).removeFromStore();
    if (result.kind !== "removed") return result;
    await this.update({ ...this.settings, neo4j: { ...this.settings.neo4j, enabled: false } });
    await this.applyStore();
    return result;
  }

  /** Stops, lets `remove` delete what the engine keeps, and starts as on a new device. Where it rejects, goes on as before. */
  async startAnew(remove: () => Promise<void>): Promise<void> {
    try {
      await this.life.startAnew(async () => {
        await remove();
        await this.keepConsent("unasked");
      });
    } catch (error) {
      this.inBackground("starting again", this.begin());
      throw error;
    }
    await this.begin();
  }

  /** Tries once more to open an engine that did not open. */
  startAgain(): Promise<void> {
    return this.reopen();
  }

  /** Takes new settings, keeps them, and acts upon what changed. */
  async update(next: Settings): Promise<void> {
    this.adopt(next);
    await this.parts.saveSettings(this.settings);
  }

  /** Takes settings that somebody else has already kept, such as another device through sync. */
  adopt(next: Settings): void {
    const before = this.settings;
    this.settings = next;
    if (JSON.stringify(before.neo4j) !== JSON.stringify(next.neo4j)) this.storeChange.again();
    // At once: what settles goes on being sent under the level of before.
    if (JSON.stringify(before.privacy) !== JSON.stringify(next.privacy)) this.inBackground("changing the store", this.applyStore());
    if (captureKey(before) !== captureKey(next)) this.captureChange.again();
    this.current()?.updateSettings(engineSettings(next, this.parts.device));
    if (before.indexConsent !== next.indexConsent) this.intake.consentChanged(next.indexConsent);
    this.changed();
  }

  /** Adds a kind of task for as long as the plugin runs. Rejects with RangeError where there is one of this name. */
  async addKind(kind: TaskKind): Promise<() => void> {
    return this.kinds.add(await this.ready(), kind);
  }

  /** Makes safe what can be made safe now. Correctness never depends on it. */
  flush(): Promise<void> {
    const flushed = this.current()?.flush() ?? Promise.resolve();
    return flushed.catch((error: unknown) => this.report("saving failed", error));
  }

  async close(deadlineMs: number): Promise<void> {
    this.ending.abort();
    await this.life.close(deadlineMs);
  }

  private listen(engine: Engine): void {
    engine.onStatus(() => this.changed());
    engine.onSignal((signal) => this.hear(signal));
    engine.recall.onGrown(() => this.learned.emit());
    this.kinds.carryOver(engine);
    this.learned.emit();
    this.changed();
  }

  private async begin(): Promise<void> {
    const engine = this.current();
    if (engine === null) return;
    // The vault does not wait for a server: connecting may take as long as a time-out.
    this.inBackground("using the store", this.applyStore());
    await this.intake.open(engine).catch((error: unknown) => this.report("reading the vault failed", error));
  }

  private async reopen(): Promise<void> {
    await this.life.reopen();
    await this.begin();
  }

  private forgetPlans(): void {
    this.storeChange.cancel();
    this.captureChange.cancel();
    this.store.forget();
    this.intake.close();
  }

  private async applyStore(): Promise<void> {
    this.storeChange.cancel();
    const engine = this.current();
    if (engine !== null) await this.store.apply(engine, this.settings);
  }

  private async keepConsent(indexConsent: Settings["indexConsent"]): Promise<void> {
    if (this.settings.indexConsent !== indexConsent) await this.update({ ...this.settings, indexConsent });
  }

  private hear(signal: EngineSignal): void {
    if (signal.kind === "event") this.learned.emit();
    if (signal.kind === "batch" && signal.store !== "local") {
      this.lastBatch = { ...signal, at: this.parts.clock.now() };
      this.changed();
    }
    if (!this.ending.signal.aborted) this.signals.emit(signal);
  }

  private compute(): SessionView {
    const engine = this.current();
    const status = engine?.status() ?? null;
    const failed = status !== null && (status.stores.local.dead > 0 || (status.stores.neo4j?.dead ?? 0) > 0);
    return {
      intake: this.intake.state,
      neo4j: this.store.state,
      settings: this.settings,
      status,
      lastBatch: this.lastBatch,
      dead: failed ? (engine?.deadLetters() ?? []) : [],
      learning: this.learning.state,
    };
  }

  private changed(): void {
    this.view = null;
    if (!this.ending.signal.aborted) this.changes.emit();
  }

  private inBackground(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.report(`${what} failed`, error));
  }

  private report(what: string, error: unknown): void {
    if (!this.ending.signal.aborted) this.parts.logger.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
