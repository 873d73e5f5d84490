import type { JsonObject } from "../../kernel/json";

/** A file of the vault as a listing shows it. */
export interface VaultFile {
  /** Vault path with `/`, as the file system spells it. */
  readonly path: string;
  /** Epoch milliseconds, possibly with a fraction. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
}

export interface VaultListing {
  readonly canvases: readonly VaultFile[];
  /** Markdown notes. */
  readonly notes: readonly VaultFile[];
  /** Folders (or single files) that are there but could not be read: nothing below them counts as gone. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** A file's content together with the time and size that belong to exactly this content. */
export type FileRead<T> =
  | { readonly kind: "read"; readonly content: T; readonly mtime: number; readonly size: number }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * The user's vault, for reading only. Names that begin with a dot and `node_modules` are neither listed nor read, with
 * everything below them; links never lead out of the vault, and folders that the user excluded do not appear. A file
 * that is written while it is read is unreadable for now: news of it follow.
 */
export interface VaultPort {
  list(): Promise<VaultListing>;
  /** Whether the user keeps this path out. What is out is not listed, and does not count as gone for that. */
  excludes?(path: string): boolean;
  readCanvas(path: string): Promise<FileRead<string>>;
  /** The front matter of a note as plain JSON (dates as ISO text); `{}` when it has none. */
  readProperties(path: string): Promise<FileRead<JsonObject>>;
}
