import type { ChatAnswer, ChatModel, ChatRequest, Signal } from "../../src/engine/index";

/** A model whose answers a test writes. Without a script it answers with one sentence. */
export class ScriptedChatModel implements ChatModel {
  readonly asked: ChatRequest[] = [];
  /** The next answers, in order; "hold" waits for `release` or the signal. */
  readonly script: (ChatAnswer | "hold")[] = [];
  private readonly held: (() => void)[] = [];

  get waiting(): number {
    return this.held.length;
  }

  async ask(request: ChatRequest, signal: Signal): Promise<ChatAnswer> {
    this.asked.push(request);
    const next = this.script.shift();
    if (next === "hold") {
      await new Promise<void>((resolve) => {
        const undo = signal.onAbort(resolve);
        this.held.push(() => {
          undo();
          resolve();
        });
      });
    }
    if (signal.aborted) return { kind: "cancelled" };
    return next === undefined || next === "hold" ? { kind: "text", text: "A limit is what is approached." } : next;
  }

  /** Lets every held answer go. One whose question was broken off changes nothing. */
  release(): void {
    for (const go of this.held.splice(0)) go();
  }
}
