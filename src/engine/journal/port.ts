/** Why the host could not keep bytes. `full` ends by itself when space is freed; the others need a person. */
export type StorageFault = "full" | "denied" | "gone" | "other";

/** Thrown by every method of DataFolder that fails. The message names the path and the cause, never file contents. */
export class StorageError extends Error {
  override readonly name = "StorageError";

  constructor(
    readonly fault: StorageFault,
    message: string,
  ) {
    super(message);
  }
}

export interface FolderListing {
  /** Names (not paths) with their sizes in bytes, in no particular order. */
  readonly files: readonly { readonly name: string; readonly size: number }[];
  readonly folders: readonly string[];
}

/**
 * The plugin's own folder on the host. Paths are relative to it and use `/`.
 * Nobody else writes a file that this process writes.
 */
export interface DataFolder {
  /** What lies directly in a folder. A folder that does not exist is empty. */
  list(path: string): Promise<FolderListing>;
  /** The whole text, or null when there is no such file. Bytes that are not UTF-8 become U+FFFD. */
  read(path: string): Promise<string | null>;
  /**
   * The text in chunks of the host's choice, cut anywhere between characters. No chunk when there is no such file. `from` is
   * the byte at which to begin, the first of a character; behind the end there is nothing.
   */
  stream(path: string, from?: number): AsyncIterable<string>;
  /**
   * Adds text to the end, making file and folders as needed. Resolves when the bytes are as safe as the host makes
   * them (headless: on the disk). After a rejection any prefix of the text may stand in the file.
   */
  append(path: string, text: string): Promise<void>;
  /**
   * Replaces the whole file, making folders as needed. After a crash the file may hold anything: alternate two
   * files.
   */
  write(path: string, text: string): Promise<void>;
  /** Removes a file; one that does not exist is fine. */
  remove(path: string): Promise<void>;
}
