/** Work that the app waits for while it quits. */
export class Tasks {
  private promises: Promise<unknown>[] = [];

  add(callback: () => Promise<unknown>): void {
    this.addPromise(callback());
  }

  addPromise(promise: Promise<unknown>): void {
    this.promises.push(promise);
  }

  isEmpty(): boolean {
    return this.promises.length === 0;
  }

  async promise(): Promise<unknown> {
    return Promise.allSettled(this.promises);
  }
}
