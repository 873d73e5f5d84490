import type { AlternatingFile } from "../../journal/alternatingFile";
import type { DataFolder } from "../../journal/port";
import type { SealedLog } from "../../journal/sealedLog";

/** The places of tasks on disk. `base` is the folder that holds them all. */
export interface TaskFilesParts {
  readonly folder: Pick<DataFolder, "list" | "remove">;
  readonly base: string;
  /** A log by its path without ending, and two files that take turns by theirs. */
  readonly openLog: (stem: string) => SealedLog;
  readonly openFile: (base: string) => AlternatingFile;
}

const TASK_FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:head\.[ab]\.json|(log|items-\d+)(?:\.copy)?\.ndjson)$/;

/** What stands on disk under one id. */
export interface FoundTask {
  readonly id: string;
  readonly hasLog: boolean;
}

/**
 * Names of the files of tasks: `<id>.items-<page>.ndjson` (page 0 ends with the task itself), `<id>.log.ndjson` (facts)
 * and `<id>.head.{a,b}.json`.
 */
export class TaskFiles {
  constructor(private readonly parts: TaskFilesParts) {}

  /** What is there. Rejects with StorageError. */
  async found(): Promise<readonly FoundTask[]> {
    const found = new Map<string, boolean>();
    for (const { name } of (await this.parts.folder.list(this.parts.base)).files) {
      const [, id, kind] = TASK_FILE.exec(name) ?? [];
      if (id !== undefined) found.set(id, found.get(id) === true || kind === "log");
    }
    return [...found].map(([id, hasLog]) => ({ id, hasLog }));
  }

  page(id: string, page: number): SealedLog {
    return this.parts.openLog(`${this.parts.base}/${id}.items-${page}`);
  }

  log(id: string): SealedLog {
    return this.parts.openLog(`${this.parts.base}/${id}.log`);
  }

  head(id: string): AlternatingFile {
    return this.parts.openFile(`${this.parts.base}/${id}.head`);
  }

  /** What holds for all tasks. */
  common(): AlternatingFile {
    return this.parts.openFile(`${this.parts.base}/all`);
  }

  /** Removes every file of a task; its head last, which says that the others are to go. Rejects with StorageError. */
  async remove(id: string): Promise<void> {
    const names = (await this.parts.folder.list(this.parts.base)).files.map(({ name }) => name).filter((name) => TASK_FILE.exec(name)?.[1] === id);
    const isHead = (name: string): boolean => name.startsWith(`${id}.head.`);
    for (const name of [...names.filter((one) => !isHead(one)), ...names.filter(isHead)]) await this.parts.folder.remove(`${this.parts.base}/${name}`);
  }
}
