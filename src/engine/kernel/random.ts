/** Chance as the engine sees it, so that a test can seed it. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A new random UUID (version 4). */
  uuid(): string;
}
