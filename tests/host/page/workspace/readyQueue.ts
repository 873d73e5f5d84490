import { native, pause } from "../core/native";

/** Callbacks that wait for the layout, run one a turn; one that throws does not stop the others. */
export class ReadyQueue {
  private waiting: (() => unknown)[] = [];

  add(callback: () => unknown): void {
    this.waiting.push(callback);
  }

  async run(): Promise<void> {
    for (const callback of this.waiting.splice(0)) {
      try {
        callback();
      } catch (error) {
        native.setTimeout(() => {
          throw error;
        }, 0);
      }
      await pause(0);
    }
  }
}
