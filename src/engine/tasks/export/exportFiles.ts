export interface ExportTarget {
  /** A folder of the vault, made when it is not there; empty for the vault itself. */
  readonly folder: string;
  /** What people read first, such as `events 2026-11-24`. */
  readonly name: string;
  /** Letters and digits that no other export has. They stand at the end of the file's name. */
  readonly key: string;
  /** Without a dot, such as `csv`. */
  readonly extension: string;
}

export interface ExportedFile {
  /** `there`: an earlier call with this key, which nobody could tell of it, wrote this file. It was left as it is. */
  readonly kind: "written" | "there";
  /** The vault path. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * New files in the vault for people. Nothing that is there is ever written over: a name that is taken leads to another
 * one. A file gets its name when it is whole. Until then it is a `.part` file of its key, which a failed call removes
 * and a later one for the same key replaces. So however often a call is repeated, also after a crash in its midst, its
 * key has one file in the folder.
 */
export interface ExportFiles {
  /**
   * Writes the chunks, which are cut between characters, holding no more than about a megabyte of them. They are not
   * begun where the key has its file already.
   * Rejects with ExportTargetRefused before anything is touched, with StorageError when the host cannot write, and with
   * the error of the chunks where they fail. Calls with one key do not run at the same time.
   */
  write(target: ExportTarget, chunks: AsyncIterable<string>): Promise<ExportedFile>;
}
