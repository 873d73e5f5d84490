import type { Clock } from "../../kernel/clock";
import { KeyedMutex } from "../../kernel/keyedMutex";
import type { Logger } from "../../kernel/logger";
import type { Priority } from "../../learning/event";
import { readPriority } from "../../learning/priority";
import { batchResult, onlyResult, type ItemError, type ItemOutcome, type ItemResult, type RecordBatchResult } from "../../learning/result";
import type { SubmitOptions } from "../engine";
import type { OpenWork } from "./openWork";
import type { JournalOptions, RecordItems } from "./recordItems";

const DEFAULT_DEADLINE_MS = 30_000;
const LONGEST_DEADLINE_MS = 3_600_000;
const LONGEST_NAME = 1_000;

export interface SubmissionsParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly work: Pick<OpenWork, "run">;
  readonly items: Pick<RecordItems, "begin">;
}

type Read =
  | { readonly kind: "options"; readonly deadlineMs: number; readonly key: string | null; readonly user: string | null; readonly journal: JournalOptions }
  | { readonly kind: "wrong"; readonly error: ItemError };

/** Events with a wish how they are treated, each with its own answer: what became of it, in the journal and in the stores. */
export class Submissions {
  /** Submissions of one key are journaled in the order of the calls. */
  private readonly turns: KeyedMutex;

  constructor(private readonly parts: SubmissionsParts) {
    this.turns = new KeyedMutex(() => parts.clock.monotonic(), null);
  }

  async submit(item: unknown, options: SubmitOptions): Promise<ItemResult> {
    return onlyResult(await this.submitAll([item], options));
  }

  /** Rejects as a record does, and with EngineStopped. */
  async submitAll(items: readonly unknown[], options: SubmitOptions): Promise<RecordBatchResult> {
    const read = readOptions(options);
    if (read.kind === "wrong") return all(items, { status: "invalid", id: null, error: read.error });
    const { clock, logger } = this.parts;
    const { deadlineMs, journal, key, user } = read;
    if (user !== null) logger.debug(`${user} submits ${items.length} events`);
    const until = clock.monotonic() + deadlineMs;
    const begin = (): ReturnType<RecordItems["begin"]> => this.parts.work.run(() => this.parts.items.begin(items, journal));
    const begun = key === null ? await begin() : await this.inTurn(key, deadlineMs, begin);
    if (begun === null) return all(items, { status: "failed", id: null, error: late(deadlineMs) });
    // Not as work of its own: a stop answers whoever waits for a store, and need not wait for them.
    return begun.finish(Math.max(0, until - clock.monotonic()));
  }

  /** Null when the time was over before the turn came; the work is then never done. */
  private inTurn<T>(key: string, deadlineMs: number, work: () => Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      let waits = true;
      const cancel = this.parts.clock.after(deadlineMs, () => {
        waits = false;
        resolve(null);
      });
      const turn = async (): Promise<T | null> => {
        if (!waits) return null;
        cancel();
        return work();
      };
      this.turns.run(key, turn).then(resolve, reject);
    });
  }
}

function readOptions({ deadlineMs = DEFAULT_DEADLINE_MS, key, origin = "api", priority, user }: SubmitOptions): Read {
  const level = priority === undefined ? undefined : readPriority(priority);
  if (level === null) return wrong("priority must be CRITICAL (or immediate), HIGH, NORMAL or LOW");
  if (typeof deadlineMs !== "number" || !(deadlineMs >= 0 && deadlineMs <= LONGEST_DEADLINE_MS)) {
    return wrong(`deadlineMs must be milliseconds from 0 to ${LONGEST_DEADLINE_MS}`);
  }
  if (key !== undefined && !isName(key)) return wrong(`key must be text of 1 to ${LONGEST_NAME} characters`);
  if (user !== undefined && !isName(user)) return wrong(`user must be text of 1 to ${LONGEST_NAME} characters`);
  return { kind: "options", deadlineMs, key: key ?? null, user: user ?? null, journal: { origin, ...prioritised(level) } };
}

function prioritised(priority: Priority | undefined): Pick<JournalOptions, "priority"> {
  return priority === undefined ? {} : { priority };
}

// What other plugins call with is not checked by any compiler.
function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_NAME;
}

function all(items: readonly unknown[], outcome: ItemOutcome): RecordBatchResult {
  return batchResult(items.map(() => outcome), []);
}

function late(deadlineMs: number): ItemError {
  const message = `others of its key came before it for ${deadlineMs} milliseconds, so it was not recorded`;
  return { code: "deadline", message, retryable: true };
}

function wrong(message: string): Read {
  return { kind: "wrong", error: { code: "invalid_option", message, retryable: false } };
}
