import type { JournalState } from "../../journal/journalState";
import { StorageError } from "../../journal/port";

/** The journal of this device is as large as a person allows. Nothing was recorded. */
export class JournalFull extends StorageError {
  constructor(limitBytes: number) {
    super("other", `The journal of this device has reached its limit of ${limitBytes / 1_000_000} MB. Raise the limit in the settings to go on recording.`);
  }
}

export interface JournalLimitParts {
  /** Bytes of our own journal now. */
  readonly bytes: () => number;
  /** The most that a person allows; null: no limit. */
  readonly limitBytes: () => number | null;
  /** The limit was reached (null: there is room again), once for each change. */
  readonly changed: (reached: JournalState | null) => void;
}

/**
 * Keeps the journal from growing beyond a size. What comes then is refused as on a full disk: files keep their last good
 * version and are looked at again, records are told. The last append before it may go a little beyond.
 */
export class JournalLimit {
  private told: JournalState | null = null;

  constructor(private readonly parts: JournalLimitParts) {}

  /** What the limit says of the journal; null while there is room. */
  get state(): JournalState | null {
    return this.told;
  }

  /** Throws JournalFull when nothing more may be recorded. */
  require(): void {
    const reached = this.reached();
    this.tell(reached);
    if (reached !== null) throw reached;
  }

  /** The limit may be another one now. */
  look(): void {
    if (this.told !== null) this.tell(this.reached());
  }

  private reached(): JournalFull | null {
    const limit = this.parts.limitBytes();
    return limit !== null && this.parts.bytes() >= limit ? new JournalFull(limit) : null;
  }

  private tell(reached: JournalFull | null): void {
    if (this.told?.kind === "failing" && this.told.message === reached?.message) return;
    if (this.told === null && reached === null) return;
    this.told = reached === null ? null : { kind: "failing", fault: reached.fault, message: reached.message };
    this.parts.changed(this.told);
  }
}
