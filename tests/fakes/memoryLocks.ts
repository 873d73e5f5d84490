/** The locks that the windows of one app share, as far as the plugin uses them. */
export class MemoryLocks implements LockManager {
  private readonly held = new Set<string>();
  private readonly waiting: { readonly name: string; readonly go: () => void }[] = [];

  request<T>(name: string, callback: LockGrantedCallback<T>): Promise<T>;
  request<T>(name: string, options: LockOptions, callback: LockGrantedCallback<T>): Promise<T>;
  async request<T>(name: string, second: LockOptions | LockGrantedCallback<T>, third?: LockGrantedCallback<T>): Promise<T> {
    const options = typeof second === "function" ? {} : second;
    const callback = typeof second === "function" ? second : third;
    if (callback === undefined) throw new TypeError("expected a callback");
    if (this.held.has(name)) {
      if (options.ifAvailable === true) return await callback(null);
      await this.turn(name, options.signal);
    }
    this.held.add(name);
    try {
      return await callback({ name, mode: "exclusive" });
    } finally {
      this.held.delete(name);
      const next = this.waiting.findIndex((one) => one.name === name);
      if (next >= 0) this.waiting.splice(next, 1)[0]?.go();
    }
  }

  query(): Promise<LockManagerSnapshot> {
    return Promise.resolve({ held: [...this.held].map((name) => ({ name })), pending: this.waiting.map(({ name }) => ({ name })) });
  }

  private turn(name: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = { name, go: resolve };
      this.waiting.push(entry);
      signal?.addEventListener("abort", () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  }
}
