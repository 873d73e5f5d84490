import { access, appendFile, mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataAdapter } from "obsidian";
import type { ObsidianDataFolder } from "../../src/adapters/obsidian/obsidianDataFolder";

type Adapter = ConstructorParameters<typeof ObsidianDataFolder>[0] & Pick<DataAdapter, "rename">;

/**
 * Obsidian's adapter on a real folder, with what a caller has to cope with: errors of the file system as they are,
 * `mkdir` for one level only, and writes one after the other. `fail` makes the next changes fail with a code.
 */
export class NodeDataAdapter implements Adapter {
  fail: string | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly root: string) {}

  async exists(path: string): Promise<boolean> {
    return access(join(this.root, path)).then(
      () => true,
      () => false,
    );
  }

  async stat(path: string): ReturnType<Adapter["stat"]> {
    const found = await stat(join(this.root, path)).catch(() => null);
    if (found === null) return null;
    return { type: found.isDirectory() ? "folder" : "file", ctime: found.ctimeMs, mtime: found.mtimeMs, size: found.size };
  }

  async list(path: string): ReturnType<Adapter["list"]> {
    const entries = await readdir(join(this.root, path), { withFileTypes: true });
    const paths = (wanted: boolean): string[] =>
      entries.filter((entry) => entry.isDirectory() === wanted).map((entry) => (path === "/" ? entry.name : `${path}/${entry.name}`));
    return { files: paths(false), folders: paths(true) };
  }

  read(path: string): Promise<string> {
    return readFile(join(this.root, path), "utf8");
  }

  append(path: string, text: string): Promise<void> {
    return this.change(() => appendFile(join(this.root, path), text));
  }

  write(path: string, text: string): Promise<void> {
    return this.change(() => writeFile(join(this.root, path), text));
  }

  remove(path: string): Promise<void> {
    return this.change(() => unlink(join(this.root, path)));
  }

  mkdir(path: string): Promise<void> {
    return this.change(async () => void (await mkdir(join(this.root, path))));
  }

  rmdir(path: string, recursive: boolean): Promise<void> {
    return this.change(() => rm(join(this.root, path), { recursive }));
  }

  rename(from: string, to: string): Promise<void> {
    return this.change(async () => {
      if (await this.exists(to)) throw new Error("Destination file already exists!");
      await rename(join(this.root, from), join(this.root, to));
    });
  }

  private change(run: () => Promise<void>): Promise<void> {
    const done = this.turn.then(() => {
      if (this.fail !== null) throw Object.assign(new Error(`${this.fail}: made up`), { code: this.fail });
      return run();
    });
    this.turn = done.catch(() => undefined);
    return done;
  }
}
