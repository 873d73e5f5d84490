import type { Clock, Engine, Movement, MovementQuery, PastQuery, PastState, TimelinePage, TimelineQuery } from "../../engine/index";
import { LiveAnswer } from "./liveAnswer";
import type { LearningState, LearningSubject } from "./learningState";

export interface LearningLookParts {
  readonly clock: Clock;
  readonly engine: () => Pick<Engine, "recall"> | null;
  /** What is selected on the canvas that the user works on, or the canvas; null where there is none. */
  readonly selection: () => LearningSubject | null;
  /** What `state` gives is another value now. */
  readonly changed: () => void;
}

const DAYS = 7;
const CANVASES = 8;
/** Cards in a picture of the past. */
const PAST_CARDS = 50;
/** Entries at first, with each wish for more, and at most. */
const FIRST_ENTRIES = 20;
const MORE_ENTRIES = 40;
export const MOST_ENTRIES = 200;

/** What learning looks like, found out only while somebody looks, for all panels at once. */
export class LearningLook {
  private readonly lookers = new Set<object>();
  private subject: LearningSubject | null = null;
  /** The selection when it was last looked at. */
  private seen: LearningSubject | null = null;
  private day: string | null = null;
  private readonly movement: LiveAnswer<MovementQuery, Movement>;
  private readonly timeline: LiveAnswer<TimelineQuery, TimelinePage>;
  private readonly past: LiveAnswer<PastQuery, PastState>;

  constructor(private readonly parts: LearningLookParts) {
    this.movement = new LiveAnswer({ ...parts, ask: (recall, query) => recall.movement(query) });
    this.timeline = new LiveAnswer({ ...parts, ask: (recall, query) => recall.timeline(query) });
    this.past = new LiveAnswer({ ...parts, ask: (recall, query) => recall.asItWas(query) });
    this.movement.about({ days: DAYS, canvases: CANVASES });
  }

  get state(): LearningState {
    const { day, subject } = this;
    const past = day === null ? null : { day, state: this.past.look() };
    return { movement: this.movement.look(), subject, timeline: this.timeline.look(), past };
  }

  /** Whether one who can show this does. */
  watch(looker: object, is: boolean): void {
    if (this.lookers.has(looker) === is) return;
    if (is) this.lookers.add(looker);
    else this.lookers.delete(looker);
    const awake = this.lookers.size > 0;
    for (const answer of [this.movement, this.timeline, this.past]) answer.wake(awake);
    if (is) this.lookAround();
  }

  /** The selection may be another one. What was looked at stays where nothing of a canvas is selected. */
  lookAround(): void {
    if (this.lookers.size === 0) return;
    const next = this.parts.selection();
    // A selection that is as it was says nothing: the user may have turned to something else since.
    if (next === null || sameSubject(next, this.seen)) return;
    this.seen = next;
    this.lookAt(next);
  }

  /** Looks at something that is not selected, until the selection changes. */
  turnTo(subject: LearningSubject): void {
    this.seen = this.parts.selection();
    this.lookAt(subject);
  }

  showMore(): void {
    const query = this.timeline.asked;
    if (query !== null) this.timeline.about({ ...query, limit: Math.min(query.limit + MORE_ENTRIES, MOST_ENTRIES) }, true);
  }

  /** Shows the subject as it was at the end of a local day, `YYYY-MM-DD`; null: no more. */
  asItWas(day: string | null): void {
    this.day = day;
    this.askPast();
    this.parts.changed();
  }

  /** Something was journaled, or another engine is open. */
  again(): void {
    if (this.day !== null && this.past.asked === null) this.askPast();
    for (const answer of [this.movement, this.timeline, this.past]) answer.again();
  }

  private lookAt(next: LearningSubject): void {
    const stays = isSame(next, this.subject);
    this.subject = next;
    if (!stays) {
      this.timeline.about({ ...queryOf(next), limit: FIRST_ENTRIES });
      this.askPast();
    }
    this.parts.changed();
  }

  private askPast(): void {
    const { day, subject } = this;
    const recall = this.parts.engine()?.recall ?? null;
    if (day === null || subject === null || recall === null) return this.past.about(null);
    this.past.about({ ...queryOf(subject), at: recall.daySpan(day).last, limit: PAST_CARDS });
  }
}

function queryOf({ canvas, node }: LearningSubject): { readonly canvas: string; readonly node?: string } {
  return node === null ? { canvas } : { canvas, node: node.id };
}

function isSame(a: LearningSubject, b: LearningSubject | null): boolean {
  return b !== null && a.canvas === b.canvas && a.node?.id === b.node?.id;
}

function sameSubject(a: LearningSubject, b: LearningSubject | null): boolean {
  return isSame(a, b) && a.node?.label === b?.node?.label;
}
