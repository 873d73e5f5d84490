import type { Clock } from "../../kernel/clock";
import type { Logger } from "../../kernel/logger";
import type { Breaker } from "../policy/breaker";
import type { BatchFact } from "./batchFact";
import type { TargetState } from "./target";

export interface AnnouncerParts {
  /** The name of the store. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly record: (fact: BatchFact) => void;
}

/** Says how a store stands, once for each change. */
export class Announcer {
  private said = "off ";
  private breaker: Breaker["kind"] = "closed";

  constructor(private readonly parts: AnnouncerParts) {}

  tell(state: TargetState, breaker: Breaker["kind"]): void {
    this.tellState(state.kind, "failure" in state ? state.failure.message : null);
    if (breaker === this.breaker) return;
    this.breaker = breaker;
    const { clock, name, record } = this.parts;
    record({ store: name, kind: "breaker", state: breaker, at: clock.monotonic(), time: clock.now() });
  }

  private tellState(state: TargetState["kind"], message: string | null): void {
    const { clock, logger, name, record } = this.parts;
    const saying = `${state} ${message ?? ""}`;
    if (saying === this.said) return;
    this.said = saying;
    if (message === null) logger.debug(`${name} is ${state}`);
    else logger.warn(`${name} is ${state}: ${message}`);
    record({ store: name, kind: "store-state", state, message, at: clock.monotonic() });
  }
}
