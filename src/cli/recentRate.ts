/** How far back is looked. */
const WINDOW_MS = 5_000;

/** How fast a count grows now, by its last few seconds. */
export class RecentRate {
  private samples: { readonly at: number; readonly count: number }[] = [];

  /** Takes the count as it is at this time (milliseconds) and gives its growth a second; null while that cannot be told. */
  next(count: number, at: number): number | null {
    const last = this.samples.at(-1);
    // Another database, or everything anew: what was counted before says nothing of this.
    if (last !== undefined && count < last.count) this.samples = [];
    this.samples = [...this.samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, count }];
    const [first] = this.samples;
    return first === undefined || first.at === at ? null : ((count - first.count) * 1_000) / (at - first.at);
  }
}
