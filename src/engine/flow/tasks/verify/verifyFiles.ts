import { Breath } from "../../../kernel/breath";
import type { Clock } from "../../../kernel/clock";
import type { JsonObject } from "../../../kernel/json";
import type { Signal } from "../../../kernel/signal";
import type { FileProblem } from "../../../canvas/document";
import type { LocalGraph } from "../../../graph/localGraph";
import { TaskFailure } from "../../../tasks/taskFailure";
import type { VaultPort } from "../../capture/vaultPort";
import { fileDifference, type ComparedFile, type FileDifference, type FileDifferenceParts } from "./fileDifference";
import { differenceText, problemText } from "./fileText";
import { Findings } from "./findings";
import { goOn } from "./goOn";
import { vaultPaths, type VaultPaths } from "./vaultPaths";
import type { VerifyChoice } from "./verifyRequest";

/** How files are brought into the graph: each rejects with StorageError where that cannot be kept. */
export interface FileRepairs {
  /** Looks at a canvas and journals what changed; a new path may be a canvas that moved. */
  readonly look: (path: string) => Promise<unknown>;
  /** There is no such file: the same news as a host brings, believed or held back by the same rules. */
  readonly vanished: (path: string) => void;
  /** Decides now about what vanished and what is new. */
  readonly settle: () => Promise<void>;
}

export interface VerifyFilesParts extends FileDifferenceParts {
  readonly clock: Clock;
  readonly files: Pick<VaultPort, "list" | "excludes" | "readCanvas">;
  readonly graph: Pick<LocalGraph, "canvases" | "canvasesAt" | "lastGood">;
  readonly repairs: FileRepairs;
}

type Differing = Exclude<FileDifference, { readonly kind: "same" | "unreadable" }>;

interface Found {
  readonly path: string;
  readonly difference: Differing;
}

/** Compares canvas files with the graph. With `repair` the graph gets what the files say. */
export async function verifyFiles(parts: VerifyFilesParts, which: VerifyChoice, repair: boolean, signal: Signal): Promise<JsonObject> {
  return new FileComparison(parts, signal).run(which, repair);
}

const sorts = ["changed", "unknown", "gone", "twins", "problem"] as const;

class FileComparison {
  private readonly findings = new Findings(sorts);
  private readonly breath: Breath;

  constructor(
    private readonly parts: VerifyFilesParts,
    private readonly signal: Signal,
  ) {
    this.breath = new Breath(parts.clock);
  }

  async run(which: VerifyChoice, repair: boolean): Promise<JsonObject> {
    await this.parts.graphIdle();
    const paths = which.kind === "canvas" ? this.one(which.path) : await vaultPaths(this.parts);
    for (const { path, reason } of paths.unreadable) this.addProblem({ path, line: null, column: null, reason });
    const asked = [...(which.kind === "unmatched" ? [] : paths.matched), ...paths.onlyFile, ...paths.onlyGraph];
    const found: Found[] = [];
    for (const path of asked) {
      goOn(this.signal);
      found.push(...this.told(path, await this.compare(path, paths)));
      await this.breath.take();
    }
    const repaired = repair ? await this.putRight(found, which.kind === "canvas" ? null : paths) : 0;
    const numbers = Object.fromEntries(sorts.map((sort) => [sort, this.findings.count(sort)]));
    const differences = found.length;
    return { compared: asked.length, differences, ...numbers, repaired, lines: this.findings.lines() };
  }

  private one(path: string): VaultPaths {
    if (this.parts.files.excludes?.(path) === true) throw new TaskFailure("data", "kept-out", `${path} is kept out by the settings of this vault.`);
    return { matched: [path], onlyFile: [], onlyGraph: [], respelled: new Set(), unreadable: [] };
  }

  private async compare(path: string, { respelled }: VaultPaths): Promise<ComparedFile> {
    if (!respelled.has(path)) return fileDifference(this.parts, path);
    const [known] = this.parts.graph.canvasesAt(path);
    return { difference: known === undefined ? { kind: "same" } : { kind: "gone", nodes: known.nodes }, problems: [] };
  }

  private told(path: string, { difference, problems }: ComparedFile): readonly Found[] {
    for (const problem of problems) this.addProblem(problem);
    if (difference.kind === "same" || difference.kind === "unreadable") return [];
    this.findings.add(difference.kind, "canvas", () => differenceText(path, difference));
    return [{ path, difference }];
  }

  private addProblem(problem: FileProblem): void {
    this.findings.add("problem", "file", () => problemText(problem));
  }

  /** How many of what was found are no more. Some may stay: what vanished with most of a vault is not believed. */
  private async putRight(found: readonly Found[], known: VaultPaths | null): Promise<number> {
    if (found.length === 0) return 0;
    const isUnmatched = found.some(({ difference }) => difference.kind === "gone" || difference.kind === "unknown");
    // A canvas that moved is gone at one path and new at another: either alone would cost it its identity.
    const paths = isUnmatched ? (known ?? (await vaultPaths(this.parts))) : null;
    const gone = await this.missing(paths);
    for (const path of gone) this.parts.repairs.vanished(path);
    const looks = new Set([...found.map(({ path }) => path), ...(paths?.onlyFile ?? [])]);
    for (const path of gone) looks.delete(path);
    for (const path of looks) {
      goOn(this.signal);
      await this.parts.repairs.look(path);
      await this.breath.take();
    }
    if (isUnmatched) await this.parts.repairs.settle();
    return this.countSame(found, paths);
  }

  private async missing(paths: VaultPaths | null): Promise<readonly string[]> {
    const gone: string[] = [];
    for (const path of paths?.onlyGraph ?? []) {
      goOn(this.signal);
      if (paths?.respelled.has(path) === true || (await this.parts.files.readCanvas(path)).kind === "missing") gone.push(path);
    }
    return gone;
  }

  private async countSame(found: readonly Found[], paths: VaultPaths | null): Promise<number> {
    let same = 0;
    for (const { path } of found) {
      const { difference } = paths === null ? await fileDifference(this.parts, path) : await this.compare(path, paths);
      if (difference.kind === "same") same += 1;
    }
    return same;
  }
}
