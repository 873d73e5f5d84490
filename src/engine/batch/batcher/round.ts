import type { FailureClass, StoreFailure } from "../../graph/port";
import { countLevel, levelCounts } from "./batcherFact";
import { deadItemOf, type DeadItem, type Story } from "./deadItem";
import { Durations } from "./durations";
import type { Endings } from "./endings";
import type { Entry } from "./entry";
import type { Flight } from "./flight";
import { judge, type Judgement } from "./judge";
import { soundFailure, TIMEOUT_CODE, unknownFailure, type Answers } from "./answers";
import type { ItemAnswer } from "./sink";

export interface RoundParts<T, R> {
  readonly endings: Endings<T, R>;
  readonly stories: Map<Entry<T, R>, Story>;
  readonly maxAttempts: number;
  readonly chance: () => number;
}

/** What becomes of the items of one batch: who has ended, and what is to be done about the others. */
export class Round<T, R> {
  stored = 0;
  readonly dead: DeadItem<T>[] = [];
  /** Items that have to be tried again, in order. */
  readonly undecided: Entry<T, R>[] = [];
  readonly levels = levelCounts();
  readonly latencies = new Durations();
  /** The first failure; null when there was none. */
  failure: StoreFailure | null = null;
  /** What is worst for the whole domain, by the class of its failure. */
  readonly classes = new Set<FailureClass>();
  late = false;
  /** Why a person has to act; null when nobody has to. */
  trouble: StoreFailure | null = null;
  /** The longest wait that the domain asks for. */
  holdMs = 0;
  smaller = false;
  divide = false;
  /** The longest wait before the same items are tried again. */
  againMs = 0;
  putBack = false;
  /** The wait that an unavailable domain asks for. */
  awayMs: number | undefined;
  private throttles: number | null = null;

  constructor(
    private readonly parts: RoundParts<T, R>,
    private readonly flight: Flight<T, R>,
    private readonly now: number,
  ) {}

  take(answers: Answers<R>): void {
    if (isFailure(answers)) this.takeFailure(answers);
    else this.takeEach(answers);
  }

  private takeEach(answers: Exclude<Answers<R>, StoreFailure>): void {
    const { items, parcel } = this.flight;
    for (let index = 0; index < items.length; index += 1) {
      const entry = items[index];
      const answer = answers[index];
      // One that has ended meanwhile was cancelled: its answer comes too late.
      if (entry === undefined || entry.place !== parcel) continue;
      if (!isAnswer(answer)) this.failedAlone(entry, unknownFailure("bad-answer", "The sink gave no answer to an item."));
      else if (answer.kind === "done") this.done(entry, answer.value);
      else this.failedAlone(entry, soundFailure(answer));
    }
  }

  private takeFailure(failure: StoreFailure): void {
    const { items, parcel } = this.flight;
    const live = items.filter((entry) => entry.place === parcel);
    const [only] = live;
    // The others of a larger batch may be to blame even where they were cancelled meanwhile.
    if (items.length === 1 && only !== undefined) return this.failedAlone(only, failure);
    this.note(failure);
    const failures = this.failuresOf(failure, parcel.failedAgain(failure.class));
    const { maxAttempts, chance } = this.parts;
    const judgement = judge(failure, { failures, blamed: 0, alone: false, maxAttempts }, chance);
    this.follow(judgement, failure);
    for (const entry of live) {
      this.tried(entry);
      this.undecided.push(entry);
    }
  }

  private done(entry: Entry<T, R>, value: R): void {
    const { stories, endings } = this.parts;
    const { flight, now } = this;
    const story = stories.size === 0 ? undefined : stories.get(entry);
    this.stored += 1;
    countLevel(this.levels, entry.level);
    this.latencies.add(now - entry.enqueuedAt);
    const waitMs = Math.round(flight.startedAt - entry.enqueuedAt);
    const runMs = now - flight.startedAt;
    if (story === undefined) return endings.done(entry, value, waitMs, Math.round(runMs));
    stories.delete(entry);
    endings.end(entry, { kind: "done", value, attempts: story.attempts + 1, waitMs, runMs: Math.round(story.runMs + runMs) });
  }

  private failedAlone(entry: Entry<T, R>, failure: StoreFailure): void {
    this.note(failure);
    const story = this.tried(entry);
    // While it is unknown whether the domain works at all, silence says nothing of an item.
    if (!(this.flight.probe && failure.code === TIMEOUT_CODE)) story.blamed += 1;
    const { maxAttempts, chance } = this.parts;
    const failures = this.failuresOf(failure, story.blamed);
    const judgement = judge(failure, { failures, blamed: story.blamed, alone: true, maxAttempts }, chance);
    if (judgement.kind === "dead") return this.buried(entry, failure, story);
    // Only what is about the item itself counts against it.
    if (judgement.kind !== "again") story.blamed -= 1;
    this.follow(judgement, failure);
    this.undecided.push(entry);
  }

  private buried(entry: Entry<T, R>, failure: StoreFailure, story: Story): void {
    const { stories, endings } = this.parts;
    stories.delete(entry);
    countLevel(this.levels, entry.level);
    this.dead.push(deadItemOf(entry, failure, story));
    const waitMs = Math.round(this.flight.startedAt - entry.enqueuedAt);
    endings.end(entry, { kind: "failed", failure, attempts: story.attempts, waitMs, runMs: Math.round(story.runMs) });
  }

  private follow(judgement: Judgement, failure: StoreFailure): void {
    switch (judgement.kind) {
      case "again":
        this.againMs = Math.max(this.againMs, judgement.delayMs);
        return;
      case "divide":
        this.divide = true;
        return;
      case "hold":
        this.holdMs = Math.max(this.holdMs, judgement.delayMs);
        break;
      case "smaller":
        this.smaller = true;
        break;
      case "stop":
        this.trouble = failure;
        break;
      case "wait":
      case "dead":
        break;
    }
    this.putBack = true;
  }

  private note(failure: StoreFailure): void {
    this.failure ??= failure;
    this.classes.add(failure.class);
    if (failure.code === TIMEOUT_CODE) this.late = true;
    if (failure.class === "unavailable" && failure.retryAfterMs !== undefined)
      this.awayMs = Math.max(this.awayMs ?? 0, failure.retryAfterMs);
  }

  private failuresOf(failure: StoreFailure, ofItems: number): number {
    if (failure.class !== "throttled") return ofItems;
    this.throttles ??= this.flight.parcel.lane.throttles += 1;
    return this.throttles;
  }

  private tried(entry: Entry<T, R>): Story {
    const { stories } = this.parts;
    const { startedAt, startedWall } = this.flight;
    const known = stories.get(entry);
    const story = known ?? { attempts: 0, blamed: 0, firstTriedAt: startedWall, lastTriedAt: startedWall, runMs: 0 };
    if (known === undefined) stories.set(entry, story);
    story.attempts += 1;
    story.lastTriedAt = startedWall;
    story.runMs += this.now - startedAt;
    return story;
  }
}

// A sink is code of others: an item without an answer must not be lost.
function isAnswer<R>(answer: ItemAnswer<R> | undefined | null): answer is ItemAnswer<R> {
  return answer?.kind === "done" || answer?.kind === "failed";
}

function isFailure<R>(answers: Answers<R>): answers is StoreFailure {
  return "kind" in answers;
}
