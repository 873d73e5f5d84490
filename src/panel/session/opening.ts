import type { Engine } from "../../engine/index";

/** The promise of an engine, kept or broken from outside once. Nobody has to wait for it. */
export class Opening {
  readonly engine: Promise<Engine>;
  resolve: (engine: Engine) => void = () => undefined;
  reject: (reason: Error) => void = () => undefined;

  constructor() {
    this.engine = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.engine.catch(() => undefined);
  }
}
