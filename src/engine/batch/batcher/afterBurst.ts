/**
 * Does work once for a burst of calls that ask for it, after them: then batches are as full as they can be, and a caller
 * is never called back from inside its own call. Work that asks for itself runs again after itself, not inside itself.
 */
export class AfterBurst {
  private asked = false;
  private working = false;

  /** `failed` hears what `work` throws when it was asked for. */
  constructor(
    private readonly work: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  ask(): void {
    if (this.asked) return;
    this.asked = true;
    Promise.resolve()
      .then(() => this.now())
      .catch(this.failed);
  }

  /** Works at once, unless it is at it. */
  now(): void {
    if (this.working) return this.ask();
    this.asked = false;
    this.working = true;
    try {
      this.work();
    } finally {
      this.working = false;
    }
  }
}
