import type { DataFolder } from "./port";

/**
 * A folder that is changed only while `confirm` allows it: null at once, else when it resolves. Where it rejects, the
 * change does so too and nothing is written.
 */
export function fencedFolder(folder: DataFolder, confirm: () => Promise<void> | null): DataFolder {
  const guarded = (change: () => Promise<void>): Promise<void> => {
    const confirming = confirm();
    // Waiting also where nothing is in doubt would let a line that is asked for alone reach the host a turn later.
    return confirming === null ? change() : confirming.then(change);
  };
  return {
    list: (path) => folder.list(path),
    read: (path) => folder.read(path),
    stream: (path, from) => folder.stream(path, from),
    append: (path, text) => guarded(() => folder.append(path, text)),
    write: (path, text) => guarded(() => folder.write(path, text)),
    remove: (path) => guarded(() => folder.remove(path)),
  };
}
