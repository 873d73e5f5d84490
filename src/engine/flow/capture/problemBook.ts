import type { FileProblem } from "../../canvas/document";

interface Entry {
  readonly problems: readonly FileProblem[];
  /** True when nothing of the file could be used. */
  readonly unreadable: boolean;
}

/** What is wrong with files now, by path: a later good look at a file takes its problems back. */
export class ProblemBook {
  private readonly byPath = new Map<string, Entry>();

  /** `onChange` hears the file's problems as they are now, and those among them that are new. */
  constructor(private readonly onChange: (path: string, problems: readonly FileProblem[], added: readonly FileProblem[]) => void) {}

  /** Files of which nothing could be used. */
  get unreadable(): number {
    return [...this.byPath.values()].filter((entry) => entry.unreadable).length;
  }

  /** Paths with problems. What is wrong with the vault as a whole has the path "". */
  paths(): readonly string[] {
    return [...this.byPath.keys()].sort();
  }

  set(path: string, problems: readonly FileProblem[], unreadable = false): void {
    const before = this.byPath.get(path)?.problems ?? [];
    if (problems.length === 0) this.byPath.delete(path);
    else this.byPath.set(path, { problems, unreadable });
    const added = problems.filter((problem) => !before.some((old) => sameProblem(old, problem)));
    if (added.length > 0 || before.length !== problems.length) this.onChange(path, problems, added);
  }

  clear(path: string): void {
    this.set(path, []);
  }

  /** Paths are sorted, so that the list stands still between two looks. */
  all(): readonly FileProblem[] {
    return this.paths().flatMap((path) => this.byPath.get(path)?.problems ?? []);
  }
}

function sameProblem(a: FileProblem, b: FileProblem): boolean {
  return a.line === b.line && a.column === b.column && a.reason === b.reason;
}
