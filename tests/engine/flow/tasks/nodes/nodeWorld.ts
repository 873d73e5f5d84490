import { defaultNodeTaskSettings, openEngine, silentLogger, type ChatModel, type Engine, type JsonObject, type JsonValue, type NodeTasks, type TaskView } from "../../../../../src/engine/index";
import { defaultEngineSettings, type NodeTaskSettings } from "../../../../../src/engine/index";
import type { ExportedFile, ExportTarget } from "../../../../../src/engine/tasks/export/exportFiles";
import { ManualClock } from "../../../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../../../fakes/memoryCanvasFiles";
import { MemoryDataFolder } from "../../../../fakes/memoryDataFolder";
import { MemoryExportFiles } from "../../../../fakes/memoryExportFiles";
import { MemoryNoteFiles } from "../../../../fakes/memoryNoteFiles";
import { MemoryVaultFiles } from "../../../../fakes/memoryVaultFiles";
import { ScriptedChatModel } from "../../../../fakes/scriptedChatModel";
import { seededRandom } from "../../../../fakes/seededRandom";
import { testHasher } from "../../../../fakes/testHasher";
import { allEvents, canvas, VAULT } from "../../engineWorld";

export const MATHS = "Maths.canvas";
export const LIMITS = "limits";

/** A vault whose canvases and notes are files that tasks read and write, with an engine over it. */
export class NodeWorld {
  readonly clock = new ManualClock();
  readonly vault = new MemoryVaultFiles();
  readonly canvases = new VaultCanvases(this.vault, this.clock);
  readonly notes = new VaultNotes(this.vault, this.clock);
  readonly noteFiles = new MemoryNoteFiles(this.notes.texts);
  readonly model = new ScriptedChatModel();
  folder = new MemoryDataFolder();
  settings: NodeTaskSettings = defaultNodeTaskSettings;
  key: string | null = null;
  mayCapture = true;
  engine: Engine | null = null;
  private life = {};
  private opened = 0;

  constructor() {
    this.canvases.put(MATHS, canvas([{ id: LIMITS, text: "Limits\nof functions" }, { id: "series", text: "Series", x: 800 }], [["e1", LIMITS, "series"]]));
  }

  async open(model: ChatModel = this.model): Promise<Engine> {
    const own = {};
    this.life = own;
    const isAlive = (): boolean => this.life === own;
    this.engine = await openEngine({
      clock: this.clock,
      hasher: testHasher,
      random: seededRandom((this.opened += 1)),
      logger: silentLogger,
      folder: this.folder,
      vaultFiles: this.vault,
      canvasFiles: whileAlive(this.canvases, isAlive),
      exportFiles: whileAlive(this.notes, isAlive),
      nodeTaskHost: { settings: () => this.settings, notes: whileAlive(this.noteFiles, isAlive), model, key: () => this.key },
      vault: VAULT,
      device: "device0000000001",
      settings: defaultEngineSettings,
      mayCapture: () => this.mayCapture,
    });
    if (this.mayCapture) await this.engine.scan();
    return this.engine;
  }

  /** The process dies: nothing is flushed and nothing of it goes on. The next `open` finds what it left. */
  die(): void {
    const left = this.folder;
    this.folder = left.copy();
    left.refusing = "gone";
    this.life = {};
  }

  /** The engine that is open. */
  get running(): Engine {
    if (this.engine === null) throw new Error("no engine is open");
    return this.engine;
  }

  get nodeTasks(): NodeTasks {
    const { nodeTasks } = this.running;
    if (nodeTasks === null) throw new Error("the engine has no tasks on nodes");
    return nodeTasks;
  }

  explain(node = LIMITS, more: JsonObject = {}): ReturnType<NodeTasks["start"]> {
    return this.nodeTasks.start({ action: "explain", items: [{ canvas: MATHS, node, ...more }] });
  }

  /** Turns on the model and agrees to what is sent. */
  useModel(): void {
    const model = { ...defaultNodeTaskSettings.model, name: "llama3.2", agreed: "http://localhost:11434/v1/chat/completions" };
    this.settings = { ...this.settings, generator: "model", model };
  }

  task(id: string): TaskView {
    const view = this.engine?.tasks.status(id) ?? null;
    if (view === null) throw new Error(`there is no task ${id}`);
    return view;
  }

  async value(id: string): Promise<JsonValue> {
    for await (const line of this.engine?.tasks.results(id) ?? []) if (line.status === "done") return line.value;
    throw new Error(`the task ${id} has no result`);
  }

  document(path = MATHS): { readonly nodes: readonly JsonObject[]; readonly edges: readonly JsonObject[] } {
    return JSON.parse(this.canvases.peek(path) ?? "null") as ReturnType<NodeWorld["document"]>;
  }

  /** How much there is of what explanations are made of. */
  async made(): Promise<{ readonly notes: number; readonly cards: number; readonly edges: number; readonly events: number }> {
    const { edges, nodes } = this.document();
    const events = this.engine === null ? [] : await allEvents(this.engine);
    return {
      notes: [...this.notes.texts.keys()].filter((path) => path.startsWith("Explanations/")).length,
      cards: nodes.filter((node) => node["type"] === "file").length,
      edges: edges.length - 1,
      events: events.filter((event) => event.type === "explanation_created").length,
    };
  }
}

export const one = { notes: 1, cards: 1, edges: 1, events: 1 };
export const none = { notes: 0, cards: 0, edges: 0, events: 0 };

/** The same, until the process that holds it is dead: what that one asks then is never done. */
function whileAlive<T extends object>(target: T, isAlive: () => boolean): T {
  return new Proxy(target, {
    get: (object, name): unknown => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      return isAlive() ? (...given: unknown[]): unknown => Reflect.apply(member, object, given) : () => new Promise(() => undefined);
    },
  });
}

/** Canvas files that are also those of the vault. */
class VaultCanvases extends MemoryCanvasFiles {
  /** Why the next writes are refused; null: they are not. */
  busy: string | null = null;
  /** Called after a canvas was written, as a crash may come then. */
  onWritten: () => void = () => undefined;

  constructor(
    private readonly vault: MemoryVaultFiles,
    private readonly clock: ManualClock,
  ) {
    super();
  }

  override put(path: string, text: string): void {
    super.put(path, text);
    this.vault.canvas(path, text, this.clock.now());
  }

  override async process(...given: Parameters<MemoryCanvasFiles["process"]>): ReturnType<MemoryCanvasFiles["process"]> {
    if (this.busy !== null) return { kind: "busy", reason: this.busy };
    const outcome = await super.process(...given);
    const text = this.peek(given[0]);
    if (outcome.kind !== "written" || text === null) return outcome;
    this.vault.canvas(given[0], text, this.clock.now() + 1);
    this.onWritten();
    return outcome;
  }
}

/** New notes, which are also those of the vault. */
class VaultNotes extends MemoryExportFiles {
  /** Called after a note was written, as a crash or a person may come then. */
  onWritten: (path: string) => void = () => undefined;

  constructor(
    private readonly vault: MemoryVaultFiles,
    private readonly clock: ManualClock,
  ) {
    super();
  }

  override async write(target: ExportTarget, chunks: AsyncIterable<string>): Promise<ExportedFile> {
    const written = await super.write(target, chunks);
    this.vault.note(written.path, {}, this.clock.now());
    this.onWritten(written.path);
    return written;
  }
}
