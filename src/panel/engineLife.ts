import { createSerial, type Engine } from "../engine/index";
import { Opening } from "./opening";

export interface EngineLifeParts {
  openEngine(): Promise<Engine>;
  /** The engine is open; who waits for it gets it after this. */
  opened(engine: Engine): void;
  failed(reason: Error): void;
  /** There is no engine from now on, so what was planned for it is void. */
  gone(): void;
  report(what: string, error: unknown): void;
}

/** Opens and ends the engine, one step after the other: there is never more than one, and none is forgotten. */
export class EngineLife {
  private engine: Engine | null = null;
  private opening = new Opening();
  private readonly inTurn = createSerial();
  private closed = false;

  constructor(private readonly parts: EngineLifeParts) {}

  /** The engine, or null while none is open. */
  get current(): Engine | null {
    return this.closed ? null : this.engine;
  }

  /** The engine once it is open. Rejects when it does not open, or when it is let go first. */
  ready(): Promise<Engine> {
    return this.opening.engine;
  }

  /** Opens the engine unless it is open. Resolves with null when it does not open. */
  open(): Promise<Engine | null> {
    const { opening } = this;
    return this.inTurn(() => this.openNow(opening));
  }

  /** Stops the engine, lets `remove` delete what it keeps, and opens another one, also where `remove` rejects. */
  startAnew(remove: () => Promise<void>): Promise<void> {
    this.opening.reject(new Error("The data of this device is being removed."));
    const opening = new Opening();
    this.opening = opening;
    return this.inTurn(async () => {
      try {
        await this.letGo(0);
        await remove();
      } finally {
        await this.openNow(opening);
      }
    });
  }

  /** Stops the engine, and one that is still opening as soon as it is open. Nothing opens any more. */
  close(deadlineMs: number): Promise<void> {
    this.closed = true;
    this.opening.reject(new Error("Canvas Engram is unloaded."));
    this.parts.gone();
    return this.inTurn(() => this.letGo(deadlineMs));
  }

  private async openNow(opening: Opening): Promise<Engine | null> {
    if (this.closed || this.engine !== null) return this.current;
    const engine = await this.parts.openEngine().catch((error: unknown) => this.fail(opening, error));
    if (engine === null) return null;
    if (this.closed) {
      await this.stop(engine, 0);
      return null;
    }
    this.engine = engine;
    this.parts.opened(engine);
    opening.resolve(engine);
    return engine;
  }

  private fail(opening: Opening, error: unknown): null {
    const reason = error instanceof Error ? error : new Error(String(error));
    this.parts.report("the engine did not open", reason);
    opening.reject(reason);
    this.parts.failed(reason);
    return null;
  }

  private async letGo(deadlineMs: number): Promise<void> {
    const { engine } = this;
    this.engine = null;
    this.parts.gone();
    if (engine !== null) await this.stop(engine, deadlineMs);
  }

  private stop(engine: Engine, deadlineMs: number): Promise<void> {
    return engine.stop(deadlineMs).catch((error: unknown) => this.parts.report("the engine did not stop well", error));
  }
}
