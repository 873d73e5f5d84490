import { pressureAfter, type Pressure, type PressureView } from "../policy/pressure";

/** Tells how much work waits, once for each change of the level. */
export class PressureGauge {
  private level: Pressure = "ok";

  constructor(private readonly changed: (level: Pressure) => void) {}

  read(view: PressureView): void {
    const level = pressureAfter(this.level, view);
    if (level === this.level) return;
    this.level = level;
    this.changed(level);
  }
}
