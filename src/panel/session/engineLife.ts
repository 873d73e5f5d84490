import { createSerial, createSignal, type Engine, type Signal } from "../../engine/index";
import { Opening } from "./opening";

const nothing = (): Promise<void> => Promise.resolve();

/** An engine and the device's folder, which is its alone. */
export interface HeldEngine {
  readonly engine: Engine;
  /** To be called once the engine is stopped: somebody else may open the folder from then on. */
  readonly release: () => Promise<void>;
}

/** What an opening tells and asks while it waits, and the engine's holder for as long as it is open. */
export interface Door {
  /** Nobody wants the engine any more: an opening that waits rejects. */
  readonly signal: Signal;
  /** Somebody else has the device's folder, so the opening waits; or it waits no more. */
  readonly waiting: (is: boolean) => void;
  /** Somebody else took the folder; the engine writes nothing any more. */
  readonly lost: () => void;
}

export interface EngineLifeParts {
  openEngine(door: Door): Promise<HeldEngine>;
  /** An opening waits for somebody else, or no more. */
  waiting(is: boolean): void;
  /** The engine that is open, or opening, can write nothing any more. */
  lost(): void;
  /** The engine is open; who waits for it gets it after this. */
  opened(engine: Engine): void;
  failed(reason: Error): void;
  /** There is no engine from now on, so what was planned for it is void. */
  gone(): void;
  report(what: string, error: unknown): void;
}

/** Opens and ends the engine, one step after the other: there is never more than one, and none is forgotten. */
export class EngineLife {
  private held: HeldEngine | null = null;
  private opening = new Opening();
  private readonly inTurn = createSerial();
  private closed = false;
  private readonly closing = createSignal();

  constructor(private readonly parts: EngineLifeParts) {}

  /** The engine, or null while none is open. */
  get current(): Engine | null {
    return this.closed ? null : (this.held?.engine ?? null);
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
    return this.replace("The data of this device is being removed.", remove);
  }

  /** Stops the engine and opens another one. */
  reopen(): Promise<void> {
    return this.replace("Another copy of the app took the data of this device over.", nothing);
  }

  /** Stops the engine, and one that is still opening as soon as it is open. Nothing opens any more. */
  close(deadlineMs: number): Promise<void> {
    this.closed = true;
    this.opening.reject(new Error("Canvas Engram is unloaded."));
    this.parts.gone();
    this.closing.abort();
    return this.inTurn(() => this.letGo(deadlineMs));
  }

  private replace(reason: string, between: () => Promise<void>): Promise<void> {
    this.opening.reject(new Error(reason));
    const opening = new Opening();
    this.opening = opening;
    return this.inTurn(async () => {
      try {
        await this.letGo(0, between);
      } finally {
        await this.openNow(opening);
      }
    });
  }

  private async openNow(opening: Opening): Promise<Engine | null> {
    if (this.closed || this.held !== null) return this.current;
    const held = await this.parts.openEngine(this.door()).catch((error: unknown) => this.fail(opening, error));
    if (held === null) return null;
    if (this.closed) {
      await this.stop(held, 0);
      return null;
    }
    this.held = held;
    this.parts.opened(held.engine);
    opening.resolve(held.engine);
    return held.engine;
  }

  private door(): Door {
    return {
      signal: this.closing.signal,
      waiting: (is) => {
        if (!this.closed) this.parts.waiting(is);
      },
      lost: () => {
        if (!this.closed) this.parts.lost();
      },
    };
  }

  private fail(opening: Opening, error: unknown): null {
    const reason = error instanceof Error ? error : new Error(String(error));
    // Then it was given up, and nobody waits for it.
    if (this.closed) return null;
    this.parts.report("the engine did not open", reason);
    opening.reject(reason);
    this.parts.failed(reason);
    return null;
  }

  // The folder stays ours meanwhile: somebody who waits for it must not open what is being removed.
  private async letGo(deadlineMs: number, meanwhile = nothing): Promise<void> {
    const { held } = this;
    this.held = null;
    this.parts.gone();
    await (held === null ? meanwhile() : this.stop(held, deadlineMs, meanwhile));
  }

  // Released also where the engine did not stop well: nothing is written any more, and the next one would wait for ever.
  private async stop(held: HeldEngine, deadlineMs: number, meanwhile = nothing): Promise<void> {
    await held.engine.stop(deadlineMs).catch((error: unknown) => this.parts.report("the engine did not stop well", error));
    try {
      await meanwhile();
    } finally {
      await held.release().catch((error: unknown) => this.parts.report("the lock of this device stays until it goes stale", error));
    }
  }
}
