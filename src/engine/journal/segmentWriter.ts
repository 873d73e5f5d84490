import { asStorageError } from "./asStorageError";
import type { DataFolder, StorageError } from "./port";
import { deviceFolder, segmentPath } from "./segments";
import { utf8Length } from "../kernel/utf8Length";

/** Where the next line goes. */
export interface WritePosition {
  readonly segment: number;
  /** Bytes that stand in the segment. */
  readonly bytes: number;
  /** Whether the segment ends within a line, which then must not be continued. */
  readonly open: boolean;
}

/** Lines that are durable now: `from` (included) to `to` (not included) of those that were given. */
export interface WrittenLines {
  readonly from: number;
  readonly to: number;
  /** The segment as it stands with them. */
  readonly position: WritePosition;
}

/** As much as a group of appends brings at once. */
const ROOM_BYTES = 64 * 1024;

/** Adds whole lines to the last segment and begins a new one where it is full. */
export class SegmentWriter {
  constructor(
    private readonly folder: DataFolder,
    private readonly device: string,
    private readonly limit: number,
    private at: WritePosition,
  ) {}

  get position(): WritePosition {
    return this.at;
  }

  moveTo(position: WritePosition): void {
    this.at = position;
  }

  /**
   * Writes lines, each with its newline, in as few appends as the limit allows. `onWritten` hears of each append that
   * resolved. Returns the error of the first that did not: a prefix of its text may stand in the segment.
   */
  async write(lines: readonly string[], onWritten: (written: WrittenLines) => void): Promise<StorageError | null> {
    for (let from = 0; from < lines.length; ) {
      const { to, text, bytes } = this.cut(lines, from);
      try {
        await this.folder.append(segmentPath(this.device, this.at.segment), text);
      } catch (error) {
        return asStorageError(error);
      }
      this.at = { segment: this.at.segment, bytes: this.at.bytes + bytes, open: false };
      onWritten({ from, to, position: this.at });
      from = to;
    }
    return null;
  }

  /** The error that a group of lines would meet now, if any. What it takes to find out is gone afterwards. */
  async tryRoom(): Promise<StorageError | null> {
    const path = `${deviceFolder(this.device)}/room.tmp`;
    try {
      await this.folder.write(path, " ".repeat(ROOM_BYTES));
      await this.folder.remove(path);
      return null;
    } catch (error) {
      return asStorageError(error);
    }
  }

  private cut(lines: readonly string[], from: number): { to: number; text: string; bytes: number } {
    const start = this.at.open ? "\n" : "";
    let to = from;
    let bytes = start.length;
    for (let line = lines[to]; line !== undefined; line = lines[to]) {
      const more = utf8Length(line);
      const isAlone = to === from && this.at.bytes === 0;
      if (!isAlone && this.at.bytes + bytes + more > this.limit) break;
      bytes += more;
      to += 1;
    }
    if (to > from) return { to, text: start + lines.slice(from, to).join(""), bytes };
    this.at = { segment: this.at.segment + 1, bytes: 0, open: false };
    return this.cut(lines, from);
  }
}
