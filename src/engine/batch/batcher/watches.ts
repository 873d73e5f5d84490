import type { Signal } from "../../kernel/signal";
import type { Call } from "./call";
import type { Entry } from "./entry";

/** An item and its position in the call that waits for it. */
export interface Watched<T, R> {
  readonly entry: Entry<T, R>;
  readonly place: number;
}

interface Watch<T, R> {
  readonly watched: Watched<T, R>[];
  readonly undo: () => void;
}

/** Listens for the signals of calls: once for each signal of a call, however many items it is for. */
export class Watches<T, R> {
  private readonly calls = new Map<Call<R>, Map<Signal, Watch<T, R>>>();

  constructor(private readonly aborted: (call: Call<R>, watched: readonly Watched<T, R>[]) => void) {}

  add(call: Call<R>, signal: Signal, watched: Watched<T, R>): void {
    const signals = this.of(call);
    const known = signals.get(signal);
    if (known !== undefined) {
      known.watched.push(watched);
      return;
    }
    const list = [watched];
    const undo = signal.onAbort(() => this.aborted(call, list));
    signals.set(signal, { watched: list, undo });
  }

  private of(call: Call<R>): Map<Signal, Watch<T, R>> {
    const known = this.calls.get(call);
    if (known !== undefined) return known;
    const signals = new Map<Signal, Watch<T, R>>();
    this.calls.set(call, signals);
    call.whenSettled(() => {
      for (const { undo } of signals.values()) undo();
      this.calls.delete(call);
    });
    return signals;
  }
}
