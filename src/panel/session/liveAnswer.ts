import type { Cancel, Clock, Engine, Recall } from "../../engine/index";
import { reasonOf } from "../../engine/index";

/** What is known of something that takes time to be found out. */
export type Loaded<T> =
  | { readonly kind: "waiting" }
  | { readonly kind: "loaded"; readonly value: T }
  | { readonly kind: "failed"; readonly reason: string };

export const waiting: Loaded<never> = { kind: "waiting" };

export interface LiveAnswerParts<Query, Answer> {
  readonly clock: Clock;
  readonly engine: () => Pick<Engine, "recall"> | null;
  readonly ask: (recall: Recall, query: Query) => Promise<Answer>;
  /** What `look` gives is another value now. */
  readonly changed: () => void;
}

/** Milliseconds between two questions at least: while much happens, an answer need not follow each event. */
const PAUSE_MS = 250;

/**
 * The answer to one question, kept up to date while somebody looks at it. While nobody does, nothing is asked. There is
 * never more than one question under way; an answer to a question that was given up is dropped.
 */
export class LiveAnswer<Query, Answer> {
  private query: Query | null = null;
  private answer: Loaded<Answer> = waiting;
  private awake = false;
  private stale = true;
  private asking = false;
  private planned: Cancel | null = null;
  /** Counts the questions, so that a late answer is known as one. */
  private turn = 0;

  constructor(private readonly parts: LiveAnswerParts<Query, Answer>) {}

  look(): Loaded<Answer> {
    return this.answer;
  }

  get asked(): Query | null {
    return this.query;
  }

  /** Asks something else; null: nothing. `keep`: what is shown stays until the new answer is there. */
  about(query: Query | null, keep = false): void {
    this.turn += 1;
    this.query = query;
    this.stale = true;
    this.asking = false;
    this.cancel();
    if (!keep && this.answer.kind !== "waiting") {
      this.answer = waiting;
      this.parts.changed();
    }
    this.go();
  }

  /** Whether somebody looks. */
  wake(is: boolean): void {
    if (this.awake === is) return;
    this.awake = is;
    if (is) this.go();
    else this.cancel();
  }

  /** The answer may be another one by now. */
  again(): void {
    this.stale = true;
    if (!this.awake || this.asking || this.planned !== null) return;
    this.planned = this.parts.clock.after(PAUSE_MS, () => {
      this.planned = null;
      this.go();
    });
  }

  private go(): void {
    const { query } = this;
    if (!this.awake || !this.stale || this.asking || query === null) return;
    const recall = this.parts.engine()?.recall ?? null;
    // Once there is an engine, `again` is called.
    if (recall === null) return;
    this.asking = true;
    this.stale = false;
    const turn = this.turn;
    this.parts.ask(recall, query).then(
      (value) => this.take(turn, { kind: "loaded", value }),
      (error: unknown) => this.take(turn, { kind: "failed", reason: reasonOf(error) }),
    );
  }

  private take(turn: number, answer: Loaded<Answer>): void {
    if (turn !== this.turn) return;
    this.asking = false;
    this.answer = answer;
    this.parts.changed();
    if (this.stale) this.again();
  }

  private cancel(): void {
    this.planned?.();
    this.planned = null;
  }
}
