import type { Signal } from "../../kernel/signal";
import type { ExplainStyle } from "./explainStyles";
import type { NodeText } from "./nodeText";

/** Makes the texts of notes. Both reject with TaskFailure, which says what a failure means, and soon after the signal. */
export interface NoteGenerator {
  explain(about: NodeText, style: ExplainStyle, signal: Signal): Promise<string>;
  /** `outline` is what stands on the canvas, in words. */
  summarise(canvas: string, outline: string, signal: Signal): Promise<string>;
}
