import { openEngine, silentLogger, type Engine, type EngineSettings, type LearningEvent, type Logger } from "../../../src/engine/index";
import { defaultEngineSettings } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { MemoryVaultFiles } from "../../fakes/memoryVaultFiles";
import { seededRandom } from "../../fakes/seededRandom";
import { testHasher } from "../../fakes/testHasher";

export const VAULT = "11111111-1111-4111-8111-111111111111";
export const DEVICE = "device0000000001";

/** Timers of an engine at rest: the next look at the folders of other devices. */
export const TIMERS_AT_REST = 1;

export const settings: EngineSettings = defaultEngineSettings;

/** One vault and one plugin folder, with an engine that can be closed, or left as a crash leaves it, and opened again. */
export class EngineWorld {
  readonly clock = new ManualClock();
  readonly vault = new MemoryVaultFiles();
  readonly canvases = new MemoryCanvasFiles();
  folder = new MemoryDataFolder();
  logger: Logger = silentLogger;
  mayCapture: () => boolean = () => true;
  timeZone = "UTC";
  engine: Engine | null = null;

  async open(device = DEVICE): Promise<Engine> {
    this.engine = await openEngine({
      clock: this.clock,
      hasher: testHasher,
      random: seededRandom(7),
      logger: this.logger,
      folder: this.folder,
      vaultFiles: this.vault,
      canvasFiles: this.canvases,
      vault: VAULT,
      device,
      settings,
      mayCapture: () => this.mayCapture(),
      timeZone: this.timeZone,
    });
    return this.engine;
  }

  async reopen(): Promise<Engine> {
    await this.engine?.stop();
    return this.open();
  }

  /** Time of a file: whole seconds of one day. */
  at(second: number): number {
    return Date.UTC(2026, 0, 1) + second * 1_000;
  }
}

export interface Card {
  readonly id: string;
  readonly text?: string;
  readonly color?: string;
  readonly x?: number;
}

export function canvas(cards: readonly Card[], edges: readonly (readonly [string, string, string])[] = []): string {
  const nodes = cards.map(({ id, text = id, x = 0, color }) => ({
    id,
    type: "text",
    text,
    x,
    y: 0,
    width: 250,
    height: 60,
    ...(color === undefined ? {} : { color }),
  }));
  return JSON.stringify({ nodes, edges: edges.map(([id, fromNode, toNode]) => ({ id, fromNode, toNode })) });
}

export async function allEvents(engine: Engine): Promise<readonly LearningEvent[]> {
  const events: LearningEvent[] = [];
  for await (const event of engine.events()) events.push(event);
  return events;
}

export async function typesOf(engine: Engine): Promise<readonly string[]> {
  return (await allEvents(engine)).map((event) => event.type);
}
