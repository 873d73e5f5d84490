import type { Clock } from "../../kernel/clock";
import type { Origin } from "../../learning/event";
import type { LocalGraph } from "../../graph/localGraph";
import { Arrivals } from "./arrivals";
import type { AwayGuard } from "./awayGuard";
import type { CanvasCapture } from "./canvasCapture";
import { FileTasks } from "./fileTasks";
import { HeldNews } from "./heldNews";
import type { Look } from "./look";
import type { NoteCapture } from "./noteCapture";
import type { OpenWork } from "../record/openWork";
import type { ProblemBook } from "./problemBook";
import type { RenameMatcher } from "./renameMatcher";
import type { VaultPort } from "./vaultPort";

export interface LiveFilesParts {
  readonly clock: Clock;
  readonly work: OpenWork;
  readonly files: Pick<VaultPort, "readCanvas" | "excludes">;
  readonly graph: LocalGraph;
  readonly canvases: CanvasCapture;
  readonly notes: NoteCapture;
  readonly renames: RenameMatcher;
  readonly problems: ProblemBook;
  readonly guard: AwayGuard;
  /** True while there is more to send than can be sent. */
  readonly isBusy: () => boolean;
  /** The journal could not take a change in. The file is looked at again until it can. */
  readonly onTrouble: (path: string, error: unknown) => void;
}

/** What the host tells of files while the vault is watched. Nothing it tells is trusted but the files themselves. */
export class LiveFiles {
  private readonly arrivals: Arrivals;
  private readonly tasks: FileTasks;
  private readonly held: HeldNews;

  constructor(private readonly parts: LiveFilesParts) {
    const { canvases, clock, guard, isBusy, onTrouble, renames, work } = parts;
    this.tasks = new FileTasks({ clock, work, onTrouble });
    this.held = new HeldNews({ clock, isBusy, onTrouble });
    this.arrivals = new Arrivals({
      clock,
      match: (vanished, appeared) => renames.match(vanished, appeared),
      renamed: (from, to) => {
        guard.cameBack();
        return this.rename(from, to, (mtime) => canvases.renameIfGone(from, to, mtime, "edit"));
      },
      appeared: (path) => this.look(path),
      vanished: (path) => this.doWith(path, () => canvases.removeIfGone(path, "edit")),
      isVaultAway: (gone) => guard.suspects(gone),
      onHeld: () => guard.hold(),
      onTrouble,
    });
  }

  async canvasChanged(path: string): Promise<void> {
    if (this.parts.graph.canvasByPath(path) === null) return this.arrivals.appear(path);
    this.arrivals.keep(path);
    this.parts.guard.cameBack();
    await this.held.pass(path, () => this.look(path));
  }

  async canvasRenamed(from: string, to: string): Promise<void> {
    this.arrivals.keep(from);
    this.arrivals.keep(to);
    // The file is looked at under its new path as soon as the move is journaled.
    this.held.drop(from);
    this.held.drop(to);
    this.parts.guard.cameBack();
    await this.rename(from, to, (mtime) => this.parts.canvases.rename(from, to, mtime, "edit"));
  }

  /** Looks at a canvas because somebody asks for it now. Rejects with StorageError where what it holds cannot be kept. */
  lookNow(path: string, origin: Origin): Promise<Look> {
    return this.tasks.once(async () => {
      const isNew = this.parts.graph.canvasByPath(path) === null;
      if (isNew) await this.arrivals.meet(path);
      const look = await this.parts.canvases.look(path, origin);
      if (isNew) this.arrivals.keep(path);
      return look;
    });
  }

  /** Also for a folder. */
  fileDeleted(path: string): void {
    const { graph } = this.parts;
    const isFile = graph.canvasByPath(path) !== null || graph.stamp(path) !== null;
    for (const one of isFile ? [path] : [path, ...this.below(path)]) this.gone(one);
  }

  async noteChanged(path: string): Promise<void> {
    await this.held.pass(path, () => this.doWith(path, () => this.parts.notes.look(path, "edit")));
  }

  /** Takes events of others in, and looks at the files that more than one canvas stands for then. */
  async takingIn<T>(takeIn: () => Promise<T>): Promise<T> {
    const taken = await takeIn();
    const { files, graph } = this.parts;
    for (const path of graph.contestedPaths()) if (files.excludes?.(path) !== true) await this.look(path);
    return taken;
  }

  /** Decides what still waits for a partner, and looks at what waits for a look, now. */
  async settle(): Promise<void> {
    await this.held.settle();
    await this.arrivals.settle();
  }

  /** A scan came to its end. */
  scanned(): void {
    if (this.parts.guard.scanned()) this.arrivals.letGo();
  }

  /** Looks again at what the journal could not take in. */
  tryAgain(): Promise<void> {
    return this.tasks.again();
  }

  /** Files whose news are not journaled yet, sorted. */
  get notJournaled(): readonly string[] {
    return [...new Set([...this.tasks.paths, ...this.held.paths, ...this.arrivals.paths])].sort();
  }

  /** Takes no more news and plans nothing more: the next scan sees what is left. */
  end(): void {
    this.held.end();
    this.arrivals.end();
    this.parts.guard.end();
    this.tasks.end();
  }

  private look(path: string): Promise<void> {
    return this.doWith(path, () => this.parts.canvases.look(path, "edit"));
  }

  private rename(from: string, to: string, journal: (mtime: number) => Promise<unknown>): Promise<void> {
    const run = async (): Promise<void> => {
      const file = await this.parts.files.readCanvas(to);
      await journal(file.kind === "read" ? file.mtime : 0);
      await this.parts.canvases.look(to, "edit");
    };
    // No path holds this character: a rename never shares its key with a look.
    return this.tasks.do({ kind: "rename", key: `${from}\u0000${to}`, path: to, run });
  }

  private doWith(path: string, run: () => Promise<unknown>): Promise<void> {
    return this.tasks.do({ kind: "look", key: path, path, run });
  }

  private gone(path: string): void {
    const { graph, problems } = this.parts;
    this.held.drop(path);
    if (graph.canvasByPath(path) !== null) this.arrivals.vanish(path);
    if (path.endsWith(".md")) graph.forgetStamp(path);
    problems.clear(path);
  }

  private below(folder: string): readonly string[] {
    const { graph, problems } = this.parts;
    const canvases = graph.canvases().filter((canvas) => canvas.live);
    const known = new Set([...canvases.map((canvas) => canvas.path), ...graph.stampedPaths(), ...problems.paths()]);
    return [...known].filter((path) => path.startsWith(`${folder}/`));
  }
}
