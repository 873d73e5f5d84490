import * as path from "node:path";
import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";

/** Tells the app of changes on the disk, its own included, in small bursts. */
export class VaultWatcher {
  private readonly watcher: FSWatcher;
  private readonly started: Promise<void>;
  private paths = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly root: string,
    private readonly tell: (paths: readonly string[]) => Promise<void>,
  ) {
    this.watcher = watch(root, { ignoreInitial: true, followSymlinks: false });
    this.started = new Promise((resolve) => this.watcher.on("ready", () => resolve()));
    this.watcher.on("all", (_event, file) => this.note(file));
  }

  async ready(): Promise<void> {
    await this.started;
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.watcher.close();
  }

  private note(file: string): void {
    this.paths.add(path.relative(this.root, file).split(path.sep).join("/").normalize("NFC"));
    this.timer ??= setTimeout(() => this.flush(), 15);
  }

  private flush(): void {
    this.timer = null;
    const paths = [...this.paths];
    this.paths = new Set();
    this.telling = this.telling.then(() => this.tell(paths));
  }
}
