/** Notes of the vault as tasks on nodes need them, beside the making of new files. */
export interface NoteFiles {
  /** The whole text, without a byte order mark; null when there is no such file. Rejects when it cannot be read. */
  read(path: string): Promise<string | null>;
  /**
   * Takes a file away in the way the user has chosen for deleted files, if its text still is the one that is meant.
   * Nothing happens when there is no such file, or somebody changed it; false says so.
   */
  discard(path: string, isMeant: (text: string) => boolean): Promise<boolean>;
}
