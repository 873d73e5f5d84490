import type { DataFolder } from "../../journal/port";

/** Another's folder to look into: everything can be read, and what would be written is left out. */
export function readOnlyFolder(folder: DataFolder): DataFolder {
  const nothing = async (): Promise<void> => undefined;
  return {
    list: (path) => folder.list(path),
    read: (path) => folder.read(path),
    stream: (path, from) => folder.stream(path, from),
    append: nothing,
    write: nothing,
    remove: nothing,
  };
}
