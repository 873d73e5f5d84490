import type { Clock, Engine, ScanReport } from "../../engine/index";
import type { IndexConsent } from "../../settings/schema";
import type { Intake } from "./sessionView";
import { Settling } from "./settling";

export interface IntakeParts {
  readonly clock: Clock;
  /** The engine, or null while it is not open. */
  engine(): Engine | null;
  consent(): IndexConsent;
  keepConsent(consent: IndexConsent): Promise<void>;
  changed(): void;
  report(what: string, error: unknown): void;
}

/** Milliseconds after which the vault is read again because something could not be journaled. */
const SECOND_LOOK_MS = 5000;

/** Decides, with the user, whether the vault is captured, and passes its changes to the engine while it is. */
export class VaultIntake {
  private current: Intake = { kind: "opening" };
  private readonly secondLook: Settling;

  constructor(private readonly parts: IntakeParts) {
    this.secondLook = new Settling(parts.clock, SECOND_LOOK_MS, () => this.inBackground("reading the vault again", this.rescan()));
  }

  get state(): Intake {
    return this.current;
  }

  get capturing(): boolean {
    return this.current.kind === "capturing";
  }

  /** Begins as far as the user has agreed to it. */
  async open(engine: Engine): Promise<void> {
    const consent = this.parts.consent();
    if (consent === "unknown") return this.set({ kind: "asking-again" });
    // A device that has its index goes on: what another device declined came here through sync and was about that one.
    if (consent === "granted" || !engine.firstIndex) return this.capture();
    if (consent === "declined") return this.set({ kind: "declined" });
    const size = await engine.planScan();
    if (this.parts.engine() !== engine) return;
    if (size.canvases === 0) return this.capture();
    this.set({ kind: "asking", size });
  }

  /** Another window or copy of the app has this device's data, or no more. */
  wait(is: boolean): void {
    this.set({ kind: is ? "waiting" : "opening" });
  }

  fail(message: string): void {
    this.set({ kind: "failed", message });
  }

  /** Nothing is planned and nothing is passed on until it is opened again. */
  close(): void {
    this.secondLook.cancel();
    this.set({ kind: "opening" });
  }

  /** The user's yes to the first index, or the wish to start it after all. */
  async start(): Promise<void> {
    this.set({ kind: "capturing", look: "pending" });
    try {
      await this.parts.keepConsent("granted");
    } finally {
      await this.rescan();
    }
  }

  /** The user's no: nothing of the vault is captured until they start it. */
  async decline(): Promise<void> {
    this.set({ kind: "declined" });
    await this.parts.keepConsent("declined");
  }

  /** Ends a scan after the file under way. A first index that is stopped counts as declined: what it has stays. */
  async stop(): Promise<void> {
    const engine = this.parts.engine();
    if (engine === null) return;
    const first = engine.firstIndex;
    engine.stopScan();
    if (first) await this.decline();
  }

  /** The settings say something else now, perhaps because another device changed them. */
  consentChanged(consent: IndexConsent): void {
    const { kind } = this.current;
    if (consent === "granted" && (kind === "asking" || kind === "asking-again" || kind === "declined")) {
      this.inBackground("indexing", this.capture());
    }
    if (consent === "unknown" && kind === "capturing") this.set({ kind: "asking-again" });
  }

  /** Looks at the whole vault. Null when nothing may be captured. */
  async scan(): Promise<ScanReport | null> {
    const engine = this.parts.engine();
    if (engine === null || !this.capturing) return null;
    const report = await engine.scan();
    if (this.capturing && this.parts.engine() === engine) this.set({ kind: "capturing", look: report.stopped ? "stopped" : "done" });
    return report;
  }

  /** The same in the background, once more later where it fails. */
  async rescan(): Promise<void> {
    try {
      await this.scan();
    } catch (error) {
      this.secondLook.again();
      throw error;
    }
  }

  /** The user captures other files now: looks at the vault again, or says anew how much the first index would read. */
  async recapture(): Promise<void> {
    const engine = this.parts.engine();
    if (engine === null || this.current.kind !== "asking") return this.rescan();
    const size = await engine.planScan();
    if (this.parts.engine() === engine && this.current.kind === "asking") this.set({ kind: "asking", size });
  }

  // What could not be journaled is still in the vault: a later look at everything finds it.
  pass(change: (engine: Engine) => Promise<void>): void {
    const engine = this.parts.engine();
    if (engine === null || !this.capturing) return;
    change(engine).catch((error: unknown) => {
      this.parts.report("a change was not journaled", error);
      if (this.parts.engine() === engine) this.secondLook.again();
    });
  }

  private async capture(): Promise<void> {
    this.set({ kind: "capturing", look: "pending" });
    await this.rescan();
  }

  private set(intake: Intake): void {
    this.current = intake;
    this.parts.changed();
  }

  private inBackground(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.parts.report(`${what} failed`, error));
  }
}
