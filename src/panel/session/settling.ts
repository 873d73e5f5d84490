import type { Cancel, Clock } from "../../engine/index";

/** Runs something once, when the last of a series of wishes is `ms` old. */
export class Settling {
  private planned: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
    private readonly run: () => void,
  ) {}

  again(): void {
    this.cancel();
    this.planned = this.clock.after(this.ms, () => {
      this.planned = null;
      this.run();
    });
  }

  cancel(): void {
    this.planned?.();
    this.planned = null;
  }
}
