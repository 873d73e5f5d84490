import { open, stat, type FileHandle } from "node:fs/promises";
import { StorageError } from "../../engine/index";
import { errorCode } from "./nodeStorageError";

/** Files that are kept open at once: the journal's segment, acknowledgements and a few more. */
const MOST_OPEN = 8;

interface OpenFile {
  readonly handle: FileHandle;
  readonly device: number;
  readonly inode: number;
}

/** Files that are open for adding to their end, the least recently used one closed when there are too many. */
export class AppendHandles {
  private readonly files = new Map<string, OpenFile>();

  /** `onCreated` runs, and is awaited, when the file had to be made; `file` is an absolute path. */
  constructor(private readonly onCreated: (file: string) => Promise<void>) {}

  /** Adds text and waits until it is on the disk. After a rejection any prefix may stand in the file. */
  async append(file: string, text: string): Promise<void> {
    const opened = await this.opened(file);
    try {
      await writeAll(opened.handle, Buffer.from(text, "utf8"));
      // A file that was removed or replaced takes what is written with it. Looking costs nothing beside the sync.
      const [isSame] = await Promise.all([isStill(file, opened), opened.handle.datasync()]);
      if (!isSame) throw new StorageError("gone", `${file} was replaced by another program while it was written to`);
    } catch (error) {
      await this.close(file);
      throw error;
    }
  }

  async close(file: string): Promise<void> {
    const opened = this.files.get(file);
    this.files.delete(file);
    // What counts was synced before; an error of closing has nothing to add.
    await opened?.handle.close().catch(() => undefined);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.files.keys()].map((file) => this.close(file)));
  }

  private async opened(file: string): Promise<OpenFile> {
    const known = this.files.get(file);
    if (known !== undefined) {
      this.files.delete(file);
      this.files.set(file, known);
      return known;
    }
    const handle = await this.open(file);
    const { dev, ino } = await handle.stat();
    const opened = { handle, device: dev, inode: ino };
    this.files.set(file, opened);
    const [oldest] = this.files.keys();
    if (this.files.size > MOST_OPEN && oldest !== undefined) await this.close(oldest);
    return opened;
  }

  private async open(file: string): Promise<FileHandle> {
    let handle: FileHandle;
    try {
      handle = await open(file, "ax");
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
      return open(file, "a");
    }
    try {
      await this.onCreated(file);
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
    return handle;
  }
}

async function isStill(file: string, { device, inode }: OpenFile): Promise<boolean> {
  try {
    const { dev, ino } = await stat(file);
    return dev === device && ino === inode;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, null);
    offset += bytesWritten;
  }
}
